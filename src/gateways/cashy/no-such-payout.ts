const token = /^([a-z]+_)*order(no)?_(not_(exist|exists|found)|does_not_exist)$/i

/**
 * Assumption: Cashy names no token for a payout that it does not know, so that only one that says just that
 * counts as one, such as `Payout_Order_not_exist`. Any other refusal of a question tells nothing about it.
 */
export function saysNoSuchPayout(said: string | undefined): boolean {
  return token.test(said ?? "")
}
