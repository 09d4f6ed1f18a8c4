import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { PostgresExceptions } from "../../modules/payment-journal/repositories/exceptions"
import type {
  HeldKind,
  NewPaymentException,
  PaymentException,
} from "../../modules/payment-journal/repositories/exceptions"
import type { GatewayContext } from "../../providers/base/context"
import { notifyAdmins } from "../notifications"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { sessionOf } from "../../providers/base/order-details"
import { customerOf } from "../medusa-reads"

/** The list of payment exceptions in the store's own database. */
export function exceptionsOf(container: MedusaContainer): PostgresExceptions {
  return new PostgresExceptions(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
}

/** What an exception says, where it is not what the order at the gateway tells. */
type NewException = Pick<
  NewPaymentException,
  "kind" | "amount" | "received_amount" | "order_id" | "payment_id"
> &
  Partial<NewPaymentException>

/**
 * Lists something about an order at a gateway that a person has to decide about. Of the same reference and kind there
 * is one open entry; see `PostgresExceptions.note`.
 */
export async function listException(
  container: MedusaContainer,
  order: GatewayOrder,
  entry: NewException
): Promise<{ payment: PaymentException; isNew: boolean }> {
  return await exceptionsOf(container).note({
    provider_id: order.provider_id,
    reference: order.reference,
    gateway_id: order.gateway_id,
    currency_code: order.currency_code,
    expected_amount: order.amount,
    expected_currency_code: order.currency_code,
    cart_id: order.cart_id,
    customer_id: await customerOf(container, order),
    session_id: sessionOf(order),
    ...entry,
  })
}

/** The event that tells the shop's own code. */
const unmatchedEvent = "payment.unmatched"

/**
 * One line in the log, one event, and one notification in the dashboard. Once, or where a server dies in its midst
 * twice; see `announceUnannounced`.
 *
 * @param reason why it came to that, where it is known
 */
export async function announceException(
  container: MedusaContainer,
  { gateway, announce, log }: Pick<GatewayContext, "gateway" | "announce" | "log">,
  payment: PaymentException,
  reason?: string
): Promise<void> {
  const why = reason ? `. Why: ${reason}` : ""
  log.warn(
    `${gateway.title}: ${exceptionSentence(payment)}${why}. ${whatToDoAbout(payment)}: payment exception ${payment.id}`
  )
  await notifyAdmins(container, {
    key: `unmatched:${payment.id}`,
    title: titleOf(payment),
    description: `${gateway.title}: ${exceptionSentence(payment)}${why}`,
  })
  const { id, kind, provider_id, reference, amount, currency_code } = payment
  const { cart_id, customer_id, session_id, order_id } = payment
  await announce({
    name: unmatchedEvent,
    data: {
      id,
      kind,
      provider_id,
      reference,
      amount,
      currency_code,
      cart_id,
      customer_id,
      session_id,
      order_id,
    },
  })
  await exceptionsOf(container).markTold(id)
}

/** What a person reads about it; nothing personal. */
function exceptionSentence(payment: PaymentException): string {
  const { amount, currency_code, reference, kind, order_id, cart_id } = payment
  const where = order_id ? `order ${order_id}` : cart_id ? `cart ${cart_id}` : "no cart known"
  return `${amount} ${currency_code.toUpperCase()} of ${reference} ${sentences[kind]}${expected(payment)} (${where})`
}

const sentences: Readonly<Record<PaymentException["kind"], string>> = {
  session_gone: "was paid after the cart changed",
  paid_twice: "was paid although the cart, or the order, was paid by another payment",
  too_much: "is more than was ordered",
  too_little: "is less than was ordered, and no more is expected",
  other_currency: "came in another currency than was ordered",
  order_not_made: "was paid, but its order could not be made",
  refund_due: "is to be given back: its order was canceled",
  refund_failed: "is to be given back still: a refund that was said to be made failed",
  refund_not_booked: "was given back, and Medusa's ledger lacks it",
  capture_not_booked: "was captured, and Medusa's ledger lacks it",
  order_without_cart:
    "is an order that a server left which died while it completed the cart, and something was done with it since",
}

/** Where it is the amount or the currency that is wrong: what was to come. */
function expected(payment: PaymentException): string {
  switch (payment.kind) {
    case "too_little":
    case "too_much":
    case "other_currency":
      return `: ${payment.expected_amount} ${payment.expected_currency_code.toUpperCase()} were to be paid`
    default:
      return ""
  }
}

function titleOf(payment: PaymentException): string {
  if (payment.kind === "refund_due" || payment.kind === "refund_failed") {
    return "A refund is due"
  }
  if (payment.kind === "order_without_cart") {
    return "An order was left over"
  }
  return isHeldMoney(payment) ? "A payment matches no order" : "Medusa's ledger lacks a booking"
}

/** An entry of the list that stands for money. */
export type HeldMoney = PaymentException & { kind: HeldKind }

/** The others stand for an operation that was made, and that Medusa does not know of. */
export function isHeldMoney(found: PaymentException): found is HeldMoney {
  switch (found.kind) {
    case "refund_not_booked":
    case "capture_not_booked":
    case "order_without_cart":
      return false
    case "session_gone":
    case "paid_twice":
    case "too_much":
    case "too_little":
    case "other_currency":
    case "order_not_made":
    case "refund_due":
    case "refund_failed":
      return true
  }
}

/** What a person can do about it. */
export function whatToDoAbout(found: PaymentException): string {
  if (found.kind === "refund_failed" && found.payment_id) {
    return (
      "Refund the payment again in the dashboard, which closes this by itself; or give the money back another way, and " +
      "record it"
    )
  }
  if (isHeldMoney(found)) {
    return `Refund it, attach it to an order or close it${whatElse(found)}`
  }
  if (found.kind === "order_without_cart") {
    return (
      `Look at order ${found.reference} in the dashboard: cancel it if nobody is to get it, and close this with a ` +
      `note. The cart's own payment is not touched by it`
    )
  }
  const noun = found.kind === "capture_not_booked" ? "capture" : "refund"
  return (
    `Repeat the ${noun} of ${found.amount} ${found.currency_code.toUpperCase()} on the payment in the dashboard: it ` +
    `is taken over as it is, and nothing is sent again`
  )
}

/** Where the cart's total is what is wrong, it can be put right as well. */
function whatElse({ kind, cart_id, order_id, payment_id }: HeldMoney): string {
  const isOfAmount = kind === "too_little" || kind === "too_much" || kind === "other_currency"
  return isOfAmount && cart_id && !order_id && !payment_id
    ? ". Or, if another module changed the cart's total after the payment was opened, put the total right: the order " +
        "is then made by itself within a day"
    : ""
}
