import { decimal, exactAt, TooManyPlacesError } from "../shared/money"
import type { PaymentzOperation } from "./operation"
import { refusedHere } from "./refusal"

/** Whatever the currency (Paymentz, "REST API"). */
export const wirePlaces = 2
const mostDigits = 8

/**
 * The amount as it is sent and signed: always with two decimals, in major units, whatever the currency, so
 * that 100 yen are `100.00` and 1.230 dinars `1.23`. It never rounds.
 *
 * @throws GatewayDeclinedError for a third decimal that is not zero; nothing was sent
 */
export function wireAmount(operation: PaymentzOperation, amount: string): string {
  try {
    return exactAt(decimal(amount), wirePlaces)
  } catch (error) {
    if (error instanceof TooManyPlacesError) {
      throw refusedHere(
        operation,
        `amounts are sent with two decimals, and ${error.amount} has more`
      )
    }
    throw error
  }
}

/**
 * As `wireAmount`, within what the hosted page takes: eight digits before the point (Paymentz, "Standard
 * Checkout", `[0-9]{1,8}\.[0-9]{2}`).
 */
export function checkoutAmount(amount: string): string {
  const written = wireAmount("pay", amount)
  if (written.length > mostDigits + 1 + wirePlaces) {
    throw refusedHere("pay", `${written} has more than ${mostDigits} digits before the point`)
  }
  return written
}
