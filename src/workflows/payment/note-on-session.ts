import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules, PaymentSessionStatus } from "@medusajs/framework/utils"
import { sessionStatus } from "../../providers/base/session-data"
import type { SessionRow } from "./booking"
import type { PaymentState } from "./payment-of-session"

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
