/** Holding on to what one server works on: it renews what it has, and a server that dies keeps it no longer. */

import { MedusaError } from "@medusajs/framework/utils"

/** For how long a lease holds without being renewed, in milliseconds: a dead server keeps it no longer. */
export const leaseMs = 20_000

/**
 * Another owner may have taken over: what is not written yet must not be written any more. It is answered with HTTP 409
 * and its own message, which Medusa does by these three fields (as of its body parser, by the npm package http-errors).
 * A workflow hands on a copy without its class, which the type makes HTTP 400 with the same message.
 */
export class LeaseLostError extends MedusaError {
  readonly expose = true
  readonly status = 409
  readonly statusCode = 409

  constructor(keys: readonly string[]) {
    super(
      MedusaError.Types.NOT_ALLOWED,
      `The work on ${keys.join(", ")} was stopped before its end: this server or its database stood still for so long ` +
        "that another server may have gone on with it. Nothing more was done here. Look in a minute at what has become " +
        "of it, and repeat only what is still missing"
    )
  }
}

/**
 * Holds on to rows that were claimed until a time of their own, which each renewal moves on: as long as they have the
 * time that this server wrote, nobody has taken them over.
 */
export class HeldClaim {
  readonly #references: readonly string[]
  readonly #renew: (until: Date) => Promise<Date | undefined>
  readonly #ttlMs: number
  readonly #stop: () => void
  #until: Date
  /** One renewal after the other: the next has to know the time that the last one wrote. */
  #renewing: Promise<boolean> = Promise.resolve(true)

  constructor(
    references: readonly string[],
    until: Date,
    renew: (until: Date) => Promise<Date | undefined>,
    ttlMs: number = leaseMs
  ) {
    this.#references = references
    this.#until = until
    this.#renew = renew
    this.#ttlMs = ttlMs
    this.#stop = renewEvery(ttlMs / 3, () => this.renew())
  }

  /** False where none of them is held any more. */
  renew(): Promise<boolean> {
    const renewed = async () => {
      const until = await this.#renew(this.#until)
      this.#until = until ?? this.#until
      return until !== undefined
    }
    this.#renewing = this.#renewing.then(renewed, renewed)
    return this.#renewing
  }

  /**
   * Renews it now. To be called right before what must not be done twice.
   *
   * @throws LeaseLostError where another server has taken all of it over
   */
  async ensureHeld(): Promise<void> {
    if (!(await renewFreshly(this.#ttlMs, () => this.renew()))) {
      throw new LeaseLostError(this.#references)
    }
  }

  stop(): void {
    this.#stop()
  }
}

/** When something was asked, by both clocks of this server, in milliseconds. */
export type Moment = { wall: number; steady: number }

export function momentNow(): Moment {
  return { wall: Date.now(), steady: performance.now() }
}

/**
 * How long ago a moment was, in milliseconds: the longer of what the two clocks say, because one may be set and the
 * other may stand still with the machine. Infinity where the one that can be set was set back.
 */
export function elapsedSince({ wall, steady }: Moment): number {
  const byWall = Date.now() - wall
  return byWall < 0 ? Infinity : Math.max(byWall, performance.now() - steady)
}

/**
 * Renews again where the answer took so long that the time it gives may be over: a server that stood still while it came
 * reads of a claim that another may have taken over since. The server's own clock will do, and goes on while it stands still.
 *
 * @returns what the last renewal said
 */
export async function renewFreshly(ttlMs: number, renew: () => Promise<boolean>): Promise<boolean> {
  for (;;) {
    const askedAt = Date.now()
    if (!(await renew())) {
      return false
    }
    if (Date.now() - askedAt < ttlMs / 2) {
      return true
    }
  }
}

/** Until the function that it returns is called. Where one renewal fails, the next may still come in time. */
export function renewEvery(intervalMs: number, renew: () => Promise<boolean>): () => void {
  const timer = setInterval(() => void renew().catch(() => undefined), intervalMs).unref()
  return () => clearInterval(timer)
}
