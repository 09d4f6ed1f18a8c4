import type { MedusaContainer } from "@medusajs/framework/types"
import { medusaStanding } from "../unmatched/medusa-standing"
import { ownPaymentById, type MoneyRow, type OwnPayment } from "../unmatched/payment-of-ours"
import { agreeOrderBooks } from "./agree-order-books"
import { standingOfRow, type BookRow, type RowStanding } from "./book-row"
import { reviewLostMoves } from "./lost-moves"
import { recountPayment } from "./recount-payment"
import { takeBackUntold } from "./take-back-untold"

/**
 * Brings Medusa's books of a payment up to what its gateway moved, as far as that can be done without a person, and
 * lists the rest. Nothing is sent to the gateway. Safe to run at any time and any number of times.
 *
 * @param before what is younger may be somebody's work at this moment, and is left alone
 * @throws Error while the order of the payment is being changed
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
  await reviewLostMoves(container, own)
  const made: BookRow[] = []
  for (const { row, standing } of await standingsOf(own, before)) {
    switch (standing) {
      case "made":
        made.push(row)
        break
      case "under_way":
        break // settled by the reconciliation of its move
      case "nothing":
        await takeBackUntold(container, own, row)
    }
  }
  const { standing } = await medusaStanding(container, own.context, own.order)
  // The order of a cart that was paid twice is another payment's: this one's money is a person's to decide about.
  if (standing === "booked" || standing === "uncaptured") {
    if (await agreeOrderBooks(container, own, made)) {
      await recountPayment(container, own.payment, made)
    }
  }
}

async function standingsOf(
  own: OwnPayment,
  before: Date
): Promise<{ row: BookRow; standing: RowStanding }[]> {
  const { order, context } = own
  const { captures } = context.gateway.capabilities
  const operations = await context.journal.operationsOfOrder(order.reference)
  return rowsBefore(own, before).map((row) => ({
    row,
    standing: standingOfRow({ row, order, operations, captures }),
  }))
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
