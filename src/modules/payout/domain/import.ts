import { z } from "zod"
import { digest } from "../../../gateways/shared/digest"
import { tryDecimal } from "../../../gateways/shared/money"
import { count, readRow, time } from "../../../shared/database"
import { samePurpose } from "./duplicates"
import type { StatedPayee } from "./stated-payee"
import type { NewTransfer } from "./transfer"

/**
 * What can be wrong with a file of transfers and its lines, for the dashboard's own words; the message beside it names what
 * stands there.
 *
 * The file:
 * - `encoding`: it is no text in an encoding that is read; `csv`: no CSV; `empty`: no heading, or no line below it
 * - `heading`: a column that is not known, there twice, or missing; `too_many_lines`
 *
 * What a line says:
 * - `cells`: more or fewer than the heading has, so that each may be another one's
 * - `missing`, `too_long`, `characters`, `spoiled`: what stands in a cell; `amount`, `currency`, `text`: no amount, no
 *   currency, or not as it has to be written
 * - `key_twice`, `key_used`, `external_id_taken`: a name that stands for another transfer
 * - `payee_mismatch`: the line names somebody else, or another account, than its beneficiary has
 *
 * What can't be paid:
 * - `no_beneficiary`, `beneficiary_not_active`, `no_provider`
 * - `currency_not_sent`, `decimals`, `purpose`: what its provider does not take
 * - `limit`: more than one transfer may be, or than is left for today
 */
export const lineFaults = [
  "encoding",
  "csv",
  "empty",
  "heading",
  "too_many_lines",
  "cells",
  "missing",
  "too_long",
  "characters",
  "spoiled",
  "amount",
  "currency",
  "text",
  "key_twice",
  "key_used",
  "external_id_taken",
  "payee_mismatch",
  "no_beneficiary",
  "beneficiary_not_active",
  "no_provider",
  "currency_not_sent",
  "decimals",
  "purpose",
  "limit",
] as const

export type LineFault = (typeof lineFaults)[number]

/** Of a text that a person wrote; see input.ts. */
export type TextFault = Extract<LineFault, "missing" | "too_long" | "characters" | "spoiled">

/**
 * - `checking`, `making`: under way; `checked` and `made` tell how far
 * - `done`: all transfers that it makes are made
 * - `refused`: nothing was made; `problems` says why
 */
export const importStatuses = ["checking", "making", "done", "refused"] as const

const lineProblem = z.object({
  /** In the file; the first under the heading is 2. */
  line: z.number(),
  message: z.string(),
  /** For the dashboard's own words; left out where there are none for it. */
  code: z.enum(lineFaults).optional(),
})

export type ImportLineProblem = z.infer<typeof lineProblem>

/**
 * A row of `payout_import`: a file of transfers. What becomes of them afterwards is told by the transfers' own
 * statuses.
 */
const importRow = z.object({
  id: z.string(),
  file_name: z.string().nullable(),
  /** SHA-256 of the file's text, by which who sent it finds it. */
  digest: z.string(),
  /** Of its lines as they were read, in whatever order: by it a file that was saved again is recognized. */
  lines_digest: z.string(),
  /** From 1: the same lines are taken for a new file once the last round is long over. */
  round: count,
  status: z.enum(importStatuses),
  allow_partial: z.boolean(),
  total: count,
  checked: count,
  /** How many transfers were made of it; what was known is not among them. */
  made: count,
  problems: z.array(lineProblem),
  /** Lines that name an idempotency key of a transfer that there was already. */
  known: z.array(z.object({ line: z.number(), transfer_id: z.string() })),
  created_by: z.string(),
  created_at: time,
  updated_at: time,
})

export type PayoutImport = z.infer<typeof importRow>

export function toImport(row: unknown): PayoutImport {
  return readRow("payout_import", importRow, row)
}

/** @property is_new false where the lines were imported before: nothing was made by this call */
export type ImportOutcome = PayoutImport & { is_new: boolean }

export type NewPayoutImport = Pick<PayoutImport, "file_name" | "digest" | "allow_partial"> & {
  /** Nothing of it is sent before. */
  send_at?: Date | null
  /** The import of the same lines that was looked at: they are to be paid once more. */
  same_as_id?: string
  /** What was found in reading the file; the lines it names are not among those that are imported. */
  problems?: readonly ImportLineProblem[]
}

/** A line that could be read; whether it can be made a transfer is for the module to check. */
export type ImportLine = {
  line: number
  transfer: NewTransfer
  /** What the line says of whom it pays besides: compared with the beneficiary, and not kept. */
  stated?: StatedPayee
}

/** What a file of transfers would come to. */
export type ImportCheck = {
  problems: ImportLineProblem[]
  /** Lines that would wait for a second look although nothing is wrong with them. */
  held: HeldLine[]
  /** Lines whose own idempotency key stands for a transfer that was made before: nothing is made of them. */
  known: { line: number; transfer_id: string }[]
  /** The import that these lines were made by; nothing would be made of them. */
  imported_before: PayoutImport | null
  /** Of the lines that are good. */
  sums: ImportSum[]
}

export type HeldLine = {
  line: number
  reason: string
  /** What it looks like: a transfer, or a line of the same file; null where it is the first payment to an account. */
  same_as: { id: string; reference: string } | { line: number } | null
}

export type ImportSum = {
  provider_id: string
  /** Lower case. */
  currency_code: string
  count: number
  /** Exact, major units. */
  amount: string
}

/** The key under which the same file is recognized: its lines as they were read, however the file was saved. */
export function linesDigest(
  lines: readonly ImportLine[],
  problems: readonly ImportLineProblem[] = []
): string {
  const read = lines.map(({ transfer }) => lineText(transfer)).sort()
  // Lines that could not be read are told apart by what is wrong with them, wherever they stand.
  const told = problems.map(({ message }) => message).sort()
  return digest("sha256", [JSON.stringify([read, told])]).toString("hex")
}

function lineText(transfer: NewTransfer): string {
  const { beneficiary_id, amount, currency_code, purpose } = transfer
  const { idempotency_key = null, external_id = null } = transfer
  const exact = typeof amount === "string" ? (tryDecimal(amount) ?? amount) : amount
  const currency = currency_code.trim().toLowerCase()
  const money = [beneficiary_id, exact, currency, samePurpose(purpose)]
  return JSON.stringify([...money, idempotency_key, external_id])
}
