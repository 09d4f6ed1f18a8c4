import { meaningOf } from "../shared/messages"

export type CashyPayoutState = "processing" | "succeeded" | "failed"

/** Every word that Cashy documents for a payout's `orderStatus` (Cashy, "Payout Order Status Enum"). */
const states: Readonly<Record<string, CashyPayoutState>> = {
  PROCESSING: "processing",
  WAITING: "processing",
  PAYING: "processing",
  SUCCESS: "succeeded", // final
  FAIL: "failed", // final; said of one that had succeeded, it means that the money came back
  CANCEL: "failed", // final: Cashy itself did not send it
}

/** A word that is not documented, or none at all, ends nothing: the payout is asked about again. */
export function payoutState(orderStatus: string | null | undefined): CashyPayoutState {
  return meaningOf(states, orderStatus) ?? "processing"
}
