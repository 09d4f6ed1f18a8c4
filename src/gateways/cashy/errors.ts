/** What Cashy's refusals mean for money. */

import {
  type GatewayError,
  gatewayErrors,
  type GatewayErrorText,
  type RefusalMeaning,
  saysLowBalance,
} from "../shared/errors"
import { parseExactJson } from "../shared/json"
import type { GatewayAnswer } from "../shared/request"
import { type CashyEnvelope, envelopeSchema } from "./messages"

export const cashyGateway = "Cashy"

export type CashyOperation = "payIn" | "payInQuery" | "payOut" | "payOutQuery" | "getBalance"

export const cashyErrors = gatewayErrors<CashyOperation>(cashyGateway)

/**
 * What the tokens of a failure mean, by how they begin (Cashy, "Error codes"); the first row that fits
 * counts.
 */
const tokens: readonly (readonly [beginning: string, meaning: RefusalMeaning])[] = [
  ["Sign_verify_error", "credentials"],
  ["MerchantId_", "credentials"],
  ["Request_ip_notWhiteList", "credentials"], // Cashy was not told of this server's address
  ["Request", "declined"], // not a POST, not JSON, no body: it was never looked at
  // It may say that the number is in use, and so that an earlier try got through.
  ["Params_mchOrderNo", "unknown"],
  ["Params_", "declined"], // a field is missing or wrong
  ["System_", "unknown"], // busy, in maintenance, or broken: perhaps it acted before it was
]

/**
 * What a token that is in no row means.
 *
 * Assumption: to payInQuery it says that there is no such order, for which the vendor names no token. The
 * worst that can come of a wrong reading is that an order whose creation was never answered is sent once
 * more under the same number, which has to be unique. payIn itself may have acted: `Payin_Order_Error`, the
 * vendor's one sample, does not say what was wrong. Of payouts nothing of the kind is taken for granted: what
 * says that there is none is `saysNoSuchPayout`.
 */
const otherwise: Readonly<Record<CashyOperation, RefusalMeaning>> = {
  payIn: "unknown",
  payInQuery: "not_found",
  payOut: "unknown",
  payOutQuery: "unknown",
  getBalance: "unknown",
}

/** Whether the envelope is a yes. Assumption: its code may come as text, as numbers of Cashy's often do. */
export function isSuccess({ code }: CashyEnvelope): boolean {
  return String(code) === "200"
}

export function refusal(
  operation: CashyOperation,
  envelope: Pick<CashyEnvelope, "code" | "msg">,
  httpStatus: number
): GatewayError {
  const meaning = meaningOfToken(operation, envelope.msg)
  return cashyErrors.refusal(operation, meaning, gatewayErrorIn(envelope), httpStatus)
}

function meaningOfToken(
  operation: CashyOperation,
  token: string | null | undefined
): RefusalMeaning {
  if (!token) {
    return "unknown" // it says nothing at all
  }
  if (operation === "payOut" && saysLowBalance({ message: token })) {
    return "low_balance"
  }
  const row = tokens.find(([beginning]) => token.startsWith(beginning))
  return row?.[1] ?? otherwise[operation]
}

/** Cashy's code and token in an answer whose HTTP status alone tells what it means, where it has any. */
export function readGatewayError({ body }: GatewayAnswer): GatewayErrorText | undefined {
  try {
    const envelope = envelopeSchema.safeParse(parseExactJson(body.toString("utf8")))
    return envelope.data && gatewayErrorIn(envelope.data)
  } catch {
    return undefined
  }
}

function gatewayErrorIn({ code, msg }: Pick<CashyEnvelope, "code" | "msg">): GatewayErrorText {
  return { code, gatewayMessage: msg }
}

const noSuchPayout = /^([a-z]+_)*order(no)?_(not_(exist|exists|found)|does_not_exist)$/i

/**
 * Assumption: Cashy names no token for a payout that it does not know, so that only one that says just that
 * counts as one, such as `Payout_Order_not_exist`. Any other refusal of a question tells nothing about it.
 */
export function saysNoSuchPayout(gatewayMessage: string | undefined): boolean {
  return noSuchPayout.test(gatewayMessage ?? "")
}
