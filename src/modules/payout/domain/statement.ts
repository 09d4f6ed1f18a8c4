import { z } from "zod"
import { tryDecimal } from "../../../gateways/shared/money"
import { count, readRow, time } from "../../../shared/database"
import type { BankStatement, StatementEntry } from "../provider"
import { isPayoutReference, type Transfer } from "./transfer"

/**
 * What a statement says of our payouts that settles nothing:
 * - `unknown`: a reference like ours that no transfer of this provider's files has
 * - `twice`: several bookings with one reference
 * - `paid_again`: another booking of a transfer that a statement has settled before
 * - `indistinct`: a booking of a transfer that was settled before, which may be the same one or another one: the bank gives
 *   it neither a number nor a day of its own
 * - `amount`, `currency`, `account`: the bank says that it paid something else, or to somebody else
 * - `returned`: the money came back, or the bank did not take the payment
 * - `not_booked`: announced, and not paid yet
 * - `ended_otherwise`: the transfer has ended as something else than paid, and the bank paid it, or something by its name
 * - `needs_second_person`: whoever imports it made the transfer, or set what it pays
 */
export const toldKinds = [
  "unknown",
  "twice",
  "paid_again",
  "indistinct",
  "amount",
  "currency",
  "account",
  "returned",
  "not_booked",
  "ended_otherwise",
  "needs_second_person",
] as const

export type ToldKind = (typeof toldKinds)[number]

/** Of these something was paid under the transfer's reference, whatever is said of it since: it is not tried again. */
export const paidKinds: readonly ToldKind[] = [
  "twice",
  "amount",
  "currency",
  "account",
  "ended_otherwise",
  "needs_second_person",
]

const toldEntry = z.object({
  kind: z.enum(toldKinds),
  /** Where it stands in the file, from 1. */
  position: z.number(),
  reference: z.string(),
  transfer_id: z.string().nullable(),
  message: z.string(),
})

/** An entry that settles nothing, for a person to look into. */
export type ToldEntry = z.infer<typeof toldEntry>

/** Whether a statement settled it, or it had been settled before. */
export const bookingKinds = ["settled", "known"] as const

/** A booking of one of our transfers that agrees with it. */
const booking = z.object({
  kind: z.enum(bookingKinds),
  position: z.number(),
  transfer_id: z.string(),
  /** As the bank gives them; null where it gives none. */
  bank_reference: z.string().nullable(),
  booked_on: z.string().nullable(),
})

export type Booking = z.infer<typeof booking>

/** A row of `payout_statement`: a statement that was imported. */
const statementRow = z.object({
  id: z.string(),
  provider_id: z.string(),
  file_name: z.string().nullable(),
  /** SHA-256 of the file's text, in hex. */
  digest: z.string(),
  /** The bank's own for the statements in the file. */
  bank_ids: z.array(z.string()),
  /** How many transfers it settled. */
  settled: count,
  /** How many of its bookings had been settled before. */
  known: count,
  /** How many of its bookings have nothing to do with payouts. */
  others: count,
  told: z.array(toldEntry),
  bookings: z.array(booking),
  created_by: z.string(),
  created_at: time,
})

export type PayoutStatement = z.infer<typeof statementRow>

export function toStatement(row: unknown): PayoutStatement {
  return readRow("payout_statement", statementRow, row)
}

/** @property is_new false where these bookings had been imported before: nothing was changed by this call */
export type StatementOutcome = PayoutStatement & { is_new: boolean }

export type Settlement = {
  transfer: Transfer
  /** Where the booking stands in the file, from 1. */
  position: number
  bankReference: string | null
  bookedOn: string | null
}

export type StatementDecision = {
  settles: Settlement[]
  told: ToldEntry[]
  /** Bookings of what had been settled before, by such a booking or by a person's word. */
  repeats: Settlement[]
  others: number
}

export type StatementRules = {
  /** The transfers of this provider's files that the statement names, by their references. */
  transfers: ReadonlyMap<string, Transfer>
  /** Why who imports it may not say what became of the transfer; undefined where they may. */
  blocker: (transfer: Transfer) => string | undefined
  /** Whether the transfer pays this account. */
  isPayee: (transfer: Transfer, account: string) => boolean
  /** Bookings of the transfer that other files showed before. */
  shownBefore: (transfer: Transfer) => readonly Pick<Booking, "booked_on">[]
}

/** What a statement says of our payouts: what it settles, and what is told to people and changes nothing. */
export function decideStatement(
  { entries }: Pick<BankStatement, "entries">,
  rules: StatementRules
): StatementDecision {
  const decision: StatementDecision = { settles: [], told: [], repeats: [], others: 0 }
  const byReference = new Map<string, StatementEntry[]>()
  for (const entry of entries) {
    const { reference } = entry
    if (reference === null || !isPayoutReference(reference)) {
      decision.others += 1
    } else {
      byReference.set(reference, [...(byReference.get(reference) ?? []), entry])
    }
  }
  for (const [reference, all] of byReference) {
    const transfer = rules.transfers.get(reference)
    // What is announced and booked in one statement is one payment.
    const booked = all.filter(({ kind }) => kind !== "not_booked")
    const ours = booked.length > 0 ? booked : all
    const [entry] = ours
    if (ours.length > 1 || entry === undefined) {
      const found = several(ours, transfer, reference)
      const told = { ...found, reference, transfer_id: transfer?.id ?? null }
      decision.told.push(...ours.map(({ position }) => ({ ...told, position })))
      continue
    }
    const { position, bankReference, bookedOn } = entry
    const finding = transfer ? findingOf(entry, transfer, rules) : unknownReference(reference)
    if (typeof finding === "object") {
      decision.told.push({ ...finding, position, reference, transfer_id: transfer?.id ?? null })
    } else if (transfer) {
      decision[finding].push({ transfer, position, bankReference, bookedOn })
    }
  }
  return decision
}

type Told = Pick<ToldEntry, "kind" | "message">

type Finding = "settles" | "repeats" | Told

/** Of several bookings with one reference. */
function several(
  entries: readonly StatementEntry[],
  transfer: Transfer | undefined,
  reference: string
): Told {
  const message = `The statement shows ${reference} ${entries.length} times. Find out with the bank what was paid`
  const left = entries.filter(({ kind }) => kind === "paid").length
  const cameBack = entries.filter(({ kind }) => kind === "returned" || kind === "received").length
  const otherwise = transfer && left > cameBack ? endedOtherwise(transfer) : undefined
  return otherwise === undefined
    ? { kind: "twice", message }
    : { kind: "ended_otherwise", message: `${otherwise}. ${message}` }
}

/** Of a transfer that paid nothing, as far as is known here, what a statement says that shows it paid. */
function endedOtherwise({ reference, status }: Transfer): string | undefined {
  switch (status) {
    case "succeeded":
    case "processing":
    case "unknown":
    case "not_found":
    case "manual_review":
      return undefined
    case "awaiting_approval":
    case "approved":
    case "submitting":
    case "returned":
    case "failed":
    case "rejected":
    case "expired":
    case "canceled":
      return `The statement shows ${reference} paid, and here it is ${status}`
  }
}

function unknownReference(reference: string): Finding {
  return {
    kind: "unknown",
    message:
      `No file of this provider has a transfer ${reference}. Was the database restored from a backup, or does ` +
      "another shop use the account?",
  }
}

function findingOf(entry: StatementEntry, transfer: Transfer, rules: StatementRules): Finding {
  const unsettled = unsettledBecause(entry, transfer, rules)
  const otherwise = entry.kind === "paid" ? endedOtherwise(transfer) : undefined
  if (otherwise !== undefined) {
    // Whatever it paid, to whomever: what was made in its place may not be paid unseen.
    const what = unsettled?.message ?? "Find out with the bank what was paid"
    return { kind: "ended_otherwise", message: `${otherwise}. ${what}` }
  }
  if (unsettled) {
    return unsettled
  }
  if (transfer.status === "succeeded") {
    return repeatOf(entry, transfer, rules.shownBefore(transfer))
  }
  const blocker = rules.blocker(transfer)
  return blocker === undefined ? "settles" : { kind: "needs_second_person", message: blocker }
}

/** Whether it is the booking that is known of a transfer that was paid. What can't be told is for a person to find out. */
function repeatOf(
  { bankReference, bookedOn }: StatementEntry,
  { reference, gateway_id }: Transfer,
  earlier: readonly Pick<Booking, "booked_on">[]
): Finding {
  const twice = "Was it paid twice? Find out with the bank"
  if (bankReference !== null && gateway_id !== null) {
    return bankReference === gateway_id
      ? "repeats"
      : {
          kind: "paid_again",
          message: `${reference} was settled by the booking ${gateway_id}, and this is ${bankReference}. ${twice}`,
        }
  }
  // Settled by a person's word, or by this very file: this is the first booking of it.
  if (earlier.length === 0 || earlier.some(({ booked_on }) => isSameDay(booked_on, bookedOn))) {
    return "repeats"
  }
  const days = earlier.map(({ booked_on }) => booked_on)
  return bookedOn === null || days.includes(null)
    ? {
        kind: "indistinct",
        message:
          `Another statement showed ${reference} paid, and this one shows it too, without a number of the bank's or a day ` +
          `by which the bookings could be told apart. ${twice}`,
      }
    : {
        kind: "paid_again",
        message: `Another statement shows ${reference} booked on ${days.join(", ")}, and this one on ${bookedOn}. ${twice}`,
      }
}

function isSameDay(one: string | null, other: string | null): boolean {
  return one !== null && one === other
}

/** Why the booking is not that of the payment that was asked for. */
function unsettledBecause(
  entry: StatementEntry,
  transfer: Transfer,
  { isPayee }: StatementRules
): Told | undefined {
  const { reference, amount, currency_code } = transfer
  const why = entry.reason === null ? "" : ` (${entry.reason})`
  switch (entry.kind) {
    case "returned":
    case "received":
      return {
        kind: "returned",
        message: `The money of ${reference} came back, or the bank did not take it${why}. Look at the statement and resolve it`,
      }
    case "not_booked":
      return {
        kind: "not_booked",
        message: `${reference} is announced and not booked yet${why}. Import the statement of the day that it is booked on`,
      }
    case "paid":
  }
  if (entry.currencyCode !== currency_code) {
    return {
      kind: "currency",
      message: `The bank says that it paid ${reference} in ${entry.currencyCode?.toUpperCase() ?? "no currency"}, and the file says ${currency_code.toUpperCase()}`,
    }
  }
  if (entry.amount === null || tryDecimal(entry.amount) !== tryDecimal(amount)) {
    return {
      kind: "amount",
      message: `The bank says that it paid ${entry.amount ?? "no amount"} for ${reference}, and the file says ${amount} ${currency_code.toUpperCase()}`,
    }
  }
  if (entry.account !== null && !isPayee(transfer, entry.account)) {
    return {
      kind: "account",
      message: `The bank paid ${reference} to another account than the file says. Was the file changed before it came to the bank?`,
    }
  }
  return undefined
}
