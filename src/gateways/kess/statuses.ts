/** What KESS's result codes and its check of a refund mean. */

import { meaningOf } from "../shared/messages"
import { decimal, equal } from "../shared/money"
import type { KessRefundCheck } from "./messages"

/**
 * What check payment status says of an order by `is_success` (KESS, "Check payment status"); a yes still has to name the
 * order's amount and currency.
 */
const paymentStates = {
  true: "paid",
  false: "pending", // KESS documents no final refusal: an order that looks dead may be paid a moment later
} as const

export function paymentState(isSuccess: boolean): "paid" | "pending" {
  return paymentStates[`${isSuccess}`]
}

export type KessResult = "done" | "unknown"

/**
 * Every `result_code` that KESS documents. What it says differs from call to call: of native pay that the QR
 * was made, not that it was paid; of quick and jsapi pay that the shopper was charged, which check payment
 * status still has to confirm.
 *
 * Assumption: of a refund it says that the refund was made, since the page shows no other word for it.
 */
const results: Readonly<Record<string, KessResult>> = {
  SUCCESS: "done",
}

/** A status that is not documented is no proof, and no refusal either: perhaps the shopper is still at it. */
export function resultOf(resultCode: string): KessResult {
  return meaningOf(results, resultCode) ?? "unknown"
}

/** A refund of ours. `amount` in major units; currency in lower case. */
type KessRefundRequest = { outRefundNo: string; amount: string; currency: string }

/**
 * What check refund status says of one refund. It is asked about the order and can't be asked about a refund,
 * so it may tell of another one, or of none.
 *
 * - `done`: our number, our amount, made
 * - `unknown`: our number, but not made yet or with another amount; or made, and no number to tell whose
 * - `not_known`: KESS tells of another number, or of no refund at all
 *
 * Assumption: with `not_known` the refund may be sent again under the very same `out_refund_no`, because
 * that number stands for one refund however often it comes, as it does at WeChat Pay and Alipay. Under
 * another number it would be a second refund.
 */
export function refundState(
  check: KessRefundCheck,
  { outRefundNo, amount, currency }: KessRefundRequest
): "done" | "unknown" | "not_known" {
  if (!check.out_refund_no) {
    return check.is_success ? "unknown" : "not_known"
  }
  if (check.out_refund_no !== outRefundNo) {
    return "not_known"
  }
  return check.is_success && equal(check.amount, decimal(amount)) && check.currency === currency
    ? "done"
    : "unknown"
}
