import type { AxiosInstance } from "axios"
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http"
import https from "node:https"
import type { Socket } from "node:net"
import type { Readable } from "node:stream"
import { TLSSocket } from "node:tls"
import { failureOf, type GaveUp, type Phase } from "./failure"
import type { GatewayAnswer, HttpMethod } from "./gateway-call"
import type { GatewayCallName } from "./gateway-error"
import { readBody } from "./read-body"
import type { WireRequest } from "./wire-request"

/** In milliseconds, as `GatewayTimeouts` has them. */
export type ExchangeLimits = {
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
