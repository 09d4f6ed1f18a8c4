import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules, PaymentSessionStatus } from "@medusajs/framework/utils"
import type { GatewayOperation } from "../modules/payment-journal/gateway-operation"
import { sessionStatus } from "../providers/base/session-data"
import type { PaymentRow } from "./medusa-reads"
import type { SessionRow } from "./payments/book-payment"
import type { PaymentState } from "./payments/settle-payment"
import type { BookRow } from "./reconciliation/order-ledger"

/**
 * Deletes the refund or capture that Medusa wrote before it called the gateway, where its server died before the
 * answer came. Medusa deletes the row of a call that fails; left alone it would stand for money that may never
 * have moved, and keep everybody from repeating the move, which is asked about first and never made twice.
 *
 * @param operation not ended, and taken over: whoever was at work on it is so no more; or none that was ever begun
 * @returns whether there was such a row
 */
export async function takeBackRow(
  container: MedusaContainer,
  { kind, medusa_id }: Pick<GatewayOperation, "kind" | "medusa_id">
): Promise<boolean> {
  if (medusa_id === null) {
    return false
  }
  const payment = container.resolve(Modules.PAYMENT)
  switch (kind) {
    case "refund": {
      const rows = await payment.listRefunds({ id: [medusa_id] })
      await payment.deleteRefunds(rows.map(({ id }) => id))
      return rows.length > 0
    }
    case "capture": {
      const rows = await payment.listCaptures({ id: [medusa_id] })
      await payment.deleteCaptures(rows.map(({ id }) => id))
      return rows.length > 0
    }
    case "reverse": // Medusa has no row of its own for it
    case "charge": // the row is the payment session, which is the shopper's
      return false
  }
}

/**
 * Has Medusa count up what was captured and refunded of a payment's collection, and say that the payment was
 * captured, where its server died before it came to that. Nothing is sent: of a payment that it has as captured
 * Medusa calls no provider. A part that was captured leaves Medusa's payment as it is.
 */
export async function recountPayment(
  container: MedusaContainer,
  payment: PaymentRow,
  made: readonly BookRow[]
): Promise<void> {
  const payments = container.resolve(Modules.PAYMENT)
  const captured = made
    .filter(({ kind }) => kind === "capture")
    .reduce((sum, { amount }) => MathBN.add(sum, amount), MathBN.convert(0))
  if (MathBN.lt(captured, payment.raw_amount ?? payment.amount)) {
    return
  }
  if (!payment.captured_at) {
    const taken = { id: payment.id, captured_at: new Date() }
    await payments.updatePayment(taken)
  }
  await payments.capturePayment({ payment_id: payment.id })
}

const open: readonly string[] = [PaymentSessionStatus.PENDING, PaymentSessionStatus.REQUIRES_MORE]
const closed: readonly string[] = [PaymentSessionStatus.ERROR, PaymentSessionStatus.CANCELED]
const over: readonly PaymentState[] = ["failed", "expired", "canceled", "mismatch"]
const paid: readonly PaymentState[] = ["paid", "authorized"]

/**
 * Writes to a session that its payment is over, so that the shopper can choose again; and opens it again
 * where it was paid all the same, because Medusa completes no cart with a session that has failed.
 */
export async function noteOnSession(
  container: MedusaContainer,
  session: SessionRow | undefined,
  state: PaymentState
): Promise<void> {
  if (!session || session.hasPayment) {
    return
  }
  const isOver = open.includes(session.status) && over.includes(state)
  const isOpenAgain = closed.includes(session.status) && paid.includes(state)
  if (!isOver && !isOpenAgain) {
    return
  }
  const payment = container.resolve(Modules.PAYMENT)
  const current = await payment.retrievePaymentSession(session.id, { relations: ["payment"] })
  if (current.status !== session.status || current.payment) {
    return // brought on by somebody else since it was read: an authorized session is never set back
  }
  const { data, amount, currency_code } = current
  const { status, word } = sessionStatus({ type: state })
  await payment.updatePaymentSession({
    id: session.id,
    data: { ...data, status: word },
    amount,
    currency_code,
    status: isOver ? status : PaymentSessionStatus.PENDING,
  })
}
