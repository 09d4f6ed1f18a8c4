import { decimal } from "../../../gateways/shared/money"
import type { Transfer } from "../transfer"

type Payment = Pick<Transfer, "beneficiary_id" | "amount" | "currency_code">

/** How long after a payment's last step another one like it is held for a second look, in milliseconds. */
const windowMs = 24 * 60 * 60_000

/** What was paid, and took its last step, before then is not taken for the same payment. */
export function alikeSince(now: Date): Date {
  return new Date(now.getTime() - windowMs)
}

/** The same text for transfers that look like one payment made twice. */
export function kindOf({ beneficiary_id, amount, currency_code }: Payment): string {
  return JSON.stringify([beneficiary_id, decimal(amount), currency_code])
}

/** @param transfers the newest last */
export function lastOfEachKind<T extends Payment>(transfers: readonly T[]): Map<string, T> {
  return new Map(transfers.map((transfer) => [kindOf(transfer), transfer]))
}
