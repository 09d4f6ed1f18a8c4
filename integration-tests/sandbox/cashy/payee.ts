import type { CashyContext } from "./context"
import type { CashyPayout } from "./payouts"

type Paying = Pick<CashyContext, "payouts" | "notifier">

/** A word on a payout's way, or its end, of which the merchant is told. */
export function sayOfPayout(
  { payouts, notifier }: Paying,
  number: string,
  orderStatus: string
): CashyPayout {
  const payout = payouts.say(number, orderStatus)
  notifier.payoutChanged(payout)
  return payout
}

/** Has the money of a payout come back, and tells the merchant. */
export function giveBack({ payouts, notifier }: Paying, number: string): CashyPayout {
  const payout = payouts.giveBack(number)
  notifier.payoutChanged(payout)
  return payout
}
