import { BigNumber } from "@medusajs/framework/utils"
import { decimal } from "../gateways/shared/money"

/**
 * Both columns that Medusa keeps for an amount. The text goes in as it is: Medusa's own way through
 * `BigNumber` cuts it to 20 digits.
 *
 * @throws InvalidAmountError for what is no amount; PostgreSQL itself would take `NaN` and `Infinity`
 */
export function amountColumns<Name extends string>(name: Name, value: string) {
  decimal(value)
  return {
    [name]: value,
    [`raw_${name}`]: { value, precision: BigNumber.DEFAULT_PRECISION },
  }
}
