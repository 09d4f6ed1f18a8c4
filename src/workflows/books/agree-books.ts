import type { MedusaContainer } from "@medusajs/framework/types"
import { ownPaymentById, type MoneyRow, type OwnPayment } from "../unmatched/payment-of-ours"
import { agreeOrderBooks } from "./agree-order-books"
import { standingOfRow, type BookRow } from "./book-row"
import { reviewLostMoves } from "./lost-moves"
import { takeBackUntold } from "./take-back-untold"

/**
 * Brings Medusa's books of a payment up to what its gateway moved, as far as that can be done without a person, and
 * lists the rest. Nothing is sent to the gateway. Safe to run at any time and any number of times.
 *
 * @param before what is younger may be somebody's work at this moment, and is left alone
 */
export async function agreeBooks(
  container: MedusaContainer,
  paymentId: string,
  before: Date
): Promise<void> {
  const own = await ownPaymentById(container, paymentId)
  if (!own) {
    return
  }
  const { order, context } = own
  const { captures } = context.gateway.capabilities
  const operations = await context.journal.operationsOfOrder(order.reference)
  const made: BookRow[] = []
  for (const row of rowsBefore(own, before)) {
    switch (standingOfRow({ row, order, operations, captures })) {
      case "made":
        made.push(row)
        break
      case "under_way":
        break // settled by the reconciliation of its move
      case "nothing":
        await takeBackUntold(container, own, row)
    }
  }
  await agreeOrderBooks(container, own, made)
  await reviewLostMoves(container, own)
}

function rowsBefore({ payment }: OwnPayment, before: Date): BookRow[] {
  const rowsOf = (kind: BookRow["kind"], rows: (MoneyRow | null)[] | null | undefined) =>
    (rows ?? []).flatMap((row) =>
      row && new Date(row.created_at) < before
        ? { id: row.id, kind, amount: row.raw_amount ?? row.amount }
        : []
    )
  return [...rowsOf("capture", payment.captures), ...rowsOf("refund", payment.refunds)]
}
