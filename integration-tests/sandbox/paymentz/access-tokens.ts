import { createHmac } from "node:crypto"
import { Refusal } from "./refusal"

/** Tokens that look like JSON Web Tokens and, as those, say themselves when they end. */
export class AccessTokens {
  readonly #expiries = new Map<string, number>()

  constructor(
    private readonly now: () => number,
    private readonly randomId: () => string
  ) {}

  issue(username: string, lifeMs: number): string {
    const expiresAt = this.now() + lifeMs
    const token = jsonWebToken(
      { sub: username, role: "merchant", exp: Math.floor(expiresAt / 1000), jti: this.randomId() },
      this.randomId()
    )
    this.#expiries.set(token, expiresAt)
    return token
  }

  /** @throws {Refusal} */
  check(token: string | undefined): void {
    if (!token) throw new Refusal("TOKEN_MISSING")
    const expiresAt = this.#expiries.get(token)
    if (expiresAt === undefined) throw new Refusal("TOKEN_INVALID")
    if (expiresAt <= this.now()) throw new Refusal("TOKEN_EXPIRED")
  }

  /** Every token given out so far is unknown from now on, as after a change of keys. */
  revokeAll(): void {
    this.#expiries.clear()
  }
}

function jsonWebToken(payload: object, key: string): string {
  const encoded = [{ typ: "JWT", alg: "HS256" }, payload].map((part) =>
    Buffer.from(JSON.stringify(part), "utf8").toString("base64url")
  )
  const signature = createHmac("sha256", key).update(encoded.join(".")).digest("base64url")
  return [...encoded, signature].join(".")
}
