import { type Retentions, yearAndMore } from "../../shared/retention"

/** How long payouts keep what; docs/operations.md tells it to the shop's owner. */
export const payoutRetention: Retentions = {
  payout_transfer: { keeps: "books" },
  payout_transfer_event: { keeps: "books" },
  payout_approval: { keeps: "books" },
  payout_audit_line: { keeps: "books" },
  payout_batch: { keeps: "books" },
  payout_beneficiary: { keeps: "books" },
  payout_beneficiary_version: { keeps: "books" },
  /** What was taken to the bank: encrypted, and with it the payees' accounts. */
  payout_file: { keeps: "books" },
  payout_statement: { keeps: "books" },
  payout_pause: { keeps: "books" },
  /** Those that made no transfer. */
  payout_import: {
    keeps: "days",
    days: yearAndMore,
    id: "id",
    spent: (rows, before) =>
      rows
        .whereIn("status", ["done", "refused"])
        .where({ made: 0 })
        .where("created_at", "<", before),
  },
  payout_daily_run: {
    keeps: "days",
    days: yearAndMore,
    id: "id",
    spent: (rows, before) => rows.where("started_at", "<", before),
  },
}
