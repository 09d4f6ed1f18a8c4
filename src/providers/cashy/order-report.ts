import type { CashyOrder } from "../../gateways/cashy/client"
import type { CashyPayments } from "../../gateways/cashy/find-payments"
import type { CashyWayToPay } from "../../gateways/cashy/messages"
import type { KnownOrder, NextAction, OrderReport } from "../base/gateway"

/** Cashy takes some time to tell of what was paid in the last moment, in milliseconds. */
const graceMs = 10 * 60_000

/** @param expiresAt when it can no longer be paid */
export function nextActionOf(wayToPay: CashyWayToPay, expiresAt: Date): NextAction {
  switch (wayToPay.type) {
    case "page":
      return { type: "redirect", url: wayToPay.url }
    case "code":
      return { type: "pay_code", code: wayToPay.code, expires_at: expiresAt.toISOString() }
  }
}

/**
 * What Cashy says of an order, and all money that came for it. The state is that of the order itself: what
 * the shopper paid besides counts by its sum.
 *
 * @param now the moment before which the order was opened, which tells its latest end where the answer to
 * its opening was lost
 */
export function orderReport(
  order: Pick<KnownOrder, "currency" | "expiresAt">,
  { original, paid }: CashyPayments,
  { now, expiresIn }: { now: Date; expiresIn: number }
): OrderReport {
  const expiresAt = order.expiresAt ?? expiryFrom(now, expiresIn)
  const isOver = paid.length === 0 && hasLapsed(original, order.expiresAt, now)
  return {
    state: isOver ? "expired" : original.state,
    word: original.orderStatus,
    gatewayId: original.orderNo,
    expiresAt,
    ...(original.wayToPay && !isOver
      ? { nextAction: nextActionOf(original.wayToPay, expiresAt) }
      : {}),
    money: paid.flatMap(({ orderNo, paid: amount }) =>
      amount === undefined ? [] : [{ gatewayId: orderNo, amount, currency: order.currency }]
    ),
  }
}

/** @param seconds as in the option `expiresIn` */
export function expiryFrom(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000)
}

/**
 * Assumption: Cashy names no word for an order whose time is over; where it still says PAYING some time
 * after that, nobody pays it any more. Should the money come all the same, it counts when it is asked for.
 */
function hasLapsed({ orderStatus }: CashyOrder, expiresAt: Date | undefined, now: Date): boolean {
  return (
    orderStatus === "PAYING" &&
    expiresAt !== undefined &&
    now.getTime() - expiresAt.getTime() >= graceMs
  )
}
