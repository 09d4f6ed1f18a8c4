import { meaningOf } from "../shared/messages"

/** `open`: nobody may be paid by it yet. */
export type MocasaAccountState = "accepted" | "refused" | "open"

/**
 * Assumption: the vendor names no values of a beneficiary's `status`; these are the two ends that its other
 * calls know (Mocasa, "Create Beneficiary").
 */
const states: Readonly<Record<string, MocasaAccountState>> = {
  success: "accepted",
  failed: "refused",
}

/** Any other word, or none, is no success, without which nobody is paid. */
export function accountState(status: string | null | undefined): MocasaAccountState {
  return meaningOf(states, status?.toLowerCase()) ?? "open"
}
