import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "../../providers/base/context"
import { takeBackRow } from "../reconciliation/take-back-row"
import { ownPaymentById, ownPaymentsOfSession, type OwnPayment } from "../unmatched/payment-of-ours"
import { agreeBooks } from "./agree-books"
import { atWorkMs } from "./agree-recent-books"
import { recountPayment } from "./recount-payment"

/**
 * Takes a refund that failed after it was booked out of Medusa's books: its row goes, the order gets a line that sets
 * the refund's own right, and the payment is counted up anew. Safe to run again.
 *
 * @returns the payment as it stands then; undefined for money that no payment of Medusa's stands for
 * @throws Error while the order of the payment is being changed
 */
export async function bookFailedRefund(
  container: MedusaContainer,
  { gateway, log }: GatewayContext,
  { operation, order }: { operation: GatewayOperation; order: GatewayOrder }
): Promise<OwnPayment | undefined> {
  const [own] = await ownPaymentsOfSession(container, order)
  if (!own) {
    return undefined
  }
  if (await takeBackRow(container, operation)) {
    log.warn(
      `${gateway.title}: the refund ${operation.reference} of ${operation.amount} ` +
        `${operation.currency_code.toUpperCase()} failed after it was said to be made; Medusa's row for it was taken back`
    )
  }
  const { id } = own.payment
  await agreeBooks(container, id, new Date(Date.now() - atWorkMs))
  const captures = (own.payment.captures ?? []).flatMap((row) =>
    row ? [{ id: row.id, kind: "capture" as const, amount: row.raw_amount ?? row.amount }] : []
  )
  await recountPayment(container, own.payment, captures)
  return (await ownPaymentById(container, id)) ?? own
}
