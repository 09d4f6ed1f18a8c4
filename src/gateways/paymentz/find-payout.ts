import { equal, isPositive, tryDecimal, type DecimalString } from "../shared/decimal"
import { GatewayError } from "../shared/gateway-error"
import type { PaymentzClient } from "./client"
import { inquire, type InquiryKey } from "./inquire"
import type { InquiryPath } from "./operation"
import type { PaymentzPayment } from "./payment"
import { payoutState, type PaymentzPayoutState } from "./payout-status"
import { findLine, type ListedLine, type SearchedTime } from "./transaction-list"

export type WantedPayout = SearchedTime & {
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
  word?: string
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
  return { state: byReference === "no_record" && !isRecord(byNumber) ? "not_found" : "unknown" }
}

/** `no_answer`: the gateway refuses to tell, or tells of something else. */
type Asked = PaymentzPayment | "no_record" | "no_answer"

async function recordOf(
  client: PaymentzClient,
  { reference, inquiryPath }: WantedPayout,
  key: InquiryKey
): Promise<Asked> {
  try {
    const record = await inquire(client, key, inquiryPath)
    if (!record) {
      return "no_record"
    }
    return record.reference === reference ? record : "no_answer"
  } catch (error) {
    // Not every brand tells of payouts, or by our reference; its list does.
    if (error instanceof GatewayError && error.outcome === "declined" && !error.isUnauthorized) {
      return "no_answer"
    }
    throw error
  }
}

function isRecord(asked: Asked | undefined): asked is PaymentzPayment {
  return typeof asked === "object"
}

function toldBy(asked: Asked | undefined): FoundPayout | undefined {
  const state = isRecord(asked) ? payoutState(asked.word) : undefined
  if (!isRecord(asked) || state === undefined) {
    return undefined
  }
  const { paymentId, amount, currency, word, message } = asked
  return { state, paymentId, amount, currency, word, message }
}

/**
 * Assumption: a payout has a line of its own in the list, under our reference, whose `payoutamount` is what
 * was sent; where it is zero, the status alone says whether it still can be.
 */
function listed(line: ListedLine, wanted: DecimalString): FoundPayout {
  const sent = tryDecimal(line.payoutamount)
  const state = payoutState(line.transactionStatus)
  const facts = {
    paymentId: line.systemPaymentId ?? line.paymentId,
    word: line.transactionStatus,
  }
  if (sent === undefined || !isPositive(sent)) {
    return { ...facts, state: state === "succeeded" ? "unknown" : (state ?? "unknown") }
  }
  if (!equal(sent, wanted) || state === "failed") {
    const message = `its list of transactions names ${sent} as sent`
    return { ...facts, state: "unknown", amount: sent, message }
  }
  return { ...facts, state: state ?? "succeeded", amount: sent }
}
