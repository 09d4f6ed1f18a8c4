import type { BigNumberInput } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"
import {
  add,
  decimal,
  type DecimalString,
  equal,
  exactAt,
  fitsPlaces,
  fixedAt,
  InvalidAmountError,
  isPositive,
  isZero,
  subtract,
  TooManyPlacesError,
} from "../../gateways/shared/money"
import type {
  GatewayOperation,
  OperationKind,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "./context"
import { invalidData } from "./errors"
import type { PaymentGateway } from "./gateway"
import { orderPlaces } from "./order-details"

/**
 * An amount in any of the shapes in which Medusa hands it over: a number, a text, its BigNumber, or the
 * plain object `{ value: "12.34", precision: 20 }` that refunds come with. Exact; major units.
 *
 * @throws InvalidAmountError for anything that is no amount
 */
export function medusaAmount(amount: BigNumberInput): DecimalString {
  if (typeof amount === "string" || typeof amount === "number") {
    return decimal(amount)
  }
  if (amount === null || amount === undefined) {
    throw new InvalidAmountError("there is no amount")
  }
  return decimal(MathBN.convert(amount).toFixed())
}

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

/** What was really taken from the shopper, in major units: the order's amount, or the sum of its captures. */
export function takenAmount(
  gateway: PaymentGateway,
  order: GatewayOrder,
  operations: readonly GatewayOperation[]
): string {
  const captured = sumOfDone(operations, "capture")
  return gateway.capabilities.captures === "at_once" || isZero(captured)
    ? order.amount
    : fixedAt(captured, orderPlaces(gateway, order))
}

/** What all moves of one kind that were surely made add up to, in major units. */
export function sumOfDone(
  operations: readonly GatewayOperation[],
  kind: OperationKind
): DecimalString {
  return operations
    .filter((operation) => operation.kind === kind && operation.state === "done")
    .reduce((sum, operation) => add(sum, decimal(operation.amount)), decimal("0"))
}

/** The same, and each sum without one of the moves: Medusa can have lost its row for any of them. */
export function possibleSums(
  operations: readonly GatewayOperation[],
  kind: OperationKind
): DecimalString[] {
  const sum = sumOfDone(operations, kind)
  const done = operations.filter(
    (operation) => operation.kind === kind && operation.state === "done"
  )
  return [sum, ...done.map((operation) => subtract(sum, decimal(operation.amount)))]
}

/**
 * All that the gateway proved to have received for an order, in major units at the gateway's places; undefined
 * where nothing came, or not all of it in the order's currency.
 */
export async function receivedAmount(
  { gateway, journal }: Pick<GatewayContext, "gateway" | "journal">,
  order: GatewayOrder
): Promise<string | undefined> {
  const money = await journal.moneyOfOrder(order.reference)
  const sum = money.reduce((total, { amount }) => add(total, decimal(amount)), decimal("0"))
  const places = orderPlaces(gateway, order)
  const isForeign = money.some(({ currency_code }) => currency_code !== order.currency_code)
  return isForeign || !isPositive(sum) || !fitsPlaces(sum, places)
    ? undefined
    : fixedAt(sum, places)
}
