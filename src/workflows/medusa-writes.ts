/**
 * What this package writes to Medusa's own rows besides running its workflows: captures, refunds, the transactions of
 * orders, payment sessions. Tried on Medusa 2.21.2; look at each of them when another version is tried.
 */
import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import {
  BigNumber,
  ContainerRegistrationKeys,
  MathBN,
  Modules,
  PaymentCollectionStatus,
  PaymentSessionStatus,
} from "@medusajs/framework/utils"
import type { DecimalString } from "../gateways/shared/money"
import type { GatewayOperation } from "../modules/payment-journal/gateway-operation"
import { sessionStatus } from "../providers/base/medusa-status"
import { uncapturedOfCanceledOrder, type PaymentRow } from "./medusa-payments"
import { unusedCollections, type SessionRow, type ShownSums } from "./medusa-reads"
import type { PaymentState } from "./payments/settle-payment"
import type { LedgerRow } from "./reconciliation/order-ledger"
import { createOrderCreditLinesWorkflow } from "@medusajs/medusa/core-flows"
import type { GatewayOrder } from "../modules/payment-journal/gateway-order"
import { sessionOf } from "../providers/base/order-details"

/**
 * Deletes the refund or capture that Medusa wrote before it called the gateway, where its server died before the
 * answer came. Medusa deletes the row of a call that fails; left alone it would stand for money that may never
 * have moved, and keep everybody from repeating the operation, which is asked about first and never made twice.
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
    case "void": // Medusa has no row of its own for it
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
  made: readonly LedgerRow[]
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

type NewTransaction = {
  order_id: string
  /** Major units; below zero for what is given back. */
  amount: BigNumberInput
  currency_code: string
  reference: "capture" | "refund"
  /** The id of the capture or the refund; of the payment where Medusa itself writes it so. */
  reference_id: string
}

/** Adds a line to the transactions of an order, which Medusa's summary of the order counts. */
export async function addOrderTransaction(
  container: MedusaContainer,
  line: NewTransaction
): Promise<void> {
  await container.resolve(Modules.ORDER).addOrderTransactions([line])
}

/** What Medusa shows of the money of an order; major units. */
export type OrderSums = Record<
  "transaction_total" | "paid_total" | "refunded_total" | "pending_difference",
  DecimalString
>

/**
 * Sets right what Medusa shows of an order's money. By SQL: Medusa's order module writes a sum only as it was when it
 * read it, which may be another one by then.
 *
 * @param shown as it was read; where anything of it is another by now, nothing is written
 * @returns whether it was written
 */
export async function writeOrderSums(
  container: MedusaContainer,
  { order_id, summary_id, seen }: Pick<ShownSums, "order_id" | "summary_id" | "seen">,
  sums: OrderSums
): Promise<boolean> {
  const written = Object.fromEntries(
    Object.entries(sums).flatMap(([name, value]) => [
      [name, Number(value)],
      [`raw_${name}`, { value, precision: BigNumber.DEFAULT_PRECISION }],
    ])
  )
  const { rowCount } = await container
    .resolve(ContainerRegistrationKeys.PG_CONNECTION)
    .raw<{ rowCount: number }>(
      `update order_summary s set totals = s.totals || cast(:written as jsonb), updated_at = now()
        from "order" o
        where s.id = :summary_id and s.totals::text = :seen and s.deleted_at is null
          and o.id = s.order_id and o.version = s.version
          and (
            select coalesce(sum(coalesce((t.raw_amount->>'value')::numeric, t.amount)), 0)
              from order_transaction t where t.order_id = :order_id and t.deleted_at is null
          ) = cast(:total as numeric)`,
      {
        order_id,
        summary_id,
        seen,
        written: JSON.stringify(written),
        total: sums.transaction_total,
      }
    )
  return rowCount > 0
}

type Credit = { order_id: string; row: string; amount: ReturnType<typeof MathBN.sub> }

/** As Medusa does with each refund: what is given back beyond what was owed is not to be paid again. */
export async function creditRefund(
  container: MedusaContainer,
  { order_id: id, row, amount }: Credit
): Promise<void> {
  if (MathBN.gt(amount, 0)) {
    const credit_lines = [{ amount, reference: "refund", reference_id: row }]
    await createOrderCreditLinesWorkflow(container).run({ input: { id, credit_lines } })
  }
}

/** Links an order to the payment collection of its cart, as core does when it makes the order. */
export async function linkOrderToPayments(
  container: MedusaContainer,
  order_id: string,
  payment_collection_id: string
): Promise<void> {
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.ORDER]: { order_id },
    [Modules.PAYMENT]: { payment_collection_id },
  })
}

type NewRefund = { payment_id: string; amount: BigNumberInput; created_by: string }

/**
 * Has Medusa refund a payment of a canceled order through its provider. Not by Medusa's workflow, which refuses to
 * credit a canceled order after it has refunded it.
 */
export async function refundPayment(container: MedusaContainer, refund: NewRefund): Promise<void> {
  await container.resolve(Modules.PAYMENT).refundPayment(refund)
}

const notTaken: readonly (PaymentState | null)[] = ["authorized", "canceled"]

/**
 * Cancels the payments of an order that was canceled, where core could not. Core cancels the order although a
 * gateway did not give its reservation back, and nobody can repeat that in the dashboard. It goes the way that
 * core went: a void whose outcome is not known is asked about before anything is sent again.
 *
 * @param state what the gateway said just now
 * @returns whether there was something to cancel
 * @throws MedusaError in the words of the gateway while the reservation can't be given back
 */
export async function releaseReservation(
  container: MedusaContainer,
  order: Pick<GatewayOrder, "session_id" | "attached_session_id">,
  state: PaymentState | null
): Promise<boolean> {
  if (!notTaken.includes(state)) {
    return false
  }
  const left = await uncapturedOfCanceledOrder(container, sessionOf(order))
  for (const id of left) {
    await container.resolve(Modules.PAYMENT).cancelPayment(id)
  }
  return left.length > 0
}

const open: readonly string[] = [PaymentSessionStatus.PENDING, PaymentSessionStatus.REQUIRES_MORE]
const closed: readonly string[] = [PaymentSessionStatus.ERROR, PaymentSessionStatus.CANCELED]
const over: readonly PaymentState[] = ["failed", "expired", "canceled", "mismatch"]
const paid: readonly PaymentState[] = ["paid", "authorized"]

/** What `noteOnSession` has to write; undefined where the session says what became of its payment, as most do. */
export function sessionNote(
  session: SessionRow | undefined,
  state: PaymentState
): "over" | "open again" | undefined {
  if (!session || session.hasPayment) {
    return undefined
  }
  if (open.includes(session.status) && over.includes(state)) {
    return "over"
  }
  return closed.includes(session.status) && paid.includes(state) ? "open again" : undefined
}

/**
 * Writes to a session that its payment is over, so that the shopper can choose again; and opens it again
 * where it was paid all the same, because Medusa completes no cart with a session that has failed.
 */
export async function noteOnSession(
  container: MedusaContainer,
  session: SessionRow | undefined,
  state: PaymentState
): Promise<void> {
  const note = sessionNote(session, state)
  if (!session || !note) {
    return
  }
  const payment = container.resolve(Modules.PAYMENT)
  const current = await payment.retrievePaymentSession(session.id, { relations: ["payment"] })
  if (current.status !== session.status || current.payment) {
    return // brought on by somebody else since it was read: an authorized session is never set back
  }
  const { data, amount, currency_code } = current
  const { status, dataStatus } = sessionStatus({ type: state })
  await payment.updatePaymentSession({
    id: session.id,
    data: { ...data, status: dataStatus },
    amount,
    currency_code,
    status: note === "over" ? status : PaymentSessionStatus.PENDING,
  })
}

/** Closes a session on which an order was placed before its payment: Medusa waits for it no longer. */
export async function closeAwaitingSession(
  container: MedusaContainer,
  sessionId: string
): Promise<void> {
  const payment = container.resolve(Modules.PAYMENT)
  const [session] = await payment.listPaymentSessions({ id: [sessionId] })
  if (session?.status === PaymentSessionStatus.PENDING_AUTHORIZATION) {
    const { id, data, amount, currency_code } = session
    const status = PaymentSessionStatus.CANCELED
    await payment.updatePaymentSession({ id, data: data ?? {}, amount, currency_code, status })
  }
}

/** Deletes a session that another payment of its order takes the place of, and ends its payment collection. */
export async function deleteSession(
  container: MedusaContainer,
  { id, payment_collection_id }: SessionRow
): Promise<void> {
  const payment = container.resolve(Modules.PAYMENT)
  await payment.deletePaymentSession(id)
  const status = PaymentCollectionStatus.CANCELED
  await payment.updatePaymentCollections(payment_collection_id, { status })
}

/**
 * Ends the payment collections of an order by which nothing was begun, where another has paid for all of it: Medusa
 * opens one for what an edit adds, and counts an order with an open one as paid in part.
 */
export async function endUnusedCollections(
  container: MedusaContainer,
  orderId: string
): Promise<void> {
  const unused = await unusedCollections(container, orderId)
  const status = PaymentCollectionStatus.CANCELED
  for (const id of unused) {
    await container.resolve(Modules.PAYMENT).updatePaymentCollections(id, { status })
  }
}
