import { definePolicies } from "@medusajs/framework/utils"

/**
 * What roles can be given for payouts, where the shop has turned Medusa's role-based access control on
 * (feature flag `rbac`). Without the flag every admin may do everything here, and the option
 * `payouts.approvers` says who may approve; with it, both count.
 */
export const payoutPolicies = definePolicies([
  {
    name: "ReadPayoutTransfer",
    resource: "payout_transfer",
    operation: "read",
    description:
      "See transfers, their totals and imports, export them, and see providers' balances",
  },
  {
    name: "CreatePayoutTransfer",
    resource: "payout_transfer",
    operation: "create",
    description: "Make, import and retry transfers, and put them into batches",
  },
  {
    name: "UpdatePayoutTransfer",
    resource: "payout_transfer",
    operation: "update",
    description: "Send, cancel and refresh transfers, withdraw batches, and pause all sending",
  },
  {
    name: "ApprovePayoutTransfer",
    resource: "payout_transfer",
    operation: "approve",
    description:
      "Approve and reject transfers and batches, settle what asking the gateway can't, and resume sending",
  },
  {
    name: "ReadPayoutBeneficiary",
    resource: "payout_beneficiary",
    operation: "read",
    description: "See beneficiaries, their accounts by the last characters only",
  },
  {
    name: "CreatePayoutBeneficiary",
    resource: "payout_beneficiary",
    operation: "create",
    description: "Make beneficiaries",
  },
  {
    name: "UpdatePayoutBeneficiary",
    resource: "payout_beneficiary",
    operation: "update",
    description: "Change, disable and decide on beneficiaries",
  },
  {
    name: "RevealPayoutBeneficiary",
    resource: "payout_beneficiary",
    operation: "reveal",
    description: "See a beneficiary's account in full; each look is written down",
  },
])
