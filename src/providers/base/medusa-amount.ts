import type { BigNumberInput } from "@medusajs/framework/types"
import { MathBN } from "@medusajs/framework/utils"
import { decimal, InvalidAmountError, type DecimalString } from "../../gateways/shared/money"

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
