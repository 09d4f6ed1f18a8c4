import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { transferFields } from "../query-config"
import { withBeneficiaries, type TransferRow } from "../with-beneficiaries"

/** So many rows are in memory at a time. */
const pageSize = 500

/**
 * All transfers that a filter lets through, page by page, oldest first: ids are ULIDs and tell the order, up to
 * those of one millisecond. Each page begins where the last one ended, so that what is made meanwhile moves no row
 * from one page to another.
 */
export async function* transferPages(
  container: MedusaContainer,
  filters: Record<string, unknown>
): AsyncGenerator<TransferRow[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  let after = ""
  for (;;) {
    const { data } = await query.graph({
      entity: "payout_transfer",
      fields: transferFields,
      filters: { ...filters, $and: [{ id: { $gt: after } }] },
      pagination: { take: pageSize, skip: 0, order: { id: "ASC" } },
    })
    if (data.length > 0) {
      yield await withBeneficiaries(container, data)
    }
    if (data.length < pageSize) {
      return
    }
    after = String(data.at(-1)?.id)
  }
}
