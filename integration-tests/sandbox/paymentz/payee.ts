import type { PaymentzContext } from "./context"
import type { Payout } from "./payouts"

type Paying = Pick<PaymentzContext, "payouts" | "notifier">

/** Ends a payout that is under way, and tells the merchant. */
export function finishPayout(
  { payouts, notifier }: Paying,
  merchantTransactionId: string,
  end: "payoutsuccessful" | "payoutfailed"
): Payout {
  return notifier.paidOut(payouts.finish(merchantTransactionId, end))
}

/** Has the money of a payout come back, and tells the merchant. */
export function giveBack({ payouts, notifier }: Paying, merchantTransactionId: string): Payout {
  return notifier.paidOut(payouts.giveBack(merchantTransactionId))
}
