/** What MoCoPay's refusals mean for money. */

import { parseExactJson } from "../shared/json"
import type { GatewayAnswer } from "../shared/request"
import {
  type GatewayError,
  gatewayErrors,
  type GatewayErrorText,
  type RefusalMeaning,
} from "../shared/errors"
import { refusalBody } from "./messages"

export const mocopayGateway = "MoCoPay"

export type MocopayOperation = "initPayment" | "verifyPayment"

export const mocopayErrors = gatewayErrors<MocopayOperation>(mocopayGateway)

/**
 * Assumption: this is what HTTP statuses mean; the vendor describes only the OK case. 401 and those from 500
 * on are the same for every gateway and do not come here.
 */
const statuses: ReadonlyMap<number, RefusalMeaning> = new Map([
  [403, "credentials"],
  [404, "not_found"],
  [408, "busy"],
  [429, "busy"],
])

/** Any other from 400 on. */
const otherwise: Readonly<Record<MocopayOperation, RefusalMeaning>> = {
  initPayment: "declined", // no link was handed out: nobody can pay
  verifyPayment: "busy", // a question that MoCoPay did not understand says nothing about the payment
}

/** What an answer that is not the OK case means; undefined for one that may be. */
export function refusalMeaning(
  operation: MocopayOperation,
  { httpStatus }: GatewayAnswer
): RefusalMeaning | undefined {
  if (httpStatus < 400) {
    return undefined
  }
  const meaning = statuses.get(httpStatus) ?? otherwise[operation]
  // A link that can't be made is refused, whatever else is not to be found.
  return meaning === "not_found" && operation === "initPayment" ? "declined" : meaning
}

export function refusal(
  operation: MocopayOperation,
  meaning: RefusalMeaning,
  answer: GatewayAnswer
): GatewayError {
  return mocopayErrors.refusal(operation, meaning, readGatewayError(answer), answer.httpStatus)
}

/** MoCoPay's code and sentence, where its answer has any that can be read. */
export function readGatewayError({ body }: GatewayAnswer): GatewayErrorText {
  const fields = refusalBody.safeParse(parsed(body)).data ?? {}
  const message = fields.message ?? fields.errorMessage ?? fields.error
  return {
    code: fields.code ?? fields.errorCode,
    gatewayMessage: message === null || message === undefined ? undefined : String(message),
  }
}

function parsed(body: Buffer): unknown {
  try {
    return parseExactJson(body.toString("utf8"))
  } catch {
    return undefined
  }
}
