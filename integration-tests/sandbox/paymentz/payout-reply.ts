import type { CallbackFields } from "./callback"
import type { Payout } from "./payouts"
import type { Result } from "./reply"
import { shortStatus } from "./statuses"

/** What the answer to a payout, an inquiry about it and its callback say, in one shape. */
export interface PayoutReply extends CallbackFields {
  readonly currency: string
  readonly status: Payout["status"]
  readonly result: Result
}

const made = { code: "00001", description: "Transaction succeeded" }
const failed = { code: "10001", description: "Transaction failed" }

export function payoutReply(
  { paymentId, merchantTransactionId, amount, currency, status }: Payout,
  result: Result = status === "payoutfailed" ? failed : made
): PayoutReply {
  return {
    paymentId,
    merchantTransactionId,
    amount,
    currency,
    status,
    transactionStatus: shortStatus(status),
    result,
  }
}
