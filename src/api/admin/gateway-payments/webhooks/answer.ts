import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { retrieveWebhookConfig } from "./query-config"

/** What a gateway told, masked, and what became of it. */
export async function webhookAnswer(
  container: MedusaContainer,
  id: string,
  fields = retrieveWebhookConfig.defaults
) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "webhook_event", fields, filters: { id } })
  const [webhook] = data
  if (!webhook) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no webhook ${id}`)
  }
  return { webhook }
}
