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
 * - `amount`, `currency`, `account`: the bank says that it paid something else, or to somebody else
 * - `returned`: the money came back, or the bank did not take the payment
 * - `not_booked`: announced, and not paid yet
 * - `ended_otherwise`: the transfer has ended as something else than paid
 * - `needs_second_person`: whoever imports it made the transfer, or set what it pays
 */
export const toldKinds = [
  "unknown",
  "twice",
  "paid_again",
  "amount",
  "currency",
  "account",
  "returned",
  "not_booked",
  "ended_otherwise",
  "needs_second_person",
] as const

export type ToldKind = (typeof toldKinds)[number]

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
  bankReference: string | null
  bookedOn: string | null
}

export type StatementDecision = {
  settles: Settlement[]
  told: ToldEntry[]
  known: number
  /** Those of `known` of which no booking was known so far, as where a person said that they were paid. */
  named: { transfer: Transfer; bankReference: string }[]
  others: number
}

export type StatementRules = {
  /** The transfers of this provider's files that the statement names, by their references. */
  transfers: ReadonlyMap<string, Transfer>
  /** Why who imports it may not say what became of the transfer; undefined where they may. */
  blocker: (transfer: Transfer) => string | undefined
  /** Whether the transfer pays this account. */
  isPayee: (transfer: Transfer, account: string) => boolean
}

/** What a statement says of our payouts: what it settles, and what is told to people and changes nothing. */
export function decideStatement(
  { entries }: Pick<BankStatement, "entries">,
  rules: StatementRules
): StatementDecision {
  const decision: StatementDecision = { settles: [], told: [], known: 0, named: [], others: 0 }
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
      const message = `The statement shows ${reference} ${ours.length} times. Find out with the bank what was paid`
      const told = { kind: "twice", reference, transfer_id: transfer?.id ?? null, message } as const
      decision.told.push(...ours.map(({ position }) => ({ ...told, position })))
      continue
    }
    const { position, bankReference, bookedOn } = entry
    const finding = transfer ? findingOf(entry, transfer, rules) : unknownReference(reference)
    if (finding === "known") {
      decision.known += 1
      if (transfer && transfer.gateway_id === null && bankReference !== null) {
        decision.named.push({ transfer, bankReference })
      }
    } else if (finding === "settles" && transfer) {
      decision.settles.push({ transfer, bankReference, bookedOn })
    } else if (finding !== "settles") {
      decision.told.push({ ...finding, position, reference, transfer_id: transfer?.id ?? null })
    }
  }
  return decision
}

type Finding = "settles" | "known" | Pick<ToldEntry, "kind" | "message">

function unknownReference(reference: string): Finding {
  return {
    kind: "unknown",
    message:
      `No file of this provider has a transfer ${reference}. Was the database restored from a backup, or does ` +
      "another shop use the account?",
  }
}

function findingOf(entry: StatementEntry, transfer: Transfer, rules: StatementRules): Finding {
  const { reference, status, gateway_id } = transfer
  const unsettled = unsettledBecause(entry, transfer, rules)
  if (unsettled) {
    return unsettled
  }
  switch (status) {
    case "succeeded": {
      const isOther =
        entry.bankReference !== null && gateway_id !== null && entry.bankReference !== gateway_id
      return isOther
        ? {
            kind: "paid_again",
            message:
              `${reference} was settled by the booking ${gateway_id}, and this is ${entry.bankReference}. Was it paid ` +
              "twice? Find out with the bank",
          }
        : "known"
    }
    case "processing":
    case "unknown":
    case "not_found":
    case "manual_review": {
      const blocker = rules.blocker(transfer)
      return blocker === undefined ? "settles" : { kind: "needs_second_person", message: blocker }
    }
    case "awaiting_approval":
    case "approved":
    case "submitting":
    case "returned":
    case "failed":
    case "rejected":
    case "expired":
    case "canceled":
      return {
        kind: "ended_otherwise",
        message: `The statement shows ${reference} paid, and here it is ${status}. Find out with the bank what was paid`,
      }
  }
}

/** Why the booking is not that of the payment that was asked for. */
function unsettledBecause(
  entry: StatementEntry,
  transfer: Transfer,
  { isPayee }: StatementRules
): Pick<ToldEntry, "kind" | "message"> | undefined {
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
