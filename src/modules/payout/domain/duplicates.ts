import { decimal } from "../../../gateways/shared/money"
import { comparableText } from "../../../gateways/shared/text"
import type { CodedText } from "./reason"
import { isFinalState, type TransferState, transferStates } from "./state"
import type { Transfer } from "./transfer"

const dayMs = 24 * 60 * 60_000

/**
 * How long after its last step a payment holds another one like it for a second look, in milliseconds: for the same
 * purpose longer than a month, so that one file is not paid again by the next; for another purpose a day.
 */
const windowMs = { samePurpose: 35 * dayMs, anyPurpose: dayMs }

/** What took its last step before then, and has ended, holds nothing any more. */
export function duplicatesSince(now: Date): Date {
  return new Date(now.getTime() - windowMs.samePurpose)
}

/** What may still be paid, or may have been: the same payment as long as it is so, whenever it was made. */
export const openStates: readonly TransferState[] = transferStates.filter(
  (state) => !isFinalState(state) && state !== "succeeded"
)

/** What was paid; the other states paid nothing, and will not. */
export const paidStates: readonly TransferState[] = ["succeeded", "returned"]

/** To whom: a beneficiary, and the account, which others may have too. */
export type Payee = {
  beneficiary_id: string
  /** Of the account, under each key that there may be digests of. */
  account_digests: readonly string[]
  /** Of the bank that it is at, likewise; none where that is not known. */
  bank_digests: readonly string[]
}

type Payment = Omit<Payee, "bank_digests"> & Pick<Transfer, "amount" | "currency_code" | "purpose">

/** A payment that another one may be the same as. */
export type EarlierPayment = Payment &
  Pick<Transfer, "id" | "reference" | "status" | "updated_at"> & {
    /** Where it is a line of the file that is being checked. */
    line?: number
  }

/** Payments by whom they pay how much, the newest last. */
export class Duplicates {
  readonly #byKey = new Map<string, EarlierPayment[]>()

  constructor(payments: readonly EarlierPayment[]) {
    payments.forEach((payment) => this.add(payment))
  }

  add(payment: EarlierPayment): void {
    for (const key of keysOf(payment)) {
      this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), payment])
    }
  }

  /**
   * The newest one that looks like the same payment: the same amount to the same beneficiary or account.
   *
   * @param except the id of one that is known to be like it, such as the one that it tries again
   */
  find(payment: Payment, now: Date, except: string | null = null): EarlierPayment | undefined {
    return keysOf(payment)
      .flatMap((key) => this.#byKey.get(key) ?? [])
      .filter(({ id }) => id !== except)
      .filter((earlier) => isHeldFor(earlier, payment, now))
      .sort((one, other) => one.updated_at.getTime() - other.updated_at.getTime())
      .at(-1)
  }
}

function keysOf({ beneficiary_id, account_digests, amount, currency_code }: Payment): string[] {
  const money = [decimal(amount), currency_code]
  return [
    JSON.stringify(["beneficiary", beneficiary_id, ...money]),
    ...account_digests.map((digest) => JSON.stringify(["account", digest, ...money])),
  ]
}

function isHeldFor(earlier: EarlierPayment, { purpose }: Payment, now: Date): boolean {
  if (openStates.includes(earlier.status)) {
    return true
  }
  const isSame = samePurpose(earlier.purpose) === samePurpose(purpose)
  const window = isSame ? windowMs.samePurpose : windowMs.anyPurpose
  return earlier.updated_at.getTime() > now.getTime() - window
}

/** The same text for one purpose, whatever its case and blanks, and whatever nobody sees in it. */
export function samePurpose(purpose: string): string {
  return comparableText(purpose)
}

/** Why a transfer waits that looks like another one, or is the first to its account, for who has the second look. */
export function heldBecause(
  { beneficiary_id }: Pick<Payee, "beneficiary_id">,
  earlier: Pick<EarlierPayment, "reference" | "beneficiary_id" | "line"> | undefined,
  isFirstPayment: boolean
): CodedText | null {
  if (earlier === undefined) {
    return isFirstPayment ? { text: heldAsFirst, code: "first_to_account" } : null
  }
  const payment = earlier.line === undefined ? earlier.reference : `line ${earlier.line}`
  const isSamePayee = earlier.beneficiary_id === beneficiary_id
  const whose = isSamePayee
    ? "the same beneficiary"
    : `the same account, which the beneficiary ${earlier.beneficiary_id} has too`
  const text =
    `It looks like ${payment}, which has not ended, or ended within a day, or within 35 days for the same purpose: ` +
    `${whose}, amount and currency. Approve it only if it is to be paid once more`
  if (isFirstPayment) {
    return { text: `${text}. ${heldAsFirst}`, code: "looks_like_and_first", details: { payment } }
  }
  return isSamePayee
    ? { text, code: "looks_like", details: { payment } }
    : {
        text,
        code: "looks_like_by_account",
        details: { payment, beneficiary: earlier.beneficiary_id },
      }
}

/** Why the first payment to an account waits. */
export const heldAsFirst =
  "Nothing that was sent to this account has arrived before. Make sure that it is theirs, by a call to a number that you " +
  "had before"
