import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"

/** @throws MedusaError not_found, in the words of `what`, such as "transfer" */
export async function retrieveRow(
  container: MedusaContainer,
  { entity, what, id, fields }: { entity: string; what: string; id: string; fields: string[] }
): Promise<Record<string, unknown>> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity, fields, filters: { id } })
  const [row] = data
  if (!row) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no ${what} ${id}`)
  }
  return row
}
