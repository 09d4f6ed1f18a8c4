/** What became of a call that did not give what was asked for, with the reasons of all gateways in one table. */
import { printableText } from "./text"

/**
 * Could the gateway have acted?
 *
 * - `not_sent`: surely not, the request never left; it may be sent again
 * - `declined`: it answered that it did not, and that is final
 * - `unknown`: perhaps; ask before anything is sent again
 */
export type GatewayOutcome = "not_sent" | "declined" | "unknown"

/** What a reason means beside the outcome that it stands under. */
type Reason = {
  /** What it says of the host: that it is away, that it is there, or nothing. The circuit breaker counts by it. */
  host: "away" | "there" | "nothing"
  /** Whether a call that only reads may fare better a moment later, and is repeated by itself. */
  isPassing: boolean
  sentence: string
}

const passing = (host: Reason["host"], sentence: string): Reason => ({
  host,
  isPassing: true,
  sentence,
})
const lasting = (host: Reason["host"], sentence: string): Reason => ({
  host,
  isPassing: false,
  sentence,
})

/** Every reason why a call did not give what was asked for. The two of `aborted` differ in their sentence alone. */
const reasons = {
  not_sent: {
    refused: passing("away", "the gateway refused the connection"),
    unreachable: passing("away", "there is no route to the gateway"),
    dns: passing("away", "the gateway's host name could not be resolved"),
    connect_timeout: passing("away", "the connection to the gateway was not made in time"),
    aborted: lasting("nothing", "the call was given up before it was sent"),
    invalid_request: lasting("nothing", "the request could not be written as HTTP"),
    // The access token repeats the calls for it itself.
    no_token: lasting("nothing", "the gateway gave no access token, which the call needs"),
    // The pause before the next trial is longer than any before a repeat.
    circuit_open: lasting(
      "nothing",
      "the gateway has not been answering, so that nothing was sent to it; try again in a moment"
    ),
  },
  declined: {
    declined: lasting("there", "the gateway declined"),
    // Renewed by the access token, which repeats the call itself.
    unauthorized: lasting("there", "the gateway did not accept our credentials or access token"),
    low_balance: lasting("there", "the gateway says that there is too little to send"),
  },
  unknown: {
    headers_timeout: passing(
      "away",
      "the gateway got the request but did not begin to answer in time"
    ),
    body_timeout: passing("away", "the gateway's answer began but was not complete in time"),
    // No time is left for a repeat.
    total_timeout: lasting(
      "away",
      "the time for the whole call was up before the answer was complete"
    ),
    reset: passing("away", "the connection broke before the gateway answered"),
    cut_short: passing("away", "the connection broke in the middle of the gateway's answer"),
    tls: lasting("away", "the encrypted connection to the gateway failed"),
    aborted: lasting("nothing", "the call was given up while the gateway was at it"),
    server_error: passing("away", "the gateway answered with an error of its own"),
    redirect: lasting("there", "the gateway answered with a redirect, which is never followed"),
    too_large: lasting("there", "the gateway's answer is larger than any answer it should give"),
    unreadable: lasting("there", "the gateway's answer could not be read"),
    mismatch: lasting("there", "the gateway's answer does not agree with what was asked"),
    unlisted_code: lasting(
      "there",
      "the gateway answered with a code that is not in its list of refusals"
    ),
    network: passing(
      "away",
      "the network failed in a way that does not tell whether the request arrived"
    ),
  },
} satisfies Record<GatewayOutcome, Record<string, Reason>>

export type NotSentReason = keyof typeof reasons.not_sent
type DeclinedReason = keyof typeof reasons.declined
export type UnknownReason = keyof typeof reasons.unknown
export type GatewayErrorReason = NotSentReason | DeclinedReason | UnknownReason

const allReasons: Readonly<Record<GatewayErrorReason, Reason>> = {
  ...reasons.not_sent,
  ...reasons.declined,
  ...reasons.unknown,
}

/** Every reason with the outcome it stands under and its sentence, for who lists them. */
export const gatewayErrorReasons = outcomesOf(reasons)

function outcomesOf(table: Readonly<Record<GatewayOutcome, Readonly<Record<string, Reason>>>>) {
  return Object.entries(table).flatMap(([outcome, ofOutcome]) =>
    Object.entries(ofOutcome).map(([reason, { sentence }]) => ({ outcome, reason, sentence }))
  )
}

/** Whether the same reading call may fare better a moment later. */
export function isPassing({ reason }: { reason: GatewayErrorReason }): boolean {
  return allReasons[reason].isPassing
}

/** What a failure says about the host: that it is away, that it is there (it answered, though perhaps not as it should), or nothing. */
export function hostSign(reason: GatewayErrorReason): Reason["host"] {
  return allReasons[reason].host
}

/** Which call of which gateway: `{ gateway: "acme", operation: "createOrder" }`. */
export type GatewayCallName = { gateway: string; operation: string }

/** What the gateway said of a failure in its own envelope. */
export type GatewayErrorText = {
  /** The gateway's own code. */
  code?: string | number | null | undefined
  /** The gateway's own sentence. */
  gatewayMessage?: string | null | undefined
}

type GatewayErrorDetails = GatewayCallName &
  GatewayErrorText & {
    httpStatus?: number
    /** What exactly was wrong, in our words; never a value from a request or an answer. */
    detail?: string
    /** Node's or OpenSSL's code, such as `ECONNRESET`. */
    causeCode?: string
    /** Why there is no access token, where that is why nothing was sent. */
    tokenReason?: GatewayErrorReason
    /** The answer is not even in the language that the gateway speaks, such as a page in the place of JSON. */
    isForeign?: boolean
  }

/**
 * What the shop's owner has to set right before any call can succeed.
 *
 * - `credentials`: the gateway was reached, and does not know or not allow the shop
 * - `address`: what there is at the base address is not the gateway, or nothing is there
 */
export type SetUpFault = "credentials" | "address"

/** They come of the address itself, and not of a host that is away for a while. */
const addressReasons: readonly GatewayErrorReason[] = ["dns", "tls", "redirect"]

/** A token is refused for the credentials alone: nothing else is in the request for it. */
const refusedTokenReasons: readonly GatewayErrorReason[] = ["declined", "unlisted_code"]

/**
 * A call to a gateway that did not give what was asked for.
 *
 * Holds no URL, header, body or secret, nor the error of the HTTP library (which holds all of
 * them): it can be logged and stored as it is. What the gateway wrote is cut and cleaned.
 */
export abstract class GatewayError extends Error {
  abstract readonly outcome: GatewayOutcome
  abstract readonly reason: GatewayErrorReason
  /** It is the answer to a question: there is none. By the gateway's own table, and not with every no. */
  readonly isNotFound: boolean = false
  readonly gateway: string
  readonly operation: string
  readonly code: string | undefined
  readonly gatewayMessage: string | undefined
  readonly httpStatus: number | undefined
  readonly causeCode: string | undefined
  readonly #tokenReason: GatewayErrorReason | undefined
  readonly #isForeign: boolean

  protected constructor(sentence: string, details: GatewayErrorDetails) {
    const code = printableText(details.code, 64)
    const gatewayMessage = printableText(details.gatewayMessage)
    const causeCode = printableText(details.causeCode, 64)
    super(messageOf(sentence, { ...details, code, gatewayMessage, causeCode }))
    this.gateway = details.gateway
    this.operation = details.operation
    this.code = code
    this.gatewayMessage = gatewayMessage
    this.httpStatus = details.httpStatus
    this.causeCode = causeCode
    this.#tokenReason = details.tokenReason
    this.#isForeign = details.isForeign ?? false
  }

  /** The access token or the credentials were not accepted; the gateway did nothing else. */
  get isUnauthorized(): boolean {
    return this.reason === "unauthorized"
  }

  /**
   * Undefined for what may be well in a moment, and for an answer to what was asked.
   *
   * Assumption: a gateway answers 403 where the account, or this server's address, may not make the call, and no
   * path of its API is answered with 404 or 405 by the gateway itself, except where its table says "not found".
   */
  get setUpFault(): SetUpFault | undefined {
    const reason = this.#tokenReason ?? this.reason
    const isTokenRefused = this.#tokenReason && refusedTokenReasons.includes(this.#tokenReason)
    if (this.#isForeign && this.httpStatus !== 403) {
      return "address"
    }
    if (reason === "unauthorized" || this.httpStatus === 403 || isTokenRefused) {
      return "credentials"
    }
    const isNoPath = (this.httpStatus === 404 || this.httpStatus === 405) && !this.isNotFound
    return isNoPath || addressReasons.includes(reason) ? "address" : undefined
  }
}

/** The request never left us: nothing happened at the gateway. */
export class GatewayNotSentError extends GatewayError {
  override readonly name = "GatewayNotSentError"
  readonly outcome = "not_sent"
  readonly reason: NotSentReason

  constructor(details: GatewayErrorDetails & { reason: NotSentReason }) {
    super(reasons.not_sent[details.reason].sentence, details)
    this.reason = details.reason
  }
}

/** The gateway said a final no. */
export class GatewayDeclinedError extends GatewayError {
  override readonly name = "GatewayDeclinedError"
  readonly outcome = "declined"
  readonly reason: DeclinedReason
  override readonly isNotFound: boolean

  constructor(details: GatewayErrorDetails & { reason?: DeclinedReason; isNotFound?: boolean }) {
    const reason = details.reason ?? "declined"
    super(reasons.declined[reason].sentence, details)
    this.reason = reason
    this.isNotFound = details.isNotFound ?? false
  }
}

/** The gateway may or may not have acted. */
export class GatewayUnknownError extends GatewayError {
  override readonly name = "GatewayUnknownError"
  readonly outcome = "unknown"
  readonly reason: UnknownReason

  constructor(details: GatewayErrorDetails & { reason: UnknownReason }) {
    super(reasons.unknown[details.reason].sentence, details)
    this.reason = details.reason
  }
}

/** Every gateway error there is: `switch (failure.outcome)` over it is exhaustive. */
export type GatewayFailure = GatewayNotSentError | GatewayDeclinedError | GatewayUnknownError

export function isGatewayFailure(error: unknown): error is GatewayFailure {
  return (
    error instanceof GatewayNotSentError ||
    error instanceof GatewayDeclinedError ||
    error instanceof GatewayUnknownError
  )
}

function messageOf(sentence: string, details: GatewayErrorDetails): string {
  const { gateway, operation, httpStatus, code, gatewayMessage, detail, causeCode } = details
  const parts = [
    detail,
    httpStatus === undefined ? undefined : `HTTP ${httpStatus}`,
    causeCode,
    code ? `code ${code}` : undefined,
    gatewayMessage ? `"${gatewayMessage}"` : undefined,
  ].filter((part) => part !== undefined)
  return `${gateway} ${operation}: ${sentence}${parts.length > 0 ? ` (${parts.join(", ")})` : ""}`
}

/** What a gateway's own no means for money, by that gateway's tables. */
export type RefusalMeaning =
  | "credentials" // it does not know or not allow the shop
  | "declined"
  | "low_balance" // a final no as well: there was too little to send
  | "not_found" // the answer to a question: there is none
  | "busy" // too slow or too many: it says nothing about what was asked
  | "unknown" // no table tells whether it acted

/** Makes the errors of one gateway's calls, each named by the operation of its client. */
export function gatewayErrors<Operation extends string>(gateway: string) {
  /** `gatewayError` is what the gateway wrote; `httpStatus` that of its answer. */
  function refusal(
    operation: Operation,
    meaning: RefusalMeaning,
    gatewayError: GatewayErrorText,
    httpStatus: number
  ): GatewayDeclinedError | GatewayUnknownError {
    const details = { gateway, operation, httpStatus, ...gatewayError }
    switch (meaning) {
      case "credentials":
        return new GatewayDeclinedError({ ...details, reason: "unauthorized" })
      case "low_balance":
        return new GatewayDeclinedError({ ...details, reason: "low_balance" })
      case "declined":
      case "not_found":
        return new GatewayDeclinedError({ ...details, isNotFound: meaning === "not_found" })
      case "busy":
        return new GatewayUnknownError({ ...details, reason: "server_error" })
      case "unknown":
        return new GatewayUnknownError({ ...details, reason: "unlisted_code" })
    }
  }

  /** Refused by us, before anything was sent; `sentence` is for the shop. */
  function refusedHere(operation: Operation, sentence: string): GatewayDeclinedError {
    return new GatewayDeclinedError({ gateway, operation, gatewayMessage: sentence })
  }

  function unreadable(operation: Operation, detail: string, httpStatus?: number) {
    return new GatewayUnknownError({ gateway, operation, reason: "unreadable", detail, httpStatus })
  }

  /** The answer can be read but is about something else, or says too little about what was asked. */
  function mismatch(operation: Operation, detail: string): GatewayUnknownError {
    return new GatewayUnknownError({ gateway, operation, reason: "mismatch", detail })
  }

  /** @throws GatewayUnknownError: an answer about something else proves nothing about what was asked for */
  function requireSame(operation: Operation, field: string, asked: string, answered: string): void {
    if (asked !== answered) {
      throw mismatch(operation, `the answer names another ${field}`)
    }
  }

  return { refusal, refusedHere, unreadable, mismatch, requireSame }
}

const lowBalanceCode =
  /^((merchant|account|payout|payer|wallet)_)?(((balance|funds?)_(is_|are_)?(not_enough|insufficient|too_low|low))|((insufficient|not_enough|low|no)_(account_|merchant_|wallet_)?(balance|funds?)))$/i

const lowBalanceStatement =
  /^(the )?((merchant|account|payer|wallet|available|your)('s)? )*((balance|funds?) (is |are )?(not enough|insufficient|too low)|(insufficient|not enough) (account |merchant |wallet |available )?(balance|funds?))( (for|to make) (this|the) (payout|transfer|transaction|payment))?[.!]?$/i

/**
 * Whether a refusal says that there is too little to send, and nothing else.
 *
 * Assumption: no gateway's pages name a code for it, so that only a code or a whole sentence that says just that counts.
 * Who refuses for that reason has sent nothing, and will not: no vendor writes that a payout waits for a balance.
 */
export function saysLowBalance(gatewayError: {
  code?: string | number | null
  message?: string | null
}): boolean {
  return [gatewayError.code, gatewayError.message]
    .map((text) => String(text ?? "").trim())
    .some(
      (text) => lowBalanceCode.test(text.replaceAll(/[ -]/g, "_")) || lowBalanceStatement.test(text)
    )
}
