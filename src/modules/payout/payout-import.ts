import type { NewTransfer } from "./transfer"

/**
 * - `checking`, `making`: under way; `checked` and `made` tell how far
 * - `done`: all transfers that it makes are made
 * - `refused`: nothing was made; `problems` says why
 */
export const importStatuses = ["checking", "making", "done", "refused"] as const

export type ImportStatus = (typeof importStatuses)[number]

/** A file of transfers. What becomes of them afterwards is told by the transfers' own statuses. */
export type PayoutImport = {
  id: string
  file_name: string | null
  /** SHA-256 of the file's text: the same file is imported once. */
  digest: string
  status: ImportStatus
  allow_partial: boolean
  total: number
  checked: number
  made: number
  problems: ImportLineProblem[]
  created_by: string
  created_at: Date
  updated_at: Date
}

export type NewPayoutImport = Pick<PayoutImport, "file_name" | "digest" | "allow_partial"> & {
  /** What was found in reading the file; the lines it names are not among those that are imported. */
  problems?: readonly ImportLineProblem[]
}

export type ImportLineProblem = {
  /** In the file; the first under the heading is 2. */
  line: number
  message: string
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
