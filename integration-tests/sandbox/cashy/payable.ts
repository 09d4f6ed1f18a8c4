import { isLess, isWhole } from "./amount"
import { Refusal } from "./refusal"
import type { CashySettings } from "./settings"

/** @throws {Refusal} for an amount that the merchant's contract does not allow. */
export function requirePayable(
  amount: string,
  { minAmount, maxAmount, wholeAmounts }: CashySettings
): void {
  const isPayable =
    (!wholeAmounts || isWhole(amount)) &&
    (minAmount === null || !isLess(amount, minAmount)) &&
    (maxAmount === null || !isLess(maxAmount, amount))
  if (!isPayable) throw new Refusal("Params_amount_error")
}
