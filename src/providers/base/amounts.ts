/**
 * The amounts of a payment, in major units as decimal texts: what is charged for an amount of Medusa's, what a capture
 * or a refund is to move, and what was moved and received.
 */
import type { BigNumberInput, UpdatePaymentInput } from "@medusajs/framework/types"
import { MathBN, MedusaError } from "@medusajs/framework/utils"
import {
  add,
  decimal,
  type DecimalString,
  equal,
  exactAt,
  fitsDecimals,
  fixedAt,
  InvalidAmountError,
  isPositive,
  isZero,
  roundHalfUp,
  decimalsFor,
  subtract,
  TooManyDecimalsError,
} from "../../gateways/shared/money"
import type {
  GatewayOperation,
  OperationKind,
} from "../../modules/payment-journal/gateway-operation"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayContext } from "./context"
import { invalidData } from "./errors"
import type { PaymentGateway } from "./gateway"
import { orderDecimals } from "./order-details"
import type { PaymentSessionRow } from "./medusa-rows"

/**
 * What the gateway is to charge: Medusa's amount, which is not rounded (99.99 plus 12 % is 111.9888),
 * rounded half up to the gateway's decimals. This is the one place where an amount is rounded.
 *
 * @throws MedusaError invalid_data for a currency the gateway doesn't take, or nothing to charge
 */
export function chargeableAmount(
  gateway: PaymentGateway,
  amount: BigNumberInput,
  currencyCode: string
): ChargeableAmount {
  const currency = currencyCode.toLowerCase()
  const decimals = decimalsFor(gateway.decimals, currency)
  if (decimals === undefined) {
    // What the owner has to change is told to them: see workflows/payments/unusable-providers.ts.
    throw invalidData(
      `${gateway.title} can't be used for a payment in ${currency.toUpperCase()}. Choose another way to pay`
    )
  }
  const requested = exactAmount(amount)
  const charged = roundHalfUp(requested, decimals)
  if (!isPositive(charged)) {
    throw invalidData(`${gateway.title} can't be paid with ${requested} ${currency.toUpperCase()}`)
  }
  return { requested, charged: fixedAt(charged, decimals), currency }
}

export type ChargeableAmount = { requested: DecimalString; charged: string; currency: string }

function exactAmount(amount: BigNumberInput): DecimalString {
  try {
    return medusaAmount(amount)
  } catch (error) {
    if (error instanceof InvalidAmountError) {
      throw invalidData(`The amount can't be read: ${error.message}`)
    }
    throw error
  }
}

/** Whether an order already stands for the amount and currency that Medusa now wants. */
export function standsFor(
  { gateway }: GatewayContext,
  order: GatewayOrder,
  wanted: Pick<UpdatePaymentInput, "amount" | "currency_code">
): boolean {
  const { charged, currency } = chargeableAmount(gateway, wanted.amount, wanted.currency_code)
  return order.amount === charged && order.currency_code === currency
}

/** The same for what a session wants by now; a session can want what the gateway can't be paid with. */
export function isWantedBy(
  context: GatewayContext,
  session: Pick<PaymentSessionRow, "amount" | "raw_amount" | "currency_code">,
  order: GatewayOrder
): boolean {
  try {
    const amount = session.raw_amount ?? session.amount
    return standsFor(context, order, { amount, currency_code: session.currency_code })
  } catch (error) {
    if (MedusaError.isMedusaError(error)) {
      return false
    }
    throw error
  }
}

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
 * What a capture or a refund is to move, at the gateway's decimals. Medusa's own total can have more decimals
 * than were charged: all of it, or all that is left of it, means all of `whole`. An amount that a
 * person typed is never rounded.
 *
 * @param whole all that can be moved, which stands for all of Medusa's total
 * @param done what was moved before, or may have been as far as Medusa knows: it can have lost a row
 * @throws MedusaError invalid_data for what is no amount, is not above zero, or has too many decimals
 */
export function wantedAmount(
  gateway: PaymentGateway,
  order: GatewayOrder,
  amount: BigNumberInput,
  { whole, done }: { whole: string; done: readonly DecimalString[] }
): string {
  const decimals = orderDecimals(gateway, order)
  const wanted = readAmount(gateway, amount)
  if (equal(decimal(whole), decimal(order.amount))) {
    const requested = decimal(order.requested_amount)
    if (equal(wanted, requested)) {
      return whole
    }
    const before = done.find((sum) => equal(wanted, subtract(requested, sum)))
    if (before !== undefined) {
      return fixedAt(subtract(decimal(whole), before), decimals)
    }
  }
  try {
    return exactAt(wanted, decimals)
  } catch (error) {
    if (error instanceof TooManyDecimalsError) {
      throw invalidData(
        `${gateway.title} counts ${order.currency_code.toUpperCase()} with ${decimals} decimal places, and ` +
          `${wanted} has more. Enter an amount with at most ${decimals} places`
      )
    }
    throw error
  }
}

function readAmount(gateway: PaymentGateway, amount: BigNumberInput): DecimalString {
  try {
    const wanted = medusaAmount(amount)
    if (isPositive(wanted)) {
      return wanted
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
  gateway: Pick<PaymentGateway, "capabilities" | "decimals">,
  order: GatewayOrder,
  operations: readonly GatewayOperation[]
): string {
  const captured = sumOfDone(operations, "capture")
  return gateway.capabilities.capture === "automatic" || isZero(captured)
    ? order.amount
    : fixedAt(captured, orderDecimals(gateway, order))
}

/** What all operations of one kind that were surely made add up to, in major units. */
export function sumOfDone(
  operations: readonly GatewayOperation[],
  kind: OperationKind
): DecimalString {
  return operations
    .filter((operation) => operation.kind === kind && operation.state === "done")
    .reduce((sum, operation) => add(sum, decimal(operation.amount)), decimal("0"))
}

/** The same, and each sum without one of the operations: Medusa can have lost its row for any of them. */
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
 * All that the gateway proved to have received for an order, in major units at the gateway's decimals; undefined
 * where nothing came, or not all of it in the order's currency.
 */
export async function receivedAmount(
  { gateway, journal }: Pick<GatewayContext, "gateway" | "journal">,
  order: GatewayOrder
): Promise<string | undefined> {
  const money = await journal.moneyOfOrder(order.reference)
  const sum = money.reduce((total, { amount }) => add(total, decimal(amount)), decimal("0"))
  const decimals = orderDecimals(gateway, order)
  const isForeign = money.some(({ currency_code }) => currency_code !== order.currency_code)
  return isForeign || !isPositive(sum) || !fitsDecimals(sum, decimals)
    ? undefined
    : fixedAt(sum, decimals)
}
