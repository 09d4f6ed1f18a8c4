import { meaningOf } from "../shared/messages"

export type MocasaTransferState = "succeeded" | "failed" | "processing"

/**
 * Every word that Mocasa documents for `txStatus` (Mocasa, "Webhook"). Assumption: of a transfer both are
 * final, because a transfer is made while the call waits for it (Mocasa, "Transfer").
 */
const states: Readonly<Record<string, MocasaTransferState>> = {
  success: "succeeded",
  failed: "failed", // said of one that had succeeded, it means that the money came back
}

/** A word that is not documented, or none at all, ends nothing: the transfer is asked about again. */
export function transferState(txStatus: string | null | undefined): MocasaTransferState {
  return meaningOf(states, txStatus) ?? "processing"
}
