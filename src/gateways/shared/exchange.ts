/** One HTTP request and its answer, followed through its phases. */

import type { IncomingHttpHeaders } from "node:http"
import { promisify } from "node:util"
import { brotliDecompress, unzip } from "node:zlib"
import type { Axios, AxiosResponse, InternalAxiosRequestConfig } from "axios"
import type { Dispatcher } from "undici"
import { type GatewayCallName, type GatewayFailure, GatewayUnknownError } from "./errors"
import { writtenHeaders } from "./interceptors"
import type { GatewayAnswer, HttpMethod, WireRequest } from "./request"
import { answerTooLarge, failureOf, type GaveUp, type Phase } from "./transport-failures"

/** In milliseconds, as `GatewayTimeouts` has them. */
type ExchangeLimits = {
  connectMs: number
  headersMs: number
  bodyMs: number
  totalMs: number
  maxAnswerBytes: number
}

/**
 * One request and its answer. Used once; it is itself what undici tells of the request's way.
 *
 * Follows the request through its phases, because what a failure means depends on how far it had
 * come, and gives each phase its own time.
 *
 * The request goes through axios for the shop's interceptors, and what they see is what axios has: the address, the
 * method, the status. What is sent and what came back stay here, so that no interceptor can change either.
 */
export class Exchange implements Dispatcher.DispatchHandler {
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

  /** The answer as far as it has come. */
  #status = 0
  #headers: IncomingHttpHeaders = {}
  readonly #chunks: Buffer[] = []
  #bytes = 0

  #isOver = false
  #onAnswer: ((answer: GatewayAnswer) => void) | undefined
  #onFailure: ((failure: GatewayFailure) => void) | undefined
  /** Ends axios' part. */
  #onAxiosAnswer: (() => void) | undefined
  #onAxiosFailure: ((error: Error) => void) | undefined
  #stopListening: (() => void) | undefined

  constructor(
    private readonly axios: InstanceType<typeof Axios>,
    private readonly dispatcher: Dispatcher,
    private readonly call: GatewayCallName,
    private readonly limits: ExchangeLimits
  ) {}

  /** @throws GatewayFailure, and nothing else */
  run(
    method: HttpMethod,
    request: WireRequest,
    signal: AbortSignal | undefined
  ): Promise<GatewayAnswer> {
    return new Promise((resolve, reject) => {
      this.#onAnswer = resolve
      this.#onFailure = reject
      const now = performance.now()
      this.#totalEnd = now + this.limits.totalMs
      this.#wakeAt(this.#totalEnd, now)
      if (signal !== undefined) {
        this.#listenTo(signal)
      }
      if (!this.#isOver) {
        this.#askAxios(method, request)
      }
    })
  }

  #listenTo(signal: AbortSignal): void {
    const abort = () => this.#giveUp("aborted")
    signal.addEventListener("abort", abort)
    this.#stopListening = () => signal.removeEventListener("abort", abort)
    if (signal.aborted) {
      abort()
    }
  }

  #askAxios(method: HttpMethod, request: WireRequest): void {
    this.axios
      .request<undefined>({
        method,
        url: request.url,
        adapter: (config) => this.#send(method, request, config),
      })
      .then(
        () => this.#endWithoutAnswer(),
        (error: unknown) => this.#fail(error)
      )
  }

  /** What axios sends with: undici's own client, which tells this exchange of each step. */
  #send(
    method: HttpMethod,
    request: WireRequest,
    config: InternalAxiosRequestConfig
  ): Promise<AxiosResponse<undefined>> {
    return new Promise((resolve, reject) => {
      // An interceptor may have axios send a request again, or for the first time when it was given up.
      if (this.#isOver || this.#phase !== "preparing") {
        throw new Error("not to be sent any more")
      }
      const { origin, target: path, data: body } = request
      const headers = writtenHeaders(method, request, config)
      this.#onAxiosAnswer = () => resolve(this.#axiosResponse(config))
      this.#onAxiosFailure = reject
      this.#enter("connecting", this.limits.connectMs)
      this.#connectBefore = Date.now() + this.limits.connectMs
      this.dispatcher.dispatch({ origin, path, method, headers, body }, this)
    })
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    // Of a server that stood still, the connection is told of before the timers.
    if (Date.now() > this.#connectBefore) {
      this.#giveUp("phase_timeout")
    } else if (this.#isOver) {
      controller.abort(new Error(this.#gaveUp)) // the connection came too late: nothing is written
    } else {
      this.#enter("waiting", this.limits.headersMs)
    }
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    httpStatus: number,
    headers: IncomingHttpHeaders
  ): void {
    if (httpStatus < 200) {
      return // the answer itself is still to come
    }
    this.#enter("reading", this.limits.bodyMs)
    this.#status = httpStatus
    this.#headers = headers
    if (Number(headers["content-length"]) > this.limits.maxAnswerBytes) {
      controller.abort(answerTooLarge())
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#enter("reading", this.limits.bodyMs)
    this.#bytes += chunk.length
    if (this.#bytes > this.limits.maxAnswerBytes) {
      controller.abort(answerTooLarge())
    } else {
      this.#chunks.push(chunk)
    }
  }

  onResponseEnd(): void {
    // undici takes the connection back one turn after this: a call that follows at once has to find it.
    queueMicrotask(() => setImmediate(() => this.#unpack()))
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error)
  }

  #unpack(): void {
    const [only] = this.#chunks
    const body =
      only !== undefined && this.#chunks.length === 1
        ? only
        : Buffer.concat(this.#chunks, this.#bytes)
    const unpack = unpackerOf(this.#headers)
    if (unpack === undefined || body.length === 0) {
      this.#succeed(body)
    } else {
      // Fails where it is larger than allowed when it is unpacked, or is not packed as it says.
      promisify(unpack)(body, { maxOutputLength: this.limits.maxAnswerBytes }).then(
        (unpacked) => this.#succeed(unpacked),
        (error: unknown) => this.#fail(error)
      )
    }
  }

  #succeed(body: Buffer): void {
    if (this.#end()) {
      this.#onAnswer?.({ httpStatus: this.#status, headers: this.#headers, body })
      this.#onAxiosAnswer?.()
    }
  }

  #axiosResponse(config: InternalAxiosRequestConfig): AxiosResponse<undefined> {
    // axios copies them, which takes time: only where somebody looks.
    const headers = this.axios.interceptors.response.handlers?.length ? { ...this.#headers } : {}
    return { status: this.#status, statusText: "", headers, data: undefined, config }
  }

  /** An error after the end, such as that of an interceptor, changes nothing. */
  #fail(error: unknown): void {
    if (this.#end()) {
      const failure = failureOf(this.call, this.#phase, this.#gaveUp, error)
      this.#onFailure?.(failure)
      // An error of its own, which an interceptor may change.
      this.#onAxiosFailure?.(Object.assign(new Error(failure.message), { code: failure.reason }))
    }
  }

  /** An interceptor had something else sent, or answered itself: nothing tells what became of the call. */
  #endWithoutAnswer(): void {
    if (this.#end()) {
      this.#onFailure?.(
        new GatewayUnknownError({ ...this.call, reason: "network", causeCode: notByUs })
      )
    }
  }

  /** @returns whether it ended by this */
  #end(): boolean {
    if (this.#isOver) {
      return false
    }
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#stopListening?.()
    return true
  }

  #enter(phase: Phase, ms: number): void {
    const now = performance.now()
    this.#phase = phase
    this.#phaseEnd = now + ms
    this.#wakeAt(this.#phaseEnd, now)
  }

  /** A timer that is set for an earlier time stays: it looks then how long there is left. */
  #wakeAt(end: number, now: number): void {
    if (end < this.#timerAt && !this.#isOver) {
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
    this.#fail(error)
  }
}

/** The code where axios ended, and this client had sent nothing. */
const notByUs = "ERR_NOT_SENT_BY_THIS_CLIENT"

const unpackers: ReadonlyMap<string, typeof unzip> = new Map([
  ["gzip", unzip],
  ["x-gzip", unzip],
  ["deflate", unzip],
  ["br", brotliDecompress as typeof unzip],
])

function unpackerOf({
  "content-encoding": encoding,
}: IncomingHttpHeaders): typeof unzip | undefined {
  return encoding === undefined ? undefined : unpackers.get(encoding.trim().toLowerCase())
}
