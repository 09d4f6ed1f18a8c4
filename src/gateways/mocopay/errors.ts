import { parseExactJson } from "../shared/json"
import type { GatewayAnswer } from "../shared/request"
import {
  GatewayDeclinedError,
  GatewayUnknownError,
  type GatewayError,
  type GatewayWords,
} from "../shared/errors"
import { refusalBody } from "./messages"

export const mocopayGateway = "MoCoPay"

export type MocopayOperation = "initPayment" | "verifyPayment"

type RefusalMeaning = "credentials" | "not_known" | "busy" | "refused"

/**
 * Assumption: this is what HTTP statuses mean; the vendor describes only the OK case. 401 and those from 500
 * on are the same for every gateway and do not come here.
 */
const statuses: ReadonlyMap<number, RefusalMeaning> = new Map([
  [403, "credentials"],
  [404, "not_known"],
  [408, "busy"],
  [429, "busy"],
])

/** Any other from 400 on. */
const otherwise: Readonly<Record<MocopayOperation, RefusalMeaning>> = {
  initPayment: "refused", // no link was handed out: nobody can pay
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
  return meaning === "not_known" && operation === "initPayment" ? "refused" : meaning
}

export function refusal(
  operation: MocopayOperation,
  meaning: Exclude<RefusalMeaning, "not_known">,
  answer: GatewayAnswer
): GatewayError {
  const details = {
    gateway: mocopayGateway,
    operation,
    httpStatus: answer.httpStatus,
    ...refusalWords(answer),
  }
  switch (meaning) {
    case "credentials":
      return new GatewayDeclinedError({ ...details, reason: "unauthorized" })
    case "busy":
      return new GatewayUnknownError({ ...details, reason: "server_error" })
    case "refused":
      return new GatewayDeclinedError(details)
  }
}

/** MoCoPay's code and words, where its answer has any that can be read. */
export function refusalWords({ body }: GatewayAnswer): GatewayWords {
  const said = refusalBody.safeParse(parsed(body)).data ?? {}
  const message = said.message ?? said.errorMessage ?? said.error
  return {
    code: said.code ?? said.errorCode,
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
