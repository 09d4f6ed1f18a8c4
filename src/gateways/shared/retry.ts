import type { GatewayErrorReason, GatewayFailure } from "./gateway-error"

export type RetryPolicy = {
  /** Attempts in all, the first one included; 1 means no repeat. */
  maxAttempts: number
  /** The longest possible pause before the second attempt, in milliseconds; it doubles each time. */
  baseDelayMs: number
  /** No pause is longer, in milliseconds. */
  maxDelayMs: number
}

export const defaultRetry: RetryPolicy = { maxAttempts: 3, baseDelayMs: 200, maxDelayMs: 2_000 }

/**
 * The pause before the attempt after `attempt` (from 1), in milliseconds: exponential with full
 * jitter, so that shops which failed together do not come back together.
 */
export function retryDelay(policy: RetryPolicy, attempt: number, random: () => number): number {
  return random() * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1))
}

/** Whether the same reading call may fare better a moment later. */
export function isPassing(failure: GatewayFailure): boolean {
  return passing[failure.reason]
}

const passing: Readonly<Record<GatewayErrorReason, boolean>> = {
  refused: true,
  unreachable: true,
  dns: true,
  connect_timeout: true,
  headers_timeout: true,
  body_timeout: true,
  reset: true,
  cut_short: true,
  server_error: true,
  network: true,
  // The caller has no time left, or no wish.
  total_timeout: false,
  aborted: false,
  // The same again would come of it.
  invalid_request: false,
  tls: false,
  redirect: false,
  too_large: false,
  unreadable: false,
  mismatch: false,
  unlisted_code: false,
  declined: false,
  // Renewed by the access token, which repeats the call itself.
  unauthorized: false,
  no_token: false,
  // The pause before the next trial is longer than any before a repeat.
  circuit_open: false,
}
