import type { MedusaContainer, WebhookActionResult } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, PaymentActions } from "@medusajs/framework/utils"
import type { Verdict } from "../../providers/base/judge-report"
import { medusaAction } from "../../providers/base/medusa-action"
import { paymentStatus } from "../../providers/base/payment-status"
import type { PaymentSessionRow } from "../../providers/base/provider-cradle"
import { isWantedBy } from "../../providers/base/replace-order"
import { gatewayContextOf, journalOf } from "../../providers/gateway-context-of"

/** `mismatch`: money came, but not what was ordered. */
export type PaymentState = Verdict["type"]

export type PaymentOfSession = {
  state: PaymentState
  /** What Medusa still has to do about it; null where there is nothing. */
  todo:
    | (Required<Pick<WebhookActionResult, "action">> & {
        data: NonNullable<WebhookActionResult["data"]>
      })
    | null
}

const acting: readonly string[] = [PaymentActions.AUTHORIZED, PaymentActions.SUCCESSFUL]

/**
 * Asks the gateway about a payment session, server to server, and says what Medusa still has to do about it.
 * Undefined where no order was ever opened for the session. A gateway that can't be asked is no error: the
 * payment is pending.
 */
export async function paymentOfSession(
  container: MedusaContainer,
  sessionId: string
): Promise<PaymentOfSession | undefined> {
  const orders = await journalOf(container).ordersOfSession(sessionId)
  const [newest] = orders
  const gateway = newest && gatewayContextOf(container, newest.provider_id)
  if (!newest || !gateway) {
    return undefined
  }
  const { context } = gateway
  const session = await sessionRow(container, sessionId)
  const wanted = session ? orders.filter((order) => isWantedBy(context, session, order)) : []
  const asked = await paymentStatus(context, { newest, wanted }, false)
  const { action, data } = medusaAction(context, asked, session)
  const isToDo = data && acting.includes(action) && !(await isBooked(container, session))
  return { state: asked.verdict.type, todo: isToDo ? { action, data } : null }
}

type SessionRow = PaymentSessionRow & { hasPayment: boolean }

async function sessionRow(container: MedusaContainer, id: string): Promise<SessionRow | undefined> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment_session",
    fields: [
      "id",
      "provider_id",
      "amount",
      "raw_amount",
      "currency_code",
      "payment_collection_id",
      "payment.id",
    ],
    filters: { id },
  })
  const [row] = data
  return row && { ...row, hasPayment: Boolean(row.payment) }
}

/** Medusa has the payment and its order: another run would only find nothing to do. */
async function isBooked(
  container: MedusaContainer,
  session: SessionRow | undefined
): Promise<boolean> {
  if (!session?.hasPayment) {
    return false
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "order_payment_collection",
    fields: ["order_id"],
    filters: { payment_collection_id: session.payment_collection_id },
  })
  return data.length > 0
}
