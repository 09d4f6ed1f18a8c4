import { decimal, tryDecimal, type DecimalString } from "../../../gateways/shared/money"
import { digest } from "../../../gateways/shared/digest"
import { invalidData } from "../../../shared/medusa-error"
import type { NewTransfer } from "../transfer"

/** What the caller asks for, read. */
export type TransferWish = {
  beneficiary_id: string
  amount: DecimalString
  /** Lower case. */
  currency_code: string
  purpose: string
  /** Null where each call is a new wish. */
  idempotency_key: string | null
  retry_of_id: string | null
}

const longestPurpose = 255
const longestKey = 255

/** @throws MedusaError invalid_data for what is no wish at all, whatever the provider can do */
export function readWish(wanted: NewTransfer, retryOfId: string | null = null): TransferWish {
  const problem = problemOf(wanted)
  if (problem !== undefined) {
    throw invalidData(problem)
  }
  return {
    beneficiary_id: wanted.beneficiary_id,
    amount: decimal(wanted.amount),
    currency_code: wanted.currency_code.trim().toLowerCase(),
    purpose: wanted.purpose.trim(),
    idempotency_key: wanted.idempotency_key ?? null,
    retry_of_id: retryOfId,
  }
}

/** What is wrong with it, for whoever wrote it; undefined where `readWish` reads it. */
export function problemOf(wanted: NewTransfer): string | undefined {
  const { beneficiary_id, amount, currency_code, purpose, idempotency_key: key } = wanted
  if (beneficiary_id === "") {
    return "beneficiary_id is missing"
  }
  // A number may have lost digits before it came here.
  if (typeof amount !== "string" || tryDecimal(amount) === undefined) {
    return 'amount must be digits with a point, as a text such as "1500.00"'
  }
  if (!/^[a-z]{3}$/i.test(currency_code.trim())) {
    return "currency_code must be three letters, such as php"
  }
  if (purpose.trim() === "" || purpose.length > longestPurpose) {
    return `purpose must be a text of 1 to ${longestPurpose} characters`
  }
  if (key !== undefined && (key.trim() === "" || key.length > longestKey)) {
    return `idempotency_key must be a text of 1 to ${longestKey} characters`
  }
  return undefined
}

/** The same for the same wish, however its amount and currency are written. */
export function fingerprintOf(wish: TransferWish): string {
  const { beneficiary_id, amount, currency_code, purpose, retry_of_id } = wish
  const text = JSON.stringify([beneficiary_id, amount, currency_code, purpose, retry_of_id])
  return digest("sha256", [text]).toString("hex")
}
