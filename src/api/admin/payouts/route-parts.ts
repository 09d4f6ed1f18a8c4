import type { AdminRoute } from "../admin-route"

/** What the tables of routes of payouts share. */

export const base = "/admin/payouts"

type TransferOperation = "read" | "create" | "update" | "approve"
type BeneficiaryOperation = "read" | "create" | "update" | "reveal"

export function forTransfers(operation: TransferOperation): AdminRoute["policies"] {
  return [{ resource: "payout_transfer", operation }]
}

export function forBeneficiaries(operation: BeneficiaryOperation): AdminRoute["policies"] {
  return [{ resource: "payout_beneficiary", operation }]
}

export const byLogin =
  "It needs a login: a secret API key is answered with 403, unless the option `payouts.keysMay` allows it."
