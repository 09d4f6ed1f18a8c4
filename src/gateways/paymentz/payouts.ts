import type { PaymentzClient } from "./client"
import { paymentBody } from "./messages"
import { paymentOf, type PaymentzPayment } from "./payment"
import { payoutState, type PaymentzPayoutState } from "./payout-status"
import { mismatch, refusal } from "./refusal"
import type { ResultMeaning } from "./result-code"
import { wireAmount } from "./wire-amount"

/** Paymentz, "Payout": the money goes to whoever made an earlier payment, by the card of that payment. */
export type PaymentzNewPayout = {
  reference: string
  /** Major units. */
  amount: string
  /** Either case. */
  currency: string
  /** The gateway's number of the earlier payment. */
  paymentId: string
  merchantEmail: string
  /** At most 100 characters. */
  notificationUrl?: string
}

/** `unknown`: the answer's code and its status do not agree, so that it proves neither. */
export type PaymentzPayout = PaymentzPayment & {
  state: Exclude<PaymentzPayoutState, "returned"> | "unknown"
}

/**
 * Sends money. Nothing promises that a reference sent twice is one payout.
 *
 * Assumption: it may name a `notificationUrl`, as every other payment does.
 *
 * @throws GatewayError; `declined` only for a code that is listed as a final no
 */
export async function payOut(
  client: PaymentzClient,
  payout: PaymentzNewPayout
): Promise<PaymentzPayout> {
  const { reference, paymentId } = payout
  const amount = wireAmount("payOut", payout.amount)
  const answer = await client.call({
    operation: "payOut",
    signed: { row: "payout", merchantTransactionId: reference, amount },
    fields: {
      merchantTransactionId: reference,
      amount,
      currency: payout.currency.toUpperCase(),
      paymentType: "PO",
      paymentId,
      "merchant.email": payout.merchantEmail,
      notificationUrl: payout.notificationUrl,
    },
    schema: paymentBody,
  })
  const made = paymentOf(answer)
  if (made.reference !== undefined && made.reference !== reference) {
    throw mismatch("payOut", "the answer is about another merchantTransactionId")
  }
  const state = stateOf(answer.meaning, made.word)
  if (state === "refused") {
    throw refusal("payOut", answer.words, answer.httpStatus)
  }
  if (made.reference === undefined && state !== "unknown") {
    throw mismatch("payOut", "the answer names no merchantTransactionId")
  }
  return { ...made, state }
}

/**
 * The code says whether the gateway took it, the status how far it is. A yes without a status that is known is
 * on its way; what contradicts itself proves nothing.
 */
function stateOf(
  meaning: ResultMeaning,
  word: string | undefined
): PaymentzPayout["state"] | "refused" {
  const state = payoutState(word)
  switch (meaning) {
    case "done":
      return state === "failed" || state === "returned" ? "unknown" : (state ?? "processing")
    case "declined":
    case "not_found":
      return state === undefined || state === "failed" ? "refused" : "unknown"
    case "unknown":
      return "unknown"
  }
}
