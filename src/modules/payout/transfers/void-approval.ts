import type { Step, TransferChange } from "../store/transfers"

/** Undone with an approval: the day's limit, the seal and who approved. */
const nothingApproved: TransferChange = {
  approval_seal: null,
  approved_by: null,
  approved_at: null,
  next_check_at: null,
}

/** Back to waiting for an approval, from where nothing is sent. */
export function voidApproval(actor: string, reason: string): Step {
  return { to: "awaiting_approval", actor, reason, change: nothingApproved }
}
