/** One HTTP request and its answer, and what a failure in each of its phases means for money. */

import http from "node:http"
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http"
import https from "node:https"
import type { Socket } from "node:net"
import type { Readable } from "node:stream"
import { TLSSocket } from "node:tls"
import type { AxiosInstance } from "axios"
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
  #request: ClientRequest | undefined
  #answer: IncomingMessage | undefined
  #body: Readable | undefined
  #phaseTimer: NodeJS.Timeout | undefined

  constructor(
    private readonly axios: AxiosInstance,
    private readonly call: GatewayCallName,
    private readonly limits: ExchangeLimits
  ) {}

  /** @throws GatewayFailure, and nothing else */
  async run(
    method: HttpMethod,
    request: WireRequest,
    signal: AbortSignal | undefined
  ): Promise<GatewayAnswer> {
    const { totalMs, maxAnswerBytes } = this.limits
    const totalTimer = setTimeout(() => this.#giveUp("total_timeout"), totalMs)
    const abort = () => this.#giveUp("aborted")
    signal?.addEventListener("abort", abort)
    if (signal?.aborted) {
      abort()
    }
    try {
      const response = await this.axios.request<Readable>({
        method,
        url: request.url,
        headers: request.headers,
        data: request.data,
        transport: this.#transport,
      })
      this.#body = response.data
      const headers = this.#answer?.headers
      const announced = headers?.["content-length"]
      const body = await readBody(response.data, maxAnswerBytes, announced, this.#reading)
      return { httpStatus: response.status, headers, body }
    } catch (error) {
      throw failureOf(this.call, this.#phase, this.#gaveUp, error)
    } finally {
      clearTimeout(totalTimer)
      clearTimeout(this.#phaseTimer)
      signal?.removeEventListener("abort", abort)
    }
  }

  /** axios writes the request with this; it is node's own client, with its phases watched. */
  readonly #transport = {
    request: (options: RequestOptions, onAnswer: (answer: IncomingMessage) => void) => {
      if (this.#gaveUp !== undefined) {
        throw new Error(this.#gaveUp)
      }
      const client = options.protocol === "https:" ? https : http
      const request = client.request(options, (answer) => {
        this.#answer = answer
        this.#reading()
        onAnswer(answer)
      })
      this.#request = request
      this.#enter("connecting", this.limits.connectMs)
      request.once("socket", (socket) => this.#watchConnection(socket))
      request.once("close", () => {
        // Node closes without a word where the answer switches to another protocol.
        if (this.#answer === undefined) {
          request.emit("error", new Error("closed without an answer"))
        }
      })
      return request
    },
  }

  #watchConnection(socket: Socket): void {
    const connected = () => this.#enter("waiting", this.limits.headersMs)
    const secure = socket instanceof TLSSocket
    if (this.#request?.reusedSocket) {
      connected()
    } else {
      socket.once(secure ? "secureConnect" : "connect", connected)
    }
  }

  /** With the first byte of the answer, and anew with every part of its body. */
  readonly #reading = () => this.#enter("reading", this.limits.bodyMs)

  #enter(phase: Phase, ms: number): void {
    this.#phase = phase
    clearTimeout(this.#phaseTimer)
    this.#phaseTimer = setTimeout(() => this.#giveUp("phase_timeout"), ms)
  }

  #giveUp(why: GaveUp): void {
    this.#gaveUp ??= why
    // Either makes what is being awaited reject; the socket goes with it.
    if (this.#body) {
      this.#body.destroy()
    } else {
      this.#request?.destroy(new Error(why))
    }
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
  const causeCode = textField(cause, "code")
  switch (phase) {
    case "preparing":
      return new GatewayNotSentError({ ...call, reason: "invalid_request", causeCode })
    case "connecting": {
      const notSent = connectFailure(cause)
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

const connectReasons: ReadonlyMap<string | undefined, NotSentReason> = new Map([
  ["ECONNREFUSED", "refused"],
  ["ETIMEDOUT", "connect_timeout"],
])

const resets: ReadonlySet<string | undefined> = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED"])

function connectionLoss(code: string | undefined, otherwise: "tls" | "network"): UnknownReason {
  if (resets.has(code)) {
    return "reset"
  }
  if (code === "HPE_HEADER_OVERFLOW") {
    return "too_large"
  }
  if (code?.startsWith("HPE_")) {
    return "unreadable"
  }
  return code === "EPROTO" || code?.startsWith("ERR_SSL") ? "tls" : otherwise
}

/** `Z_` and brotli's `ERR__`: not packed as it says. */
function readingFailure(code: string | undefined): UnknownReason {
  if (code === ANSWER_TOO_LARGE) {
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

/**
 * The whole body of at most `maxBytes` (after unpacking). As soon as it is known to be larger the
 * stream is destroyed: the rest is neither kept nor received.
 *
 * @param announcedBytes the Content-Length, where there is one
 * @param onPart called for each part of it that comes
 * @throws the stream's error, or one of our own where it is too large or ends before its end
 */
function readBody(
  stream: Readable,
  maxBytes: number,
  announcedBytes: string | undefined,
  onPart: () => void
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    // Stays for good: a stream may report an error after it was given up.
    stream.on("error", reject)
    stream.once("close", () => {
      if (!stream.readableEnded) {
        reject(new Error("closed before its end"))
      }
    })
    if (Number(announcedBytes) > maxBytes) {
      stream.destroy(tooLarge())
      return
    }
    stream.on("data", (chunk: Buffer) => {
      onPart()
      bytes += chunk.length
      if (bytes > maxBytes) {
        stream.destroy(tooLarge())
      } else {
        chunks.push(chunk)
      }
    })
    stream.once("end", () => {
      const [only] = chunks
      resolve(only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks, bytes))
    })
  })
}

function tooLarge(): Error {
  return Object.assign(new Error("larger than allowed"), { code: ANSWER_TOO_LARGE })
}
