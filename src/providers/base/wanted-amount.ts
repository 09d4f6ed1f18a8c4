import type { BigNumberInput } from "@medusajs/framework/types"
import {
  decimal,
  equal,
  exactAt,
  fixedAt,
  InvalidAmountError,
  isPositive,
  subtract,
  TooManyPlacesError,
  type DecimalString,
} from "../../gateways/shared/money"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import { invalidData } from "./errors"
import { medusaAmount } from "./medusa-amount"
import { orderPlaces } from "./order-places"
import type { PaymentGateway } from "./payment-gateway"

/**
 * What a capture or a refund is to move, at the gateway's places. Medusa's own total can have more places
 * than were charged: all of it, or all that is left of it, means all of `whole`. An amount that somebody
 * typed is never rounded.
 *
 * @param whole all that can be moved, which stands for all of Medusa's total
 * @param done what was moved before, or may have been as far as Medusa knows: it can have lost a row
 * @throws MedusaError invalid_data for what is no amount, is not above zero, or has too many places
 */
export function wantedAmount(
  gateway: PaymentGateway,
  order: GatewayOrder,
  amount: BigNumberInput,
  { whole, done }: { whole: string; done: readonly DecimalString[] }
): string {
  const places = orderPlaces(gateway, order)
  const wished = readAmount(gateway, amount)
  if (equal(decimal(whole), decimal(order.amount))) {
    const requested = decimal(order.requested_amount)
    if (equal(wished, requested)) {
      return whole
    }
    const before = done.find((sum) => equal(wished, subtract(requested, sum)))
    if (before !== undefined) {
      return fixedAt(subtract(decimal(whole), before), places)
    }
  }
  try {
    return exactAt(wished, places)
  } catch (error) {
    if (error instanceof TooManyPlacesError) {
      throw invalidData(
        `${gateway.title} counts ${order.currency_code.toUpperCase()} with ${places} decimal places, and ` +
          `${wished} has more. Enter an amount with at most ${places} places`
      )
    }
    throw error
  }
}

function readAmount(gateway: PaymentGateway, amount: BigNumberInput): DecimalString {
  try {
    const wished = medusaAmount(amount)
    if (isPositive(wished)) {
      return wished
    }
  } catch (error) {
    if (!(error instanceof InvalidAmountError)) {
      throw error
    }
  }
  throw invalidData(`${gateway.title} needs an amount above zero`)
}
