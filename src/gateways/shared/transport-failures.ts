/** What a request that failed, in each of its phases, means for money. */

import {
  type GatewayCallName,
  type GatewayFailure,
  GatewayNotSentError,
  GatewayUnknownError,
  type NotSentReason,
  type UnknownReason,
} from "./errors"
import { proxyRefused } from "./connections"

/**
 * How far a request has come.
 *
 * - `preparing`: no connection was asked for
 * - `connecting`: DNS, TCP or the TLS handshake: nothing of the request was written
 * - `waiting`: the connection stands; the request is on its way or there
 * - `reading`: the answer has begun
 */
export type Phase = "preparing" | "connecting" | "waiting" | "reading"

/** Why we ended it ourselves. */
export type GaveUp = "phase_timeout" | "total_timeout" | "aborted"

/**
 * What a failed request means for money. Pure; of the error only its codes are read, because an
 * error of the HTTP library carries the whole request.
 */
export function failureOf(
  call: GatewayCallName,
  phase: Phase,
  gaveUp: GaveUp | undefined,
  error: unknown
): GatewayFailure {
  if (gaveUp !== undefined) {
    return gaveUpFailure(call, phase, gaveUp)
  }
  const cause = causeOf(error)
  const causeCode = textField(cause, "code") ?? parserCode(cause)
  switch (phase) {
    case "preparing":
      return new GatewayNotSentError({ ...call, reason: "invalid_request", causeCode })
    case "connecting": {
      const notSent = causeCode === unwritable ? "invalid_request" : connectFailure(cause)
      return notSent
        ? new GatewayNotSentError({ ...call, reason: notSent, causeCode })
        : new GatewayUnknownError({ ...call, reason: connectionLoss(causeCode, "tls"), causeCode })
    }
    case "waiting":
      return new GatewayUnknownError({
        ...call,
        reason: connectionLoss(causeCode, "network"),
        causeCode,
      })
    case "reading":
      return new GatewayUnknownError({ ...call, reason: readingFailure(causeCode), causeCode })
  }
}

function gaveUpFailure(call: GatewayCallName, phase: Phase, gaveUp: GaveUp): GatewayFailure {
  const notSent = phase === "preparing" || phase === "connecting"
  switch (gaveUp) {
    case "aborted":
      return notSent
        ? new GatewayNotSentError({ ...call, reason: "aborted" })
        : new GatewayUnknownError({ ...call, reason: "aborted" })
    case "phase_timeout":
    case "total_timeout":
      if (notSent) {
        return new GatewayNotSentError({ ...call, reason: "connect_timeout" })
      }
      return new GatewayUnknownError({ ...call, reason: timeoutReason(phase, gaveUp) })
  }
}

function timeoutReason(
  phase: "waiting" | "reading",
  gaveUp: "phase_timeout" | "total_timeout"
): UnknownReason {
  if (gaveUp === "total_timeout") {
    return "total_timeout"
  }
  return phase === "waiting" ? "headers_timeout" : "body_timeout"
}

/**
 * Only failures of name resolution, of connect(2) itself and of a proxy's tunnel prove that nothing was sent. A failed
 * TLS handshake or certificate is left unknown: what had been flushed by then is not ours to see.
 */
function connectFailure(cause: unknown): NotSentReason | undefined {
  if (field(cause, "code") === proxyRefused) {
    return "unreachable" // there is no tunnel in which anything could have been sent
  }
  const attempts = field(cause, "errors")
  if (Array.isArray(attempts) && attempts.length > 0) {
    // Several addresses were tried; all of them must have failed so.
    const reasons = attempts.map(connectFailure)
    return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined
  }
  switch (field(cause, "syscall")) {
    case "getaddrinfo":
      return "dns"
    case "connect":
      return connectReasons.get(textField(cause, "code")) ?? "unreachable"
    default:
      return undefined
  }
}

/** undici's code for a request that can't be written; it tells so before it asks for a connection. */
const unwritable = "UND_ERR_INVALID_ARG"

/** undici's parser of HTTP has codes for some of its errors only. */
function parserCode(cause: unknown): string | undefined {
  return textField(cause, "name") === "HTTPParserError" ? "HPE_INVALID" : undefined
}

const connectReasons: ReadonlyMap<string | undefined, NotSentReason> = new Map([
  ["ECONNREFUSED", "refused"],
  ["ETIMEDOUT", "connect_timeout"],
])

const resets: ReadonlySet<string | undefined> = new Set([
  "ECONNRESET",
  "EPIPE",
  "ECONNABORTED",
  "UND_ERR_SOCKET", // closed by the other side, or switched to another protocol
  "UND_ERR_DESTROYED", // by our own `close`
])

function connectionLoss(code: string | undefined, otherwise: "tls" | "network"): UnknownReason {
  if (resets.has(code)) {
    return "reset"
  }
  if (code === "UND_ERR_HEADERS_OVERFLOW" || code === "HPE_HEADER_OVERFLOW") {
    return "too_large"
  }
  if (code?.startsWith("HPE_")) {
    return "unreadable"
  }
  return code === "EPROTO" || code?.startsWith("ERR_SSL") ? "tls" : otherwise
}

/** `Z_` and brotli's `ERR__`: not packed as it says. */
function readingFailure(code: string | undefined): UnknownReason {
  if (code === ANSWER_TOO_LARGE || code === "ERR_BUFFER_TOO_LARGE") {
    return "too_large"
  }
  return code && /^(?:Z_|ERR__)/.test(code) ? "unreadable" : "cut_short"
}

/** Node's own error, which axios wraps. */
function causeOf(error: unknown): unknown {
  return field(error, "cause") ?? error
}

function textField(error: unknown, key: string): string | undefined {
  const value = field(error, key)
  return typeof value === "string" ? value : undefined
}

function field(error: unknown, key: string): unknown {
  return typeof error === "object" && error !== null ? Reflect.get(error, key) : undefined
}

/** The code of the error for a body that is larger than allowed. */
const ANSWER_TOO_LARGE = "ERR_ANSWER_TOO_LARGE"

/** What ends an exchange whose body is larger than allowed. */
export function answerTooLarge(): Error {
  return Object.assign(new Error("larger than allowed"), { code: ANSWER_TOO_LARGE })
}
