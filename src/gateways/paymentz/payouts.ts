/** Sends a payout through Paymentz and asks about it. */

import { GatewayError } from "../shared/errors"
import { type DecimalString, equal, isPositive, tryDecimal } from "../shared/money"
import { type PaymentzClient, wireAmount } from "./client"
import { paymentzErrors, refusal, type ResultMeaning } from "./errors"
import { type InquiryPath, paymentBody } from "./messages"
import { inquire, type InquiryKey, paymentOf, type PaymentzPayment } from "./payments"
import { type PaymentzPayoutState, payoutState } from "./statuses"
import { findLine, type SearchedTime, type TransactionLine } from "./transaction-list"

/** Paymentz, "Payout": the money goes to whoever made an earlier payment, by the card of that payment. */
type PaymentzNewPayout = {
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
type PaymentzPayout = PaymentzPayment & {
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
    throw paymentzErrors.mismatch("payOut", "the answer is about another merchantTransactionId")
  }
  const state = stateOf(answer.meaning, made.rawStatus)
  if (state === "refused") {
    throw refusal("payOut", answer.gatewayError, answer.httpStatus)
  }
  if (made.reference === undefined && state !== "unknown") {
    throw paymentzErrors.mismatch("payOut", "the answer names no merchantTransactionId")
  }
  return { ...made, state }
}

/**
 * The code says whether the gateway took it, the status how far it is. A yes without a status that is known is
 * on its way; what contradicts itself proves nothing.
 */
function stateOf(
  meaning: ResultMeaning,
  rawStatus: string | undefined
): PaymentzPayout["state"] | "refused" {
  const state = payoutState(rawStatus)
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

type WantedPayout = SearchedTime & {
  reference: string
  amount: DecimalString
  /** The gateway's number, where it was told. */
  paymentId?: string
  inquiryPath: InquiryPath
}

/**
 * What the gateway tells of a payout.
 * - `not_found`: it was asked by our reference and has no record, and its list has no line for it
 * - `unknown`: it tells nothing that could be relied on
 */
export type FoundPayout = {
  state: PaymentzPayoutState | "not_found" | "unknown"
  paymentId?: string
  /** Major units. */
  amount?: DecimalString
  /** Lower case. */
  currency?: string
  rawStatus?: string
  message?: string
}

/**
 * Asks by the gateway's number and by our reference, and where neither inquiry says how the money stands,
 * looks into the list of transactions, which names what was paid out.
 *
 * Only an answer that names our reference counts.
 *
 * @throws GatewayError where the gateway can't be asked
 */
export async function findPayout(
  client: PaymentzClient,
  wanted: WantedPayout
): Promise<FoundPayout> {
  const byNumber =
    wanted.paymentId === undefined
      ? undefined
      : await recordOf(client, wanted, { paymentId: wanted.paymentId })
  const known = toldBy(byNumber)
  if (known) {
    return known
  }
  const byReference = await recordOf(client, wanted, { reference: wanted.reference })
  const told = toldBy(byReference)
  if (told) {
    return told
  }
  const line = await findLine(
    client,
    wanted,
    ({ merchantTransactionId }) => merchantTransactionId === wanted.reference
  )
  if (line) {
    return listed(line, wanted.amount)
  }
  return untold(byNumber, byReference)
}

type Asked =
  | { type: "record"; record: PaymentzPayment }
  | { type: "no_record" }
  /** The gateway refuses to tell, or tells of something else. */
  | { type: "no_answer"; message?: string }

async function recordOf(
  client: PaymentzClient,
  { reference, inquiryPath }: WantedPayout,
  key: InquiryKey
): Promise<Asked> {
  try {
    const record = await inquire(client, key, inquiryPath)
    if (!record) {
      return { type: "no_record" }
    }
    return record.reference === reference ? { type: "record", record } : { type: "no_answer" }
  } catch (error) {
    // Not every brand tells of payouts, or by our reference; its list does.
    if (error instanceof GatewayError && error.outcome === "declined" && !error.isUnauthorized) {
      return { type: "no_answer", message: error.gatewayMessage }
    }
    throw error
  }
}

function toldBy(asked: Asked | undefined): FoundPayout | undefined {
  if (asked?.type !== "record") {
    return undefined
  }
  const { paymentId, amount, currency, rawStatus, message } = asked.record
  const state = payoutState(rawStatus)
  return state && { state, paymentId, amount, currency, rawStatus, message }
}

/** Neither inquiry tells how the money stands, and the list has no line for it. */
function untold(byNumber: Asked | undefined, byReference: Asked): FoundPayout {
  if (byReference.type === "no_record" && byNumber?.type !== "record") {
    return { state: "not_found" }
  }
  switch (byReference.type) {
    case "record":
      return { state: "unknown", rawStatus: byReference.record.rawStatus }
    case "no_answer":
      return { state: "unknown", message: byReference.message }
    case "no_record":
      return { state: "unknown" }
  }
}

/**
 * Assumption: a payout has a line of its own in the list, under our reference, whose `payoutamount` is what
 * was sent; where it is zero, the status alone says whether it still can be.
 */
function listed(line: TransactionLine, wanted: DecimalString): FoundPayout {
  const sent = tryDecimal(line.payoutamount)
  const state = payoutState(line.transactionStatus)
  const gatewayDetails = {
    paymentId: line.systemPaymentId ?? line.paymentId,
    rawStatus: line.transactionStatus,
  }
  if (sent === undefined || !isPositive(sent)) {
    return { ...gatewayDetails, state: state === "succeeded" ? "unknown" : (state ?? "unknown") }
  }
  if (!equal(sent, wanted) || state === "failed") {
    const message = `its list of transactions names ${sent} as sent`
    return { ...gatewayDetails, state: "unknown", amount: sent, message }
  }
  return { ...gatewayDetails, state: state ?? "succeeded", amount: sent }
}
