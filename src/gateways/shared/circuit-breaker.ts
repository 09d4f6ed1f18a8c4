/** Leaves a host alone for a while that does not answer; see docs/decisions/circuit-breaker.md. */

import { type GatewayErrorReason, hostSign } from "./errors"

/** The breakers of all hosts, by their origin such as `https://api.acme.example`. */
export type CircuitBreakers = {
  of(origin: string): CircuitBreaker
  /** From now on they learn from what the breakers of other servers tell there, and tell what they find themselves. */
  shareOn(board: HostBoard): void
}

/** Where the servers of one shop tell each other which hosts are away. */
export type HostBoard = {
  tellAway(origin: string, refusal: Refusal): Promise<void>
  tellBack(origin: string): Promise<void>
  /** By origin; `retryInMs` is zero where the pause is over and nobody has told that the host is back. */
  read(): Promise<ReadonlyMap<string, Refusal>>
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
  const breakers = new Map<string, LearningBreaker>()
  let board: HostBoard | undefined
  let lookAgainAt = 0
  let tellings = 0

  function tell(telling: (board: HostBoard) => Promise<void>): Promise<void> | undefined {
    // A look that was begun before it was told, or meanwhile, may not have seen it.
    tellings += 1
    return board && telling(board).finally(() => (tellings += 1))
  }

  /** Never waited for: what it finds is known to the next call. Where the board can't be read, each server is alone. */
  async function look(from: HostBoard): Promise<void> {
    const before = tellings
    const away = await from.read()
    if (tellings === before) {
      breakers.forEach((breaker, origin) => breaker.learn(away.get(origin)))
    }
  }

  return {
    of: (origin) => {
      const known = breakers.get(origin)
      if (known) {
        return known
      }
      const breaker = createCircuitBreaker({ ...defaultBreaker, ...policy }, clock, {
        onEnter: () => {
          if (board && clock() >= lookAgainAt) {
            lookAgainAt = clock() + lookEveryMs
            void look(board).catch(() => undefined)
          }
        },
        tellAway: (refusal) => tell((board) => board.tellAway(origin, refusal)),
        tellBack: () => tell((board) => board.tellBack(origin)),
      })
      breakers.set(origin, breaker)
      return breaker
    },
    shareOn: (shared) => {
      board = shared
    },
  }
}

/** Only while there are calls, in milliseconds. */
const lookEveryMs = 1_000

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

type Closed = { type: "closed"; failures: number }

type State =
  | Closed
  /**
   * - `isShared`: other servers know of it, and tell when the host is back
   * - `insteadOf`: as it was until others told so, while calls of it may still be under way
   */
  | ({ type: "open"; isShared?: boolean; insteadOf?: Closed } & Away)
  | { type: "trial"; lastReason: GatewayErrorReason; isShared?: boolean }

/** That a host is away until then, in milliseconds of the breaker's clock. */
type Away = { until: number; lastReason: GatewayErrorReason }

/** What a breaker that is shared with other servers does beside its own work; it waits for none of it. */
type Sharing = {
  onEnter(): void
  tellAway(refusal: Refusal): Promise<void> | undefined
  tellBack(): Promise<void> | undefined
}

const alone: Sharing = { onEnter: () => {}, tellAway: () => undefined, tellBack: () => undefined }

type LearningBreaker = CircuitBreaker & {
  /** What the others know: undefined where none has told that the host is away, or one that it is back. */
  learn(away: Refusal | undefined): void
}

/**
 * Spares a host that is away, and everybody who would wait for it. Nothing but silence and errors of the
 * host's own opens it: a gateway that declines is there. It never says anything about a call that was sent.
 *
 * @param clock milliseconds that only go forward
 */
export function createCircuitBreaker(
  policy: BreakerPolicy,
  clock: () => number,
  sharing: Sharing = alone
): LearningBreaker {
  let state: State = { type: "closed", failures: 0 }
  /** When the host last answered here. */
  let answeredAt = Number.NEGATIVE_INFINITY
  /** What others have found that this server was answered in spite of; it may be their own network. */
  let doubted: Away | undefined

  function enter(): { passage: Passage } | { refusal: Refusal } {
    sharing.onEnter()
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
        state = { type: "trial", lastReason: state.lastReason, isShared: state.isShared }
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
      answered() {
        if (state === entered) {
          close()
        } else {
          answeredInSpite(entered)
        }
      },
      failed(reason) {
        if (state === entered) {
          fail(reason)
        } else if (hostSign(reason) === "there") {
          answeredInSpite(entered)
        }
      },
    }
  }

  /** Others told that the host is away while a call of this server's was under way, which the host answered. */
  function answeredInSpite(entered: State): void {
    if (state.type === "open" && state.insteadOf && state.insteadOf === entered) {
      const { until, lastReason } = state
      doubted = { until, lastReason }
      answeredAt = clock()
      state = { type: "closed", failures: 0 }
    }
  }

  function close(): void {
    answeredAt = clock()
    if (state.type !== "closed") {
      sharing.tellBack()?.catch(() => undefined)
    }
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
          state = { ...state, type: "open", until: clock() }
        }
        return
      case "away":
        failAway(reason)
    }
  }

  function failAway(lastReason: GatewayErrorReason): void {
    if (state.type === "closed" && doubted && doubted.until > clock()) {
      believe(doubted)
    } else if (state.type === "closed" && state.failures + 1 < policy.failures) {
      // The same object, so that calls which began together all count.
      state.failures += 1
    } else {
      const { pauseMs: retryInMs } = policy
      const open: State = { type: "open", until: clock() + retryInMs, lastReason }
      state = open
      sharing.tellAway({ retryInMs, lastReason })?.then(
        () => (open.isShared = true),
        () => undefined
      )
    }
  }

  /** Where the host answers here, others may have a fault of their own: they are believed at the first failure here. */
  function learn(away: Refusal | undefined): void {
    doubted = undefined
    if (away) {
      const found = { until: clock() + away.retryInMs, lastReason: away.lastReason }
      if (state.type === "closed" && state.failures === 0 && isAnswered()) {
        doubted = found
      } else if (state.type === "closed") {
        believe(found, state)
      } else if (state.type === "open" && found.until > state.until) {
        believe(found, state.insteadOf)
      }
    } else if (state.type !== "closed" && state.isShared) {
      state = { type: "closed", failures: 0 }
    }
  }

  function believe(found: Away, insteadOf?: Closed): void {
    doubted = undefined
    state = { type: "open", ...found, isShared: true, insteadOf }
  }

  /** Within the length of a pause. */
  function isAnswered(): boolean {
    return clock() - answeredAt < policy.pauseMs
  }

  return { enter, refusal, learn }
}
