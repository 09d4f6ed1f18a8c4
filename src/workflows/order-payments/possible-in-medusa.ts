/**
 * What is possible with a payment on the page of its order, decided purely: what the gateway can do, within what Medusa
 * has of the payment. Core's own routes capture and refund; they refuse more than Medusa has.
 */
import { MathBN, MedusaError } from "@medusajs/framework/utils"
import { compare, decimal, equal } from "../../gateways/shared/money"
import type { GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import { medusaAmount, possibleSums, wantedAmount } from "../../providers/base/amounts"
import type { PaymentGateway } from "../../providers/base/gateway"
import {
  bookableCaptures,
  bookableRefunds,
  notPossibleReasons,
  type PaymentFacts,
  type Possible,
  possibleCapture,
  possibleRefund,
  possibleVoid,
  refundSums,
} from "../../providers/base/possible-operations"
import { exactAmountOf, leftInMedusa, type PaymentRow } from "../medusa-payments"

/**
 * Beside the gateway's own reasons:
 * - `no_payment`: Medusa has made no payment of it; what came is on the list of payment exceptions
 * - `payment_canceled`: Medusa has canceled the payment
 * - `order_canceled`: the order is; its money is given back from the list of payment exceptions
 * - `not_booked`: Medusa has less than the gateway, because a booking is missing
 */
export const refusalReasons = [
  ...notPossibleReasons,
  "no_payment",
  "payment_canceled",
  "order_canceled",
  "not_booked",
] as const

/** Amounts in major units, at the gateway's decimals. */
export type PossibleInMedusa = {
  extent: Possible["extent"]
  /** One time only, whatever the amount. */
  is_once: boolean
  /** The most, or the only amount; null where nothing is possible. */
  amount: string | null
  /** What core's route is told in place of `amount`: Medusa's totals can have more decimals. */
  amount_in_medusa: string | null
  reason: (typeof refusalReasons)[number] | null
  /** The one whose outcome is not known, or that is under way. */
  operation: Pick<GatewayOperation, "reference" | "kind" | "amount"> | null
  /** Other amounts that Medusa can book and for which nothing is sent: they were moved already. */
  without_sending: string[]
}

export type MedusaFacts = PaymentFacts & {
  gateway: PaymentGateway
  /** Medusa's payment, where it has made one. */
  payment: PaymentRow | undefined
  orderStatus: string
  now: Date
}

export function refundInMedusa(facts: MedusaFacts): PossibleInMedusa {
  const { gateway, order, operations, payment, now } = facts
  const is_once = gateway.capabilities.refund === "single_partial"
  const left = payment ? medusaAmount(leftInMedusa(payment).toFixed()) : decimal("0")
  const whole = refundSums(facts).taken
  const possible = within(facts, possibleRefund(facts, now), {
    left,
    asked: askedFor(() =>
      wantedAmount(gateway, order, left, { whole, done: possibleSums(operations, "refund") })
    ),
    bookable: bookableRefunds(facts, rowsOf(payment)),
  })
  return { ...possible, is_once }
}

export function captureInMedusa(facts: MedusaFacts): PossibleInMedusa {
  const { gateway, order, operations, payment, now } = facts
  const left = payment ? uncaptured(payment) : decimal("0")
  const done = possibleSums(operations, "capture")
  const isTaken = gateway.capabilities.capture === "automatic" && order.state === "paid"
  const possible = within(facts, possibleCapture(facts, now), {
    left,
    asked: askedFor(() => wantedAmount(gateway, order, left, { whole: order.amount, done })),
    bookable: isTaken ? [order.amount] : bookableCaptures(facts, rowsOf(payment)),
  })
  return { ...possible, is_once: gateway.capabilities.capture === "single_partial" }
}

/** Medusa voids a payment by canceling its order. */
export function voidInMedusa(facts: MedusaFacts): PossibleInMedusa {
  const possible = possibleVoid(facts, facts.now)
  return facts.payment && !facts.payment.canceled_at
    ? answer(possible)
    : refused(possible, facts.payment ? "payment_canceled" : "no_payment")
}

function within(
  { payment, orderStatus }: MedusaFacts,
  possible: Possible,
  { left, asked, bookable }: { left: string; asked: string | undefined; bookable: string[] }
): PossibleInMedusa {
  if (!payment) {
    return refused(possible, "no_payment")
  }
  if (payment.canceled_at) {
    return refused(possible, "payment_canceled")
  }
  if (orderStatus === "canceled") {
    return refused(possible, "order_canceled")
  }
  const without_sending = bookable.filter(
    (amount) => asked !== undefined && compare(decimal(amount), decimal(asked)) <= 0
  )
  if (possible.extent === "none") {
    return { ...answer(possible), without_sending }
  }
  const most = possible.extent === "part" ? smaller(possible.amount, asked) : possible.amount
  if (asked === undefined || compare(decimal(most), decimal(asked)) > 0) {
    return { ...refused(possible, "not_booked"), without_sending }
  }
  return {
    ...answer(possible),
    amount: most,
    amount_in_medusa: equal(decimal(most), decimal(asked)) ? left : most,
    without_sending,
  }
}

function answer(possible: Possible): PossibleInMedusa {
  const operation = "operation" in possible ? possible.operation : undefined
  const amount = possible.extent === "none" ? null : possible.amount
  return {
    extent: possible.extent,
    is_once: false,
    amount,
    amount_in_medusa: amount,
    reason: possible.extent === "none" ? possible.reason : null,
    operation: operation
      ? { reference: operation.reference, kind: operation.kind, amount: operation.amount }
      : null,
    without_sending: [],
  }
}

/** The gateway's own reason goes first: it holds whatever Medusa has. */
function refused(
  possible: Possible,
  reason: NonNullable<PossibleInMedusa["reason"]>
): PossibleInMedusa {
  return possible.extent === "none"
    ? answer(possible)
    : { ...answer({ extent: "none", reason: "blocked" }), reason }
}

/** What the gateway would be asked for where Medusa is asked for all that it has; undefined where it has nothing. */
function askedFor(wanted: () => string): string | undefined {
  try {
    return wanted()
  } catch (error) {
    if (MedusaError.isMedusaError(error)) {
      return undefined
    }
    throw error
  }
}

function smaller(amount: string, other: string | undefined): string {
  return other !== undefined && compare(decimal(other), decimal(amount)) < 0 ? other : amount
}

function uncaptured(payment: PaymentRow): string {
  const captured = (payment.captures ?? []).reduce(
    (sum, row) => (row ? MathBN.add(sum, exactAmountOf(row)) : sum),
    MathBN.convert(0)
  )
  return MathBN.max(MathBN.sub(exactAmountOf(payment), captured), 0).toFixed()
}

function rowsOf(payment: PaymentRow | undefined): ReadonlySet<string> {
  const rows = [...(payment?.captures ?? []), ...(payment?.refunds ?? [])]
  return new Set(rows.flatMap((row) => row?.id ?? []))
}
