/** The HTTP client of all gateways: one call with its deadline, its repeats and its circuit breaker. */

import { setTimeout as pause } from "node:timers/promises"
import { Axios } from "axios"
import { type CircuitBreakers, type Refusal, sharedBreakers } from "./circuit-breaker"
import {
  GatewayDeclinedError,
  type GatewayFailure,
  GatewayNotSentError,
  GatewayUnknownError,
  type GatewayErrorText,
  isGatewayFailure,
  isPassing,
} from "./errors"
import { gatewayConnections } from "./connections"
import { Exchange } from "./exchange"
import type { ConfigureHttp } from "./interceptors"
import {
  type GatewayAnswer,
  type GatewayCall,
  type GatewayCallRecord,
  gatewayUrl,
  requestTarget,
  type TargetOf,
  type WireBase,
  wireRequest,
} from "./request"
import type { Secret } from "./secret"
import { passSendingGuard } from "./sending-guard"

/** In milliseconds. */
export type GatewayTimeouts = {
  /** For DNS, TCP and TLS together. When it is over nothing was sent. */
  connectMs: number
  /** From the connection to the first byte of the answer. */
  headersMs: number
  /** Silence within an answer that has begun; one that goes on as slowly as it may is bound by `totalMs`. */
  bodyMs: number
  /** For everything, repeats and the pauses between them included. */
  totalMs: number
  /**
   * How long an unused connection is kept open. Servers close theirs after five seconds and more;
   * writing into one that is just being closed is a reset, and a reset in a money call is an
   * unknown outcome: be first.
   */
  idleMs: number
}

const defaultTimeouts: GatewayTimeouts = {
  connectMs: 5_000,
  headersMs: 20_000,
  bodyMs: 10_000,
  totalMs: 30_000,
  idleMs: 4_000,
}

export type GatewayHttpOptions = {
  /** The gateway's name, for errors and records. */
  gateway: string
  baseUrl: string
  timeouts?: Partial<GatewayTimeouts>
  /** The address of the shop's HTTP proxy, through which all calls go. */
  proxy?: Secret | undefined
  /** Is given the axios instance of all calls, once it is made. */
  configureHttp?: ConfigureHttp | undefined
  /** After unpacking; default 1 MiB. */
  maxAnswerBytes?: number
  /** Told of every attempt; what it throws is ignored, because the money has moved by then. */
  onCall?: (record: GatewayCallRecord) => void
  retry?: Partial<RetryPolicy>
  /** Of hosts that are away, which are left alone; they count every attempt of every call of all clients. */
  breakers?: CircuitBreakers
  /** Reads the gateway's code and sentence from an answer with HTTP 401 or 5xx. */
  readGatewayError?: (answer: GatewayAnswer) => GatewayErrorText | undefined
  /** Milliseconds that only go forward. */
  clock?: () => number
  /** From 0 up to but not 1. */
  random?: () => number
  sleep?: (ms: number, signal?: AbortSignal) => Promise<unknown>
}

export type GatewayHttp = {
  /** Of the gateway, with the path that is before all others: `https://api.acme.example/v2`. */
  readonly address: string
  /**
   * Sends the call and returns its complete answer, whose status is below 300 or from 400 to 499
   * without 401: what those mean is the gateway's own table to say.
   *
   * @throws GatewayFailure, typed by "could the gateway have acted?", and what the caller's own `guardSending` throws;
   * nothing else
   */
  send(call: GatewayCall): Promise<GatewayAnswer>
  /** Path and query exactly as `send` writes them into the request line. */
  target(call: TargetOf): string
  /** Closes all connections; calls under way fail. */
  close(): void
}

/** One per gateway and for good: it holds the connections that are kept alive. */
export function createGatewayHttp(options: GatewayHttpOptions): GatewayHttp {
  const { gateway, onCall, readGatewayError } = options
  const clock = options.clock ?? (() => performance.now())
  const random = options.random ?? Math.random
  const sleep = options.sleep ?? ((ms, signal) => pause(ms, undefined, { signal }))
  const timeouts = { ...defaultTimeouts, ...options.timeouts }
  const retry = { ...defaultRetry, ...options.retry }
  const maxAnswerBytes = options.maxAnswerBytes ?? 1024 * 1024
  const { origin, pathname } = new URL(gatewayUrl(options.baseUrl, { name: gateway }))
  const breaker = (options.breakers ?? sharedBreakers).of(origin)
  const base: WireBase = { origin, basePath: pathname.replace(/\/+$/, "") }

  const dispatcher = gatewayConnections(timeouts, options.proxy)
  // Without any of axios' defaults, which cost time at each call: bodies go out and come in as they are.
  const client = new Axios({})
  options.configureHttp?.(client)

  async function attempt(call: GatewayCall, totalMs: number): Promise<GatewayAnswer> {
    const request = wireRequest(gateway, base, call)
    const { connectMs, bodyMs } = timeouts
    const headersMs = call.timeoutMs ?? timeouts.headersMs
    const limits = { connectMs, headersMs, bodyMs, totalMs, maxAnswerBytes }
    const name = { gateway, operation: call.operation }
    if (!call.reads) {
      await passSendingGuard()
    }
    const answer = await new Exchange(client, dispatcher, name, limits).run(
      call.method,
      request,
      call.signal
    )
    const failure = statusFailure(call, answer)
    if (failure) {
      throw failure
    }
    return answer
  }

  /** The attempt, unless the host is known to be away: then nothing is sent. */
  async function guarded(call: GatewayCall, totalMs: number): Promise<GatewayAnswer> {
    if (call.isGuess) {
      return await guessed(call, totalMs)
    }
    const entry = breaker.enter()
    if ("refusal" in entry) {
      throw circuitOpen(call, entry.refusal)
    }
    try {
      const answer = await attempt(call, totalMs)
      entry.passage.answered()
      return answer
    } catch (error) {
      entry.passage.failed(isGatewayFailure(error) ? error.reason : "invalid_request")
      throw error
    }
  }

  async function guessed(call: GatewayCall, totalMs: number): Promise<GatewayAnswer> {
    const refusal = breaker.refusal()
    if (refusal) {
      throw circuitOpen(call, refusal)
    }
    return await attempt(call, totalMs)
  }

  function circuitOpen(
    { operation }: GatewayCall,
    { retryInMs, lastReason }: Refusal
  ): GatewayNotSentError {
    const detail = `${retryInMs > 0 ? `for ${Math.ceil(retryInMs / 1_000)} s` : "while it is tried again"}, after ${lastReason}`
    return new GatewayNotSentError({ gateway, operation, reason: "circuit_open", detail })
  }

  /** What the HTTP status alone says; the rest is for the gateway to evaluate. */
  function statusFailure(call: GatewayCall, answer: GatewayAnswer): GatewayFailure | undefined {
    const { httpStatus } = answer
    const name = { gateway, operation: call.operation, httpStatus }
    if (httpStatus >= 500) {
      return new GatewayUnknownError({ ...name, ...gatewayErrorIn(answer), reason: "server_error" })
    }
    if (httpStatus === 401) {
      return new GatewayDeclinedError({
        ...name,
        ...gatewayErrorIn(answer),
        reason: "unauthorized",
      })
    }
    if (httpStatus >= 300 && httpStatus < 400) {
      return new GatewayUnknownError({ ...name, reason: "redirect" })
    }
    return undefined
  }

  function gatewayErrorIn(answer: GatewayAnswer): GatewayErrorText | undefined {
    try {
      return readGatewayError?.(answer)
    } catch {
      // An error page need not be in the gateway's own form.
      return undefined
    }
  }

  function report(
    { operation, method, path }: GatewayCall,
    what: Pick<GatewayCallRecord, "attempt" | "ms" | "outcome" | "reason" | "httpStatus" | "date">
  ): void {
    try {
      onCall?.({ gateway, operation, method, path, ...what })
    } catch {
      // A log that fails must not turn a payment that was made into an error.
    }
  }

  /** What is left for the rest of a call does not change with the wait for its answer. */
  function totalMsOf({ timeoutMs }: GatewayCall): number {
    const { headersMs, totalMs } = timeouts
    return timeoutMs === undefined ? totalMs : timeoutMs + Math.max(0, totalMs - headersMs)
  }

  async function send(call: GatewayCall): Promise<GatewayAnswer> {
    const deadline = clock() + totalMsOf(call)
    let before: GatewayFailure | undefined
    for (let count = 1; ; count++) {
      const start = clock()
      try {
        const answer = await guarded(call, Math.max(1, deadline - start))
        const { httpStatus, headers } = answer
        const ms = clock() - start
        report(call, { attempt: count, ms, outcome: "answered", httpStatus, date: headers?.date })
        return answer
      } catch (error) {
        if (!isGatewayFailure(error)) {
          throw error
        }
        const { outcome, reason, httpStatus } = error
        report(call, { attempt: count, ms: clock() - start, outcome, reason, httpStatus })
        if (reason === "circuit_open") {
          throw before ?? error // a repeat that was not sent tells less than the attempt that was
        }
        before = error
        const delay = retryDelay(retry, count, random)
        const mayRepeat = call.reads && !call.isGuess
        const again = mayRepeat && isPassing(error) && count < retry.maxAttempts
        if (!again || clock() + delay >= deadline) {
          throw error
        }
        await sleep(delay, call.signal).catch(() => undefined)
        if (call.signal?.aborted) {
          throw error
        }
      }
    }
  }

  return {
    send,
    address: `${origin}${base.basePath}`,
    target: (call) => requestTarget(gateway, base, call),
    close: () => void dispatcher.destroy(),
  }
}

type RetryPolicy = {
  /** Attempts in all, the first one included; 1 means no repeat. */
  maxAttempts: number
  /** The longest possible pause before the second attempt, in milliseconds; it doubles each time. */
  baseDelayMs: number
  /** No pause is longer, in milliseconds. */
  maxDelayMs: number
}

const defaultRetry: RetryPolicy = { maxAttempts: 3, baseDelayMs: 200, maxDelayMs: 2_000 }

/**
 * The pause before the attempt after `attempt` (from 1), in milliseconds: exponential with full
 * jitter, so that shops which failed together do not come back together.
 */
export function retryDelay(policy: RetryPolicy, attempt: number, random: () => number): number {
  return random() * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1))
}
