import { Refusal } from "./refusal"

const BEARER = /^Bearer (\S+)$/

/** KESS, Get API Token: "This token will expire in a minute". */
export class BearerTokens {
  readonly #expiries = new Map<string, number>()
  readonly #now: () => number
  readonly #randomId: () => string

  constructor(now: () => number, randomId: () => string) {
    this.#now = now
    this.#randomId = randomId
  }

  issue(lifeMs: number): string {
    const token = `eyJ0eXAiOiJKV1QifQ.${this.#randomId()}`
    this.#expiries.set(token, this.#now() + lifeMs)
    return token
  }

  /** @throws {Refusal} for the header `Authorization` of a call. */
  check(authorization: string | undefined): void {
    const [, token] = BEARER.exec(authorization ?? "") ?? []
    if (token === undefined) throw new Refusal("TOKEN_MISSING")
    const expiresAt = this.#expiries.get(token)
    if (expiresAt === undefined) throw new Refusal("TOKEN_INVALID")
    if (expiresAt <= this.#now()) throw new Refusal("TOKEN_EXPIRED")
  }

  /** Every token issued so far is unknown from now on, as after a change of the password. */
  revokeAll(): void {
    this.#expiries.clear()
  }
}
