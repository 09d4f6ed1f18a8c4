import { printableText } from "./text"

/**
 * Could the gateway have acted?
 *
 * - `not_sent`: surely not, the request never left; it may be sent again
 * - `declined`: it answered that it did not, and that is final
 * - `unknown`: perhaps; ask before anything is sent again
 */
export type GatewayOutcome = "not_sent" | "declined" | "unknown"

const notSentSentences = {
  refused: "the gateway refused the connection",
  unreachable: "there is no route to the gateway",
  dns: "the gateway's host name could not be resolved",
  connect_timeout: "the connection to the gateway was not made in time",
  aborted: "the call was given up before it was sent",
  invalid_request: "the request could not be written as HTTP",
  no_token: "the gateway gave no access token, which the call needs",
  circuit_open:
    "the gateway has not been answering, so that nothing was sent to it; try again in a moment",
} as const

const declinedSentences = {
  declined: "the gateway declined",
  unauthorized: "the gateway did not accept our credentials or access token",
} as const

const unknownSentences = {
  headers_timeout: "the gateway got the request but did not begin to answer in time",
  body_timeout: "the gateway's answer began but was not complete in time",
  total_timeout: "the time for the whole call was up before the answer was complete",
  reset: "the connection broke before the gateway answered",
  cut_short: "the connection broke in the middle of the gateway's answer",
  tls: "the encrypted connection to the gateway failed",
  aborted: "the call was given up while the gateway was at it",
  server_error: "the gateway answered with an error of its own",
  redirect: "the gateway answered with a redirect, which is never followed",
  too_large: "the gateway's answer is larger than any answer it should give",
  unreadable: "the gateway's answer could not be read",
  mismatch: "the gateway's answer does not agree with what was asked",
  unlisted_code: "the gateway answered with a code that is not in its list of refusals",
  network: "the network failed in a way that does not tell whether the request arrived",
} as const

export type NotSentReason = keyof typeof notSentSentences
export type DeclinedReason = keyof typeof declinedSentences
export type UnknownReason = keyof typeof unknownSentences
export type GatewayErrorReason = NotSentReason | DeclinedReason | UnknownReason

/** Which call of which gateway: `{ gateway: "acme", operation: "createOrder" }`. */
export type GatewayCallName = { gateway: string; operation: string }

/** What the gateway said of a failure in its own envelope. */
export type GatewayWords = {
  /** The gateway's own code. */
  code?: string | number | null
  /** The gateway's own words. */
  gatewayMessage?: string | null
}

type GatewayErrorDetails = GatewayCallName &
  GatewayWords & {
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
    super(notSentSentences[details.reason], details)
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
    super(declinedSentences[reason], details)
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
    super(unknownSentences[details.reason], details)
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
  const facts = [
    detail,
    httpStatus === undefined ? undefined : `HTTP ${httpStatus}`,
    causeCode,
    code ? `code ${code}` : undefined,
    gatewayMessage ? `"${gatewayMessage}"` : undefined,
  ].filter((fact) => fact !== undefined)
  return `${gateway} ${operation}: ${sentence}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`
}
