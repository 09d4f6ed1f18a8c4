/** KESS's operations, and what its refusals mean for money. */

import type { z } from "zod"
import {
  type GatewayError,
  gatewayErrors,
  type GatewayErrorText,
  type RefusalMeaning,
} from "../shared/errors"
import { readJson } from "../shared/messages"
import type { GatewayAnswer } from "../shared/request"
import { refusedEnvelope, errorInData } from "./messages"

/** Every call of KESS's API, and the name of its path among the options. */
export type KessOperation =
  | "token"
  | "nativePay"
  | "quickPay"
  | "jsapiPay"
  | "refund"
  | "checkPaymentStatus"
  | "checkRefundStatus"

export type KessPaths = Readonly<Record<KessOperation, string>>

/** Assumption: the vendor's page names its calls but not their addresses; these follow its headings. */
export const defaultPaths: KessPaths = {
  token: "/token",
  nativePay: "/native-pay",
  quickPay: "/quick-pay",
  jsapiPay: "/jsapi-pay",
  refund: "/refund",
  checkPaymentStatus: "/check-payment-status",
  checkRefundStatus: "/check-refund-status",
}

export const kessGateway = "KESS Pay"

export const kessErrors = gatewayErrors<KessOperation>(kessGateway)

/**
 * Assumption: this is what `success: false` and HTTP statuses from 400 on mean for money. The vendor
 * documents neither an error's body nor any code, so none can be known to be a final refusal of a call that
 * moves money. 401 and those from 500 on are the same for every gateway and do not come here.
 */
const outcomes: Readonly<Record<KessOperation, RefusalMeaning>> = {
  token: "declined", // moves nothing
  nativePay: "declined", // no QR was handed out: nobody can pay
  quickPay: "unknown", // perhaps charged all the same: ask
  jsapiPay: "unknown",
  refund: "unknown", // perhaps made all the same: ask before it is sent again
  checkPaymentStatus: "not_found", // KESS knows no such payment, or none that was made
  checkRefundStatus: "not_found", // KESS knows no refund of it
}

/** It is about us and not about what was asked: the account may not ask, whatever there is. */
const forbidden = 403

/** Too slow, too many: they say nothing about what was asked. */
const busy: readonly number[] = [408, 429]

export function refusal(
  operation: KessOperation,
  gatewayError: GatewayErrorText,
  httpStatus: number
): GatewayError {
  return kessErrors.refusal(operation, meaningFor(operation, httpStatus), gatewayError, httpStatus)
}

function meaningFor(operation: KessOperation, httpStatus: number): RefusalMeaning {
  const outcome = outcomes[operation]
  if (busy.includes(httpStatus)) {
    return "busy"
  }
  return outcome === "not_found" && httpStatus === forbidden ? "credentials" : outcome
}

/**
 * KESS's code and sentence.
 *
 * Assumption: they stand in the envelope or in its `data`, under the names that its other answers use.
 */
export function gatewayErrorIn(
  reply: Omit<z.infer<typeof refusedEnvelope>, "success">
): GatewayErrorText {
  const data = errorInData.safeParse(reply.data).data
  const message = reply.message ?? reply.error ?? data?.message
  return {
    code: reply.code ?? data?.code ?? data?.result_code,
    gatewayMessage: message === null || message === undefined ? undefined : String(message),
  }
}

/** The same of an answer that need not be in KESS's own form. */
export function readGatewayError(answer: GatewayAnswer): GatewayErrorText {
  return gatewayErrorIn(
    readJson(answer, refusedEnvelope, { gateway: kessGateway, operation: "error" })
  )
}
