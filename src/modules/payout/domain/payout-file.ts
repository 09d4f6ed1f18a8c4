import { z } from "zod"
import { digest } from "../../../gateways/shared/digest"
import { count, exact, readRow, time } from "../../../shared/database"
import { invalidData } from "../../../shared/errors"
import { dayOf } from "../../../shared/time-zone"
import type { TransferState } from "./state"

/**
 * A row of `payout_file`: transfers that a person takes to the bank together. It is made once, and each download gives
 * the same bytes.
 */
const fileRow = z
  .object({
    id: z.string(),
    batch_id: z.string(),
    provider_id: z.string(),
    /** Lower case; a file has one currency. */
    currency_code: z.string(),
    /** From 1; the next one has what was approved after the one before was made. */
    number: count,
    /** What the bank knows it by. */
    message_id: z.string(),
    /** Such as `pain.001.001.09`. */
    format: z.string(),
    file_name: z.string(),
    media_type: z.string(),
    /** SHA-256 of the bytes, in hex. */
    digest: z.string(),
    /** How many transfers it has. */
    count,
    /** Read as `control_sum`: what they add up to. */
    raw_control_sum: exact,
    /** When the bank is to pay, such as `2026-12-01`. */
    execution_date: z.string(),
    encrypted_content: z.string(),
    key_id: z.string(),
    created_by: z.string(),
    created_at: time,
  })
  .transform(({ raw_control_sum: control_sum, ...row }) => ({ ...row, control_sum }))

export type PayoutFile = z.infer<typeof fileRow>

export function toFile(row: unknown): PayoutFile {
  return readRow("payout_file", fileRow, row)
}

/** What somebody asks for who takes a batch to the bank. */
export type WantedFiles = {
  /** When the bank is to pay, such as `2026-12-01`; today, where it is left out. */
  execution_date?: string
  /** How it was made sure that the bank has not got these transfers already; needed where the database can't tell. */
  checked_note?: string
}

/**
 * - `provider`: its provider is not in the config
 * - `state`: it is not approved
 * - `later`: it is not to be paid yet
 * - `withheld`: it can't be paid as it was approved
 * - `content`: something of it can't stand in a file
 * - `unreadable`: its account can't be read
 */
export const leftOutCodes = [
  "provider",
  "state",
  "later",
  "withheld",
  "content",
  "unreadable",
] as const

export type LeftOutCode = (typeof leftOutCodes)[number]

/** A transfer of the batch that is in no file, and why: a code for the dashboard's own words, and a sentence. */
export type LeftOut = {
  transfer_id: string
  reference: string
  status: TransferState
  code: LeftOutCode
  reason: string
}

/**
 * What the bank knows a file by: 34 letters and digits, at most 35 are taken. The same for the same file of the same
 * batch, so that a bank that looks for files it has had already finds the one that was made once more after a
 * database was restored.
 */
export function messageIdOf(file: {
  batch_id: string
  provider_id: string
  currency_code: string
  number: number
}): string {
  const ulid = file.batch_id.replace(/^.*_/, "").slice(-26)
  const owner = digest("sha256", [`${file.provider_id} ${file.currency_code}`])
  // Five of 36 signs: a batch has a handful of providers and currencies.
  const ofOwner = owner.readUIntBE(0, 6).toString(36).padStart(5, "0").slice(-5)
  const number = String(file.number).padStart(2, "0")
  return `B${ulid}${ofOwner}${number}`.toUpperCase()
}

const furthestDays = 365
const dayMs = 24 * 60 * 60_000

/**
 * The day on which the bank is to pay.
 *
 * @param timeZone whose day counts
 * @throws MedusaError invalid_data for what is no day, or one that is over or more than a year away
 */
export function executionDate(
  wanted: string | undefined,
  { now, timeZone }: { now: Date; timeZone: string }
): string {
  const today = dayOf(now, timeZone)
  if (wanted === undefined) {
    return today
  }
  if (!z.iso.date().safeParse(wanted).success) {
    throw invalidData("execution_date must be a day such as 2026-12-01")
  }
  const furthest = dayOf(new Date(now.getTime() + furthestDays * dayMs), timeZone)
  if (wanted < today || wanted > furthest) {
    throw invalidData(`execution_date must be a day from ${today} to ${furthest}`)
  }
  return wanted
}
