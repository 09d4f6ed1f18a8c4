import type { BeneficiaryState, TransferState } from "./api"

/** In the order in which the filter offers them; a state that the API adds is asked for here by the compiler. */
export const transferColors = {
  awaiting_approval: "orange",
  approved: "blue",
  submitting: "blue",
  processing: "blue",
  unknown: "orange",
  not_found: "orange",
  manual_review: "red",
  succeeded: "green",
  returned: "red",
  failed: "red",
  rejected: "grey",
  expired: "grey",
  canceled: "grey",
} as const satisfies Record<TransferState, string>

export const transferStates = Object.keys(transferColors) as TransferState[]

/** In the order in which the filter offers them. */
export const beneficiaryColors = {
  active: "green",
  pending: "orange",
  rejected: "red",
  disabled: "grey",
} as const satisfies Record<BeneficiaryState, string>

export const beneficiaryStates = Object.keys(beneficiaryColors) as BeneficiaryState[]
