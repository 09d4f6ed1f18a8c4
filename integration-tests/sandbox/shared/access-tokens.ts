interface AccessTokensOptions {
  readonly now: () => number
  /** @param expiresAt epoch, milliseconds */
  readonly newToken: (expiresAt: number) => string
  /** Makes the gateway's "no". */
  readonly refuse: (problem: "TOKEN_MISSING" | "TOKEN_INVALID" | "TOKEN_EXPIRED") => Error
}

/** The tokens that a gateway gave out, each until its end. */
export class AccessTokens {
  readonly #expiries = new Map<string, number>()

  constructor(private readonly options: AccessTokensOptions) {}

  issue(lifeMs: number): { readonly token: string; readonly expiresAt: number } {
    const expiresAt = this.options.now() + lifeMs
    const token = this.options.newToken(expiresAt)
    this.#expiries.set(token, expiresAt)
    return { token, expiresAt }
  }

  /** @throws {Error} the gateway's "no" */
  check(token: string | undefined): void {
    const { now, refuse } = this.options
    if (!token) throw refuse("TOKEN_MISSING")
    const expiresAt = this.#expiries.get(token)
    if (expiresAt === undefined) throw refuse("TOKEN_INVALID")
    if (expiresAt <= now()) throw refuse("TOKEN_EXPIRED")
  }

  /** Every token given out so far is unknown from now on, as after a change of keys. */
  revokeAll(): void {
    this.#expiries.clear()
  }
}
