import type { MedusaContainer } from "@medusajs/framework/types"
import { medusaAmount } from "../../providers/base/medusa-amount"
import { moveNouns } from "../../providers/base/move-nouns"
import { takeBackRow } from "../reconciliation/take-back-row"
import type { OwnPayment } from "../unmatched/payment-of-ours"
import type { BookRow } from "./book-row"

/**
 * Deletes a refund or a capture of Medusa's that no gateway was told of: its server died before the journal was
 * written, or before Medusa deleted what the gateway had refused.
 */
export async function takeBackUntold(
  container: MedusaContainer,
  { order, context }: OwnPayment,
  { id, kind, amount }: BookRow
): Promise<void> {
  if (await takeBackRow(container, { kind, medusa_id: id })) {
    context.log.warn(
      `${context.gateway.title}: a server ended before the ${moveNouns[kind]} of ${medusaAmount(amount)} ` +
        `${order.currency_code.toUpperCase()} was made for ${order.reference}. Medusa's own row for it (${id}) was ` +
        `taken back; no money moved`
    )
  }
}
