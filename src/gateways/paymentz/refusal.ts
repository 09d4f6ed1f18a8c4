import { parseExactJson } from "../shared/json"
import type { GatewayAnswer } from "../shared/request"
import {
  GatewayDeclinedError,
  GatewayUnknownError,
  type GatewayError,
  type GatewayWords,
} from "../shared/errors"
import { answerBody } from "./messages"
import { paymentzGateway, type PaymentzOperation } from "./operation"
import { resultMeaning } from "./result-code"

/** The code and words of a `result`, in the names that errors use. */
export type ResultWords = { code?: string; gatewayMessage?: string }

/** What an answer that is not a success means for money; `not_found` is a no as well. */
export function refusal(
  operation: PaymentzOperation,
  words: ResultWords,
  httpStatus: number
): GatewayError {
  const details = { gateway: paymentzGateway, operation, httpStatus, ...words }
  const meaning = resultMeaning(operation, words.code)
  return meaning === "declined" || meaning === "not_found"
    ? new GatewayDeclinedError({ ...details, isNotFound: meaning === "not_found" })
    : new GatewayUnknownError({ ...details, reason: "unlisted_code" })
}

/** The answer can be read but is about something else, or says too little about what was asked. */
export function mismatch(operation: PaymentzOperation, detail: string): GatewayUnknownError {
  return new GatewayUnknownError({
    gateway: paymentzGateway,
    operation,
    reason: "mismatch",
    detail,
  })
}

/** Refused by us, before anything was sent; `sentence` is for the shop. */
export function refusedHere(operation: PaymentzOperation, sentence: string): GatewayDeclinedError {
  return new GatewayDeclinedError({
    gateway: paymentzGateway,
    operation,
    gatewayMessage: sentence,
  })
}

/** The code and words in an answer with HTTP 401 or from 500 on; undefined for another kind of page. */
export function answerWords({ body }: GatewayAnswer): GatewayWords | undefined {
  const answer = answerBody.safeParse(parseExactJson(body.toString("utf8"))).data
  return answer && { code: answer.result?.code, gatewayMessage: answer.result?.description }
}
