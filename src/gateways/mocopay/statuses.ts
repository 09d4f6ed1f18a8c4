/** What a session of MoCoPay's says about the money. */

import { compare, isPositive, type DecimalString } from "../shared/money"
import { meaningOf } from "../shared/messages"
import type { MocopaySession } from "./messages"

export type MocopayPaymentType = "onetime" | "subscription"

/** What was to be paid; the amount in major units, the currency in lower case. */
export type MocopayPrice = { amount: DecimalString; currency: string; type: MocopayPaymentType }

export type MocopayPayment =
  | { state: "pending" | "failed" }
  | { state: "paid"; amount: DecimalString; currency: string; laterSeries?: MocopayLaterSeries }

/** What a subscription charged after its first series; `total` has the first in it. */
export type MocopayLaterSeries = { number: number; total: DecimalString }

/**
 * Every value that MoCoPay is seen to use for a session. The list is not published, and none of them is proof
 * of money: `Authorized` stands beside a charge of 0, and `PaymentComplete` is said by the browser.
 */
const states: Readonly<Record<string, "pending">> = {
  Authorized: "pending", // it may be charged; whether it was, the amounts say
  PaymentComplete: "pending", // without a charged amount it is only a word
}

const types: Readonly<Record<string, MocopayPaymentType>> = {
  onetime: "onetime",
  subscription: "subscription",
}

/**
 * What a session says about the money. Only the charged amount decides, never the word.
 *
 * A user id stands for one payment of ours, so that `totalChargedAmount` is what came for it;
 * `chargedAmount` is that of the series in progress and falls back to 0.
 */
export function paymentOf(session: MocopaySession, price: MocopayPrice): MocopayPayment {
  const total = session.totalChargedAmount
  const currency = session.currencyCode?.toLowerCase()
  if (!total || !isPositive(total)) {
    return { state: unpaidState(session) }
  }
  if (!currency) {
    return { state: "pending" } // an amount without a currency proves nothing
  }
  if (currency !== price.currency) {
    return { state: "paid", amount: total, currency } // told as it is: it is not what was ordered
  }
  if (compare(total, price.amount) < 0) {
    // High prices are billed in several transactions, one after the other (MoCoPay, "Payment notifications").
    return { state: "pending" }
  }
  const series = session.series ?? 1
  const type = meaningOf(types, session.type) ?? price.type
  return type === "subscription" && series > 1
    ? paymentOfSubscription(session, { ...price, number: series, total })
    : { state: "paid", amount: total, currency }
}

/** Whether anything was charged at all, however much it is. */
export function showsMoney({ totalChargedAmount }: MocopaySession): boolean {
  return Boolean(totalChargedAmount && isPositive(totalChargedAmount))
}

/**
 * Assumption: where nothing was charged and MoCoPay tells of an amount that failed, the try has failed. It
 * may still be charged later, and then counts.
 */
function unpaidState({ status, totalFailedAmount }: MocopaySession): "pending" | "failed" {
  return totalFailedAmount && isPositive(totalFailedAmount)
    ? "failed"
    : (meaningOf(states, status) ?? "pending")
}

/**
 * The first series pays the order, the later ones come on top of it in the total.
 * Assumption: each is charged the same. Where the last was more, the first was not what was ordered either.
 */
function paymentOfSubscription(
  { lastChargedAmount }: MocopaySession,
  { amount, currency, number, total }: MocopayPrice & MocopayLaterSeries
): MocopayPayment {
  if (lastChargedAmount && compare(lastChargedAmount, amount) > 0) {
    return { state: "pending" }
  }
  return {
    state: "paid",
    amount,
    currency,
    ...(compare(total, amount) > 0 ? { laterSeries: { number, total } } : {}),
  }
}
