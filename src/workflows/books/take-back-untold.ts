import type { MedusaContainer } from "@medusajs/framework/types"
import { medusaAmount } from "../../providers/base/amounts"
import { moveNouns } from "../../providers/base/operation"
import { takeBackRow } from "../reconciliation/take-back-row"
import type { OwnPayment } from "../unmatched/payment-of-ours"
import type { BookRow } from "./book-row"

/**
 * Deletes a refund or a capture of Medusa's that no gateway was told of: its server died before the journal was
 * written, or before Medusa deleted what the gateway had refused; or another row took its move over.
 */
export async function takeBackUntold(
  container: MedusaContainer,
  { order, context }: OwnPayment,
  { id, kind, amount }: BookRow
): Promise<void> {
  if (await takeBackRow(container, { kind, medusa_id: id })) {
    context.log.warn(
      `${context.gateway.title}: Medusa's row ${id} for a ${moveNouns[kind]} of ${medusaAmount(amount)} ` +
        `${order.currency_code.toUpperCase()} of ${order.reference} stood for nothing that the gateway was told of, ` +
        `because its server ended. It was taken back; no money moved for it`
    )
  }
}
