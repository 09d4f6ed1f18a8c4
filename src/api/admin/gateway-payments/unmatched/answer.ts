import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { unmatchedOf } from "../../../../workflows/unmatched/unmatched-of"
import { retrieveUnmatchedConfig } from "./query-config"

/** An unmatched payment with all that was done about it. */
export async function unmatchedAnswer(
  container: MedusaContainer,
  id: string,
  fields = retrieveUnmatchedConfig.defaults
) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "unmatched_payment", fields, filters: { id } })
  const [payment] = data
  if (!payment) {
    throw new MedusaError(MedusaError.Types.NOT_FOUND, `There is no unmatched payment ${id}`)
  }
  const audit_lines = await unmatchedOf(container).linesOf(id)
  return { unmatched_payment: { ...payment, audit_lines } }
}
