/** One HTTP request and its answer, and what a failure in each of its phases means for money. */

import type { IncomingHttpHeaders } from "node:http"
import { promisify } from "node:util"
import { brotliDecompress, unzip } from "node:zlib"
import type { Axios, AxiosResponse, InternalAxiosRequestConfig } from "axios"
import type { Dispatcher } from "undici"
import {
  type GatewayCallName,
  type GatewayFailure,
  GatewayNotSentError,
  GatewayUnknownError,
  type NotSentReason,
  type UnknownReason,
} from "./errors"
import type { GatewayAnswer, HttpMethod, WireRequest } from "./request"

/** In milliseconds, as `GatewayTimeouts` has them. */
type ExchangeLimits = {
  connectMs: number
  headersMs: number
  bodyMs: number
  totalMs: number
  maxAnswerBytes: number
}

/**
 * One request and its answer.
 *
 * Follows the request through its phases, because what a failure means depends on how far it had
 * come, and gives each phase its own time. Used once.
 */
export class Exchange {
  #phase: Phase = "preparing"
  #gaveUp: GaveUp | undefined
  #controller: Dispatcher.DispatchController | undefined
  /** One for the call: setting a timer anew at each phase costs more than looking at the clock does. */
  #timer: NodeJS.Timeout | undefined
  /** When the timer looks at the clock; of `performance.now()`, as the two that follow. */
  #timerAt = Infinity
  #phaseEnd = Infinity
  #totalEnd = Infinity
  /** By the server's own clock, which goes on while the server stands still. */
  #connectBefore = Infinity
  /** Ends the wait for an answer. */
  #fail: ((error: Error) => void) | undefined

  constructor(
    private readonly axios: InstanceType<typeof Axios>,
    private readonly dispatcher: Dispatcher,
    private readonly call: GatewayCallName,
    private readonly limits: ExchangeLimits
  ) {}

  /** @throws GatewayFailure, and nothing else */
  async run(
    method: HttpMethod,
    request: WireRequest,
    signal: AbortSignal | undefined
  ): Promise<GatewayAnswer> {
    const begun = performance.now()
    this.#totalEnd = begun + this.limits.totalMs
    this.#wakeAt(this.#totalEnd, begun)
    const abort = () => this.#giveUp("aborted")
    signal?.addEventListener("abort", abort)
    if (signal?.aborted) {
      abort()
    }
    try {
      const { status, data } = await this.axios.request<Received>({
        method,
        url: request.url,
        headers: request.headers,
        data: request.data,
        adapter: this.#adapter,
      })
      const body = await unpacked(data, this.limits.maxAnswerBytes)
      return { httpStatus: status, headers: data.headers, body }
    } catch (error) {
      throw failureOf(this.call, this.#phase, this.#gaveUp, error)
    } finally {
      clearTimeout(this.#timer)
      signal?.removeEventListener("abort", abort)
    }
  }

  /** What axios sends with: undici's own client, with its phases watched. */
  readonly #adapter = (config: InternalAxiosRequestConfig): Promise<AxiosResponse<Received>> =>
    new Promise((resolve, reject) => {
      if (this.#gaveUp !== undefined) {
        throw new Error(this.#gaveUp)
      }
      this.#fail = reject
      const answered = (status: number, data: Received) =>
        resolve({ status, statusText: "", headers: {}, data, config })
      this.#enter("connecting", this.limits.connectMs)
      this.#connectBefore = Date.now() + this.limits.connectMs
      this.dispatcher.dispatch(dispatchOptions(config), this.#handler(answered))
    })

  #handler(answered: (status: number, received: Received) => void): Dispatcher.DispatchHandler {
    const { headersMs, bodyMs, maxAnswerBytes } = this.limits
    const chunks: Buffer[] = []
    let status = 0
    let headers: IncomingHttpHeaders = {}
    let bytes = 0
    return {
      onRequestStart: (controller) => {
        this.#controller = controller
        // Of a server that stood still, the connection is told of before the timers.
        if (Date.now() > this.#connectBefore) {
          this.#giveUp("phase_timeout")
        } else if (this.#gaveUp === undefined) {
          this.#enter("waiting", headersMs)
        } else {
          controller.abort(new Error(this.#gaveUp)) // the connection came too late: nothing is written
        }
      },
      onResponseStart: (controller, httpStatus, received) => {
        if (httpStatus < 200) {
          return // the answer itself is still to come
        }
        this.#enter("reading", bodyMs)
        status = httpStatus
        headers = received
        if (Number(received["content-length"]) > maxAnswerBytes) {
          controller.abort(tooLarge())
        }
      },
      onResponseData: (controller, chunk) => {
        this.#enter("reading", bodyMs)
        bytes += chunk.length
        if (bytes > maxAnswerBytes) {
          controller.abort(tooLarge())
        } else {
          chunks.push(chunk)
        }
      },
      // undici takes the connection back one turn after this: a call that follows at once has to find it.
      onResponseEnd: () =>
        queueMicrotask(() => setImmediate(() => answered(status, { headers, chunks, bytes }))),
      onResponseError: (_controller, error) => this.#fail?.(error),
    }
  }

  #enter(phase: Phase, ms: number): void {
    const now = performance.now()
    this.#phase = phase
    this.#phaseEnd = now + ms
    this.#wakeAt(this.#phaseEnd, now)
  }

  /** A timer that is set for an earlier time stays: it looks then how long there is left. */
  #wakeAt(end: number, now: number): void {
    if (end < this.#timerAt) {
      clearTimeout(this.#timer)
      this.#timerAt = end
      this.#timer = setTimeout(() => this.#lookAtClock(), end - now)
    }
  }

  #lookAtClock(): void {
    const now = performance.now()
    if (now >= this.#totalEnd) {
      this.#giveUp("total_timeout")
    } else if (now >= this.#phaseEnd) {
      this.#giveUp("phase_timeout")
    } else {
      this.#timerAt = Infinity
      this.#wakeAt(Math.min(this.#totalEnd, this.#phaseEnd), now)
    }
  }

  #giveUp(why: GaveUp): void {
    this.#gaveUp ??= why
    const error = new Error(why)
    // A request that still waits for its connection has no controller: it is given up when it gets one.
    this.#controller?.abort(error)
    this.#fail?.(error)
  }
}

type Received = { headers: IncomingHttpHeaders; chunks: readonly Buffer[]; bytes: number }

/** The request line has exactly the path and query that were signed: no URL parser rewrites them. */
function dispatchOptions({
  url = "",
  method = "GET",
  headers,
  data,
}: InternalAxiosRequestConfig): Dispatcher.DispatchOptions {
  const [, origin = "", path = ""] = /^(https?:\/\/[^/?#]+)(.*)$/.exec(url) ?? []
  // As undici takes them at the least cost: names and values in turn.
  const written: string[] = []
  for (const [name, value] of Object.entries(headers)) {
    if (value !== false) {
      written.push(name, String(value))
    }
  }
  return {
    origin,
    path,
    method: method.toUpperCase() as Dispatcher.HttpMethod,
    headers: written,
    body: typeof data === "string" ? data : null,
  }
}

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
 * Only failures of name resolution and of connect(2) itself prove that nothing was sent. A failed
 * TLS handshake or certificate is left unknown: what had been flushed by then is not ours to see.
 */
function connectFailure(cause: unknown): NotSentReason | undefined {
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

const unpackers: ReadonlyMap<string, typeof unzip> = new Map([
  ["gzip", unzip],
  ["x-gzip", unzip],
  ["deflate", unzip],
  ["br", brotliDecompress as typeof unzip],
])

/** @throws the error of zlib, or one of our own where it is larger than `maxBytes` when it is unpacked */
async function unpacked({ headers, chunks, bytes }: Received, maxBytes: number): Promise<Buffer> {
  const [only] = chunks
  const body = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks, bytes)
  const encoding = headers["content-encoding"]
  const unpack = encoding === undefined ? undefined : unpackers.get(encoding.trim().toLowerCase())
  if (unpack === undefined || bytes === 0) {
    return body
  }
  return await promisify(unpack)(body, { maxOutputLength: maxBytes })
}

function tooLarge(): Error {
  return Object.assign(new Error("larger than allowed"), { code: ANSWER_TOO_LARGE })
}
