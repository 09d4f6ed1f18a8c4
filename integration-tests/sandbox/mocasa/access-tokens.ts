import { Refusal } from "./refusal"

/**
 * How `expireTime` is to be read: Mocasa's page ("Authorization") calls it a number and names no unit.
 */
export type ExpireTimeReading = "epoch-ms" | "epoch-s" | "lifetime-s"

export interface AccessToken {
  readonly accessToken: string
  readonly expireTime: number
}

export class AccessTokens {
  readonly #expiries = new Map<string, number>()
  readonly #now: () => number
  readonly #randomId: () => string

  constructor(now: () => number, randomId: () => string) {
    this.#now = now
    this.#randomId = randomId
  }

  issue(lifeMs: number, reading: ExpireTimeReading): AccessToken {
    const accessToken = this.#randomId()
    const expiresAt = this.#now() + lifeMs
    this.#expiries.set(accessToken, expiresAt)
    return { accessToken, expireTime: expireTime(expiresAt, lifeMs, reading) }
  }

  /** @throws {Refusal} */
  check(accessToken: string | undefined): void {
    if (!accessToken) throw new Refusal("TOKEN_MISSING")
    const expiresAt = this.#expiries.get(accessToken)
    if (expiresAt === undefined) throw new Refusal("TOKEN_INVALID")
    if (expiresAt <= this.#now()) throw new Refusal("TOKEN_EXPIRED")
  }

  /** Every token issued so far is unknown from now on, as after a change of keys. */
  revokeAll(): void {
    this.#expiries.clear()
  }
}

function expireTime(expiresAt: number, lifeMs: number, reading: ExpireTimeReading): number {
  switch (reading) {
    case "epoch-ms":
      return expiresAt
    case "epoch-s":
      return Math.floor(expiresAt / 1000)
    case "lifetime-s":
      return Math.floor(lifeMs / 1000)
  }
}
