type TransferOperation = "read" | "create" | "update" | "approve"
type BeneficiaryOperation = "read" | "create" | "update" | "reveal"

/** For a route's `policies`; see src/policies/payout.ts for what each means. Checked only with Medusa's flag `rbac`. */
export function mayWithTransfers(operation: TransferOperation) {
  return [{ resource: "payout_transfer", operation }]
}

export function mayWithBeneficiaries(operation: BeneficiaryOperation) {
  return [{ resource: "payout_beneficiary", operation }]
}
