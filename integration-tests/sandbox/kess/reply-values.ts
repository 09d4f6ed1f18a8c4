import { centsOf, feeOn, formatAmount, type Cents } from "./amount"
import type { KessOrder } from "./orders"
import type { KessSettings } from "./settings"

/** An amount as replies hold it: a JSON number. At most twelve digits and two decimals, which a double keeps. */
export function jsonAmount(amount: string): number {
  return Number(amount)
}

/** What was paid for the order, or is to be paid; the vendor does not say whether the fee is in it. */
export function amountOf(order: KessOrder, { amountsIncludeFee }: KessSettings): number {
  return jsonAmount(amountsIncludeFee ? charged(order) : (order.payment?.amount ?? order.amount))
}

/** What the buyer paid, or is to pay, the fee on top included; two decimals. */
export function charged({ amount, feeRate, payment }: KessOrder): string {
  const cents = centsOf(payment?.amount ?? amount)
  const fee: Cents = payment === null ? feeOn(cents, feeRate) : centsOf(payment.fee)
  return formatAmount(cents + fee)
}

/** In replies the samples show these ids as numbers, whatever the request had. */
export function jsonId(id: string): number | string {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id
}
