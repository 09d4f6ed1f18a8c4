/** Leaves a host alone for a while that does not answer; see docs/decisions/circuit-breaker.md. */

import { type GatewayErrorReason, hostSign } from "./errors"

/** The breakers of all hosts, by their origin such as `https://api.acme.example`. */
export type CircuitBreakers = {
  of(origin: string): CircuitBreaker
}

/**
 * One breaker for each host: whoever calls it learns from all others that it is away. Never forgets one: a
 * shop has a handful of hosts.
 *
 * @param clock milliseconds that only go forward
 */
export function createCircuitBreakers(
  policy: Partial<BreakerPolicy> = {},
  clock: () => number = () => performance.now()
): CircuitBreakers {
  const breakers = new Map<string, CircuitBreaker>()
  return {
    of: (origin) => {
      const breaker =
        breakers.get(origin) ?? createCircuitBreaker({ ...defaultBreaker, ...policy }, clock)
      breakers.set(origin, breaker)
      return breaker
    },
  }
}

/** Of this process: a gateway's payments and payouts, and all providers at one host, share its breaker. */
export const sharedBreakers = createCircuitBreakers()

type BreakerPolicy = {
  /** So many failures in a row that say the host is away open the breaker. */
  failures: number
  /** How long nothing is sent then, in milliseconds; after it one call is let through as a trial. */
  pauseMs: number
}

const defaultBreaker: BreakerPolicy = { failures: 10, pauseMs: 10_000 }

/** A call that was let through; it tells once how it ended. */
export type Passage = {
  /** The host answered, whatever it said. */
  answered(): void
  failed(reason: GatewayErrorReason): void
}

/** Milliseconds until a trial, at the longest; zero while another call is on trial. */
export type Refusal = { retryInMs: number; lastReason: GatewayErrorReason }

export type CircuitBreaker = {
  /** Decides without waiting, so that a refused call was surely not sent. */
  enter(): { passage: Passage } | { refusal: Refusal }
  /** Why a call that counts for nothing is refused: it can't be the trial either. Undefined while all is well. */
  refusal(): Refusal | undefined
}

type State =
  | { type: "closed"; failures: number }
  | { type: "open"; until: number; lastReason: GatewayErrorReason }
  | { type: "trial"; lastReason: GatewayErrorReason }

/**
 * Spares a host that is away, and everybody who would wait for it. Nothing but silence and errors of the
 * host's own opens it: a gateway that declines is there. It never says anything about a call that was sent.
 *
 * @param clock milliseconds that only go forward
 */
export function createCircuitBreaker(policy: BreakerPolicy, clock: () => number): CircuitBreaker {
  let state: State = { type: "closed", failures: 0 }

  function enter(): { passage: Passage } | { refusal: Refusal } {
    switch (state.type) {
      case "closed":
        return { passage: passage(state) }
      case "trial":
        return { refusal: refusalOf(state) }
      case "open": {
        const refused = refusalOf(state)
        if (refused.retryInMs > 0) {
          return { refusal: refused }
        }
        state = { type: "trial", lastReason: state.lastReason }
        return { passage: passage(state) }
      }
    }
  }

  function refusal(): Refusal | undefined {
    return state.type === "closed" ? undefined : refusalOf(state)
  }

  function refusalOf(away: Exclude<State, { type: "closed" }>): Refusal {
    const retryInMs = away.type === "open" ? Math.max(0, away.until - clock()) : 0
    return { retryInMs, lastReason: away.lastReason }
  }

  /** Calls that were let through before the breaker opened, or closed again, tell of another time. */
  function passage(entered: State): Passage {
    return {
      answered: () => {
        if (state === entered) {
          close()
        }
      },
      failed: (reason) => {
        if (state === entered) {
          fail(reason)
        }
      },
    }
  }

  function close(): void {
    if (state.type !== "closed" || state.failures > 0) {
      state = { type: "closed", failures: 0 }
    }
  }

  function fail(reason: GatewayErrorReason): void {
    switch (hostSign(reason)) {
      case "there":
        close()
        return
      case "nothing":
        if (state.type === "trial") {
          // It did not get as far as the host: the next call is the trial.
          state = { type: "open", until: clock(), lastReason: state.lastReason }
        }
        return
      case "away":
        failAway(reason)
    }
  }

  function failAway(lastReason: GatewayErrorReason): void {
    if (state.type === "closed" && state.failures + 1 < policy.failures) {
      // The same object, so that calls which began together all count.
      state.failures += 1
    } else {
      state = { type: "open", until: clock() + policy.pauseMs, lastReason }
    }
  }

  return { enter, refusal }
}
