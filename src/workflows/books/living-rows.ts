import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { RowKind } from "./book-row"

/** Which of these captures and refunds Medusa still has. It never uses an id twice, so what is gone stays gone. */
export async function livingRows(
  container: MedusaContainer,
  ids: Readonly<Record<RowKind, string[]>>
): Promise<Set<string>> {
  const payment = container.resolve(Modules.PAYMENT)
  const rows = [
    ...(ids.refund.length > 0 ? await payment.listRefunds({ id: ids.refund }) : []),
    ...(ids.capture.length > 0 ? await payment.listCaptures({ id: ids.capture }) : []),
  ]
  return new Set(rows.map(({ id }) => id))
}
