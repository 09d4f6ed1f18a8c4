import { z } from "zod"
import { readRow, time } from "../../../shared/database"

/** A row of `payout_approval`: one person's yes to a transfer, of which there can have to be two. */
const approvalRow = z.object({
  id: z.string(),
  transfer_id: z.string(),
  /** An admin's id; of a secret API key, who made it. */
  approved_by: z.string(),
  /** The same, or the key itself. */
  actor: z.string(),
  /** Of what was approved; see crypto/approvals.ts. */
  approval_signature: z.string(),
  note: z.string().nullable(),
  /** When it stopped to count, as after an edit of the beneficiary; null while it counts. */
  voided_at: time.nullable(),
  created_at: time,
})

export type GivenApproval = z.infer<typeof approvalRow>

export function toApproval(row: unknown): GivenApproval {
  return readRow("payout_approval", approvalRow, row)
}
