import { z } from "zod"
import { count, readRow, time } from "../../../shared/database"
import type { NewTransfer } from "./transfer"

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
})

export type ImportLineProblem = z.infer<typeof lineProblem>

/**
 * A row of `payout_import`: a file of transfers. What becomes of them afterwards is told by the transfers' own
 * statuses.
 */
const importRow = z.object({
  id: z.string(),
  file_name: z.string().nullable(),
  /** SHA-256 of the file's text: the same file is imported once. */
  digest: z.string(),
  status: z.enum(importStatuses),
  allow_partial: z.boolean(),
  total: count,
  checked: count,
  made: count,
  problems: z.array(lineProblem),
  created_by: z.string(),
  created_at: time,
  updated_at: time,
})

export type PayoutImport = z.infer<typeof importRow>

export function toImport(row: unknown): PayoutImport {
  return readRow("payout_import", importRow, row)
}

export type NewPayoutImport = Pick<PayoutImport, "file_name" | "digest" | "allow_partial"> & {
  /** What was found in reading the file; the lines it names are not among those that are imported. */
  problems?: readonly ImportLineProblem[]
}

/** A line that could be read; whether it can be made a transfer is for the module to check. */
export type ImportLine = { line: number; transfer: NewTransfer }

/** What a file of transfers would come to. */
export type ImportCheck = {
  problems: ImportLineProblem[]
  /** Of the lines that are good. */
  sums: ImportSum[]
}

export type ImportSum = {
  provider_id: string
  /** Lower case. */
  currency_code: string
  count: number
  /** Exact, major units. */
  amount: string
}
