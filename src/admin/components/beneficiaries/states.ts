import type { BeneficiaryState } from "../payouts/api"

/** In the order in which the filter offers them. */
export const beneficiaryColors = {
  active: "green",
  pending: "orange",
  rejected: "red",
  disabled: "grey",
} as const satisfies Record<BeneficiaryState, string>

export const beneficiaryStates = Object.keys(beneficiaryColors) as BeneficiaryState[]
