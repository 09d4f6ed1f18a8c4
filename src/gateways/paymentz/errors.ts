/** Paymentz's result codes, and what they mean for money. */

import {
  type GatewayError,
  gatewayErrors,
  type GatewayErrorText,
  saysLowBalance,
} from "../shared/errors"
import { parseExactJson } from "../shared/json"
import { meaningOf } from "../shared/messages"
import type { GatewayAnswer } from "../shared/request"
import { answerBody, paymentzGateway, type PaymentzOperation } from "./messages"

export const paymentzErrors = gatewayErrors<PaymentzOperation>(paymentzGateway)

export type ResultMeaning = "done" | "declined" | "not_found" | "unknown"

type Row = {
  means: Exclude<ResultMeaning, "unknown">
  /** For which operations it means that; for all where it names none. */
  of?: readonly PaymentzOperation[]
  /** For which of all it leaves the outcome unknown. */
  except?: readonly PaymentzOperation[]
}

/**
 * Every code that the vendor lists (Paymentz, "Response Code"). A code in another operation's row, or in
 * none, leaves the outcome unknown: a refund is not made because a payment succeeded.
 */
const codes: Readonly<Record<string, Row>> = {
  "200": { means: "done", of: ["authToken", "regenerateToken"] },
  "00001": {
    means: "done",
    of: ["pay", "payWithToken", "payOut", "deleteSavedCard", "generateInvoice"],
  },
  "00004": { means: "done", of: ["capture"] },
  "00005": { means: "done", of: ["refund"] },
  "00006": { means: "done", of: ["void"] },
  "00026": { means: "done", of: ["inquire", "listTransactions", "listSavedCards"] },
  "10001": { means: "declined" }, // failed or declined
  // Not permitted, such as a second refund. Of a payout it may say that the reference is in use, and so that an
  // earlier try got through.
  "10002": { means: "declined", except: ["payOut"] },
  "10005": { means: "declined", of: ["capture"] },
  "10006": { means: "declined", of: ["refund"] },
  "10007": { means: "declined", of: ["void"] },
  "10026": { means: "not_found" },
  "11005": { means: "declined" }, // the issuer says no
  "11013": { means: "declined" }, // the amount
  "11014": { means: "declined" }, // the card
  "11033": { means: "declined" }, // the card has expired
}

/** The range in which the issuer's answers lie; only four of them are listed by number. */
const issuerAnswer = /^110\d\d$/

export function resultMeaning(
  operation: PaymentzOperation,
  code: string | undefined
): ResultMeaning {
  const row = meaningOf(codes, code)
  if (row) {
    const isMeant = (row.of?.includes(operation) ?? true) && !row.except?.includes(operation)
    return isMeant ? row.means : "unknown"
  }
  return code !== undefined && issuerAnswer.test(code) ? "declined" : "unknown"
}

/** The code and the sentence of a `result`, in the names that errors use. */
export type PaymentzErrorText = { code?: string; gatewayMessage?: string }

/** What an answer that is not a success means for money; `not_found` is a no as well. */
export function refusal(
  operation: PaymentzOperation,
  gatewayError: PaymentzErrorText,
  httpStatus: number
): GatewayError {
  const meaning = resultMeaning(operation, gatewayError.code)
  if (operation === "payOut" && meaning === "declined" && saysTooLittle(gatewayError)) {
    return paymentzErrors.refusal(operation, "low_balance", gatewayError, httpStatus)
  }
  // A yes is none where the answer lacks what the operation is for.
  return paymentzErrors.refusal(
    operation,
    meaning === "done" ? "unknown" : meaning,
    gatewayError,
    httpStatus
  )
}

/**
 * Assumption: 11051 is ISO 8583's response code 51, "insufficient funds", as the four codes of that range that the vendor
 * lists are its 05, 13, 14 and 33; of a payout it tells of the funds that it is paid from.
 */
const insufficientFunds = "11051"

function saysTooLittle({ code, gatewayMessage }: PaymentzErrorText): boolean {
  return code === insufficientFunds || saysLowBalance({ message: gatewayMessage })
}

/** The code and the sentence in an answer with HTTP 401 or from 500 on; undefined for another kind of page. */
export function readGatewayError({ body }: GatewayAnswer): GatewayErrorText | undefined {
  const answer = answerBody.safeParse(parseExactJson(body.toString("utf8"))).data
  return answer && { code: answer.result?.code, gatewayMessage: answer.result?.description }
}
