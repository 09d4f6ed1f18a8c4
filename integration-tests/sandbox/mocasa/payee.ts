import type { MocasaContext } from "./context"
import type { FinalOutcome } from "./outcome"
import type { Transfer } from "./payouts"

type Paying = Pick<MocasaContext, "payouts" | "notifier">

/** Ends a transfer in progress, and tells the merchant. */
export function finishTransfer(
  { payouts, notifier }: Paying,
  transferSerialNo: string,
  txStatus: FinalOutcome
): Transfer {
  const transfer = payouts.finish(transferSerialNo, txStatus)
  notifier.transferChanged(transfer)
  return transfer
}

/** Has the money of a transfer come back, and tells the merchant. */
export function giveBack({ payouts, notifier }: Paying, transferSerialNo: string): Transfer {
  const transfer = payouts.giveBack(transferSerialNo)
  notifier.transferChanged(transfer)
  return transfer
}
