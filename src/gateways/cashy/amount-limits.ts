import { compare, exactAt, type DecimalString } from "../shared/money"
import { GatewayDeclinedError } from "../shared/errors"
import { cashyGateway, type CashyOperation } from "./refusal"

/** What Cashy takes in one payment or payout, as it was agreed with the merchant; in major units. */
export type AmountLimits = { minAmount?: DecimalString; maxAmount?: DecimalString }

/** Cashy writes amounts with two places, whatever the currency (Cashy, "Create Payin Order"). */
export const wirePlaces = 2

/** What is said of an amount that Cashy would refuse, before anything is sent; undefined for any other. */
export function limitProblem(
  limits: AmountLimits,
  amount: DecimalString,
  currency: string,
  operation: CashyOperation = "payIn"
): GatewayDeclinedError | undefined {
  const { minAmount, maxAmount } = limits
  const tooLittle = minAmount !== undefined && compare(amount, minAmount) < 0
  const tooMuch = maxAmount !== undefined && compare(amount, maxAmount) > 0
  if (!tooLittle && !tooMuch) {
    return undefined
  }
  return new GatewayDeclinedError({
    gateway: cashyGateway,
    operation,
    gatewayMessage:
      `${exactAt(amount, wirePlaces)} ${currency.toUpperCase()} can't be paid in one payment: ` +
      `it takes ${shown(limits)}`,
  })
}

function shown({ minAmount, maxAmount }: AmountLimits): string {
  return [
    ...(minAmount === undefined ? [] : [`at least ${exactAt(minAmount, wirePlaces)}`]),
    ...(maxAmount === undefined ? [] : [`at most ${exactAt(maxAmount, wirePlaces)}`]),
  ].join(" and ")
}
