import { GatewayError, GatewayNotSentError } from "./errors"
import { Secret } from "./secret"

export type FetchedToken = {
  token: Secret | string
  /** From when it was asked for, in milliseconds. */
  lifetimeMs: number
}

export type AccessTokenOptions = {
  gateway: string
  /** The word for the fetch in errors that do not bring their own; default `fetchToken`. */
  operation?: string
  fetch: () => Promise<FetchedToken>
  /** No token is used for longer, in milliseconds, whatever its own lifetime. */
  maxLifetimeMs?: number
  /** The last part of the lifetime in which a new token is fetched in the background; default 0.2. */
  refreshAheadRatio?: number
  /** After a failed background refresh, how long until the next try, in milliseconds. */
  refreshPauseMs?: number
  /** Milliseconds that only go forward. */
  clock?: () => number
  /** Where it is shared with others; without one it is this source's alone. */
  shared?: { store: TokenStore; account: TokenAccount }
}

export type AccessTokenSource = {
  /**
   * Makes the call with a valid token. Where the gateway rejects the token (HTTP 401), a new one
   * is fetched and the call is made once more, which is safe for money calls too: a request that
   * was refused for its token did nothing.
   *
   * @throws what the call throws; GatewayNotSentError (`no_token`) where no token could be had,
   * because then the call itself was surely not made
   */
  withToken<T>(call: (token: Secret) => Promise<T>): Promise<T>
}

type HeldToken = { token: Secret; expiresAt: number; refreshAt: number }

/** One token for everybody: all who wait for it share one fetch. */
export function createAccessTokenSource(options: AccessTokenOptions): AccessTokenSource {
  const { refreshAheadRatio = 0.2, refreshPauseMs = 5_000 } = options
  const clock = options.clock ?? (() => performance.now())
  const maxLifetimeMs = options.maxLifetimeMs ?? Infinity
  let held: HeldToken | undefined
  let fetching: Promise<HeldToken> | undefined
  /** The last token there was: another one is wanted. */
  let spent: Secret | undefined

  async function withToken<T>(call: (token: Secret) => Promise<T>): Promise<T> {
    const first = await validToken()
    try {
      return await call(first.token)
    } catch (error) {
      if (!(error instanceof GatewayError) || !error.isUnauthorized) {
        throw error
      }
      // Others may have been rejected with the same token and have renewed it already.
      if (held === first) {
        held = undefined
      }
      const second = await validToken()
      return call(second.token)
    }
  }

  function validToken(): Promise<HeldToken> | HeldToken {
    const now = clock()
    if (held === undefined || now >= held.expiresAt) {
      return fetchOnce()
    }
    if (now >= held.refreshAt && fetching === undefined) {
      refreshInBackground(held)
    }
    return held
  }

  function refreshInBackground(old: HeldToken): void {
    fetchOnce().catch(() => {
      // The old one still lives. Whoever needs a token after it gets the error of a fetch of their own.
      old.refreshAt = clock() + refreshPauseMs
    })
  }

  function fetchOnce(): Promise<HeldToken> {
    fetching ??= fetchToken().finally(() => {
      fetching = undefined
    })
    return fetching
  }

  async function fetchToken(): Promise<HeldToken> {
    let askedAt = clock()
    const fetch = async () => {
      // What another server fetched has the time that it has left now.
      askedAt = clock()
      const { token, lifetimeMs } = await options.fetch()
      return { token, lifetimeMs: usedFor(lifetimeMs) }
    }
    try {
      const { shared } = options
      const { token, lifetimeMs } = shared
        ? await shared.store.renew(shared.account, spent, fetch)
        : await fetch()
      held = hold(token, askedAt, usedFor(lifetimeMs))
      spent = held.token
      return held
    } catch (error) {
      throw noToken(error)
    }
  }

  /** A lifetime that makes no sense counts as none: it serves those who wait and is not kept. */
  function usedFor(lifetimeMs: number): number {
    return lifetimeMs > 0 ? Math.min(lifetimeMs, maxLifetimeMs) : 0
  }

  function hold(token: Secret | string, askedAt: number, lifetime: number): HeldToken {
    return {
      token: typeof token === "string" ? Secret.of(token) : token,
      expiresAt: askedAt + lifetime,
      refreshAt: askedAt + lifetime * (1 - refreshAheadRatio),
    }
  }

  function noToken(error: unknown): GatewayNotSentError {
    const { gateway, operation = "fetchToken" } = options
    if (!(error instanceof GatewayError)) {
      const causeCode = error instanceof Error ? error.name : undefined
      return new GatewayNotSentError({ gateway, operation, reason: "no_token", causeCode })
    }
    const { code, gatewayMessage, httpStatus, reason } = error
    const isForeign = error.setUpFault === "address"
    return new GatewayNotSentError({
      gateway,
      operation: error.operation,
      reason: "no_token",
      detail: reason,
      tokenReason: reason,
      isForeign,
      code,
      gatewayMessage,
      httpStatus,
      causeCode: error.causeCode,
    })
  }

  return { withToken }
}

/** Where the servers of one shop leave each other their access tokens. */

/** Whose token it is: what the gateway at an address knows the shop by. A test's host knows nothing of a live one's token. */
export type TokenAccount = { gateway: string; address: string; user: string; secret: Secret }

export type TokenStore = {
  /**
   * The token that another server has fetched meanwhile, else the one that `fetch` brings: one server at a time
   * fetches, and all others get what it brought.
   *
   * @param spent the token that is not to be used any more
   * @throws what `fetch` throws
   */
  renew(
    account: TokenAccount,
    spent: Secret | undefined,
    fetch: () => Promise<FetchedToken>
  ): Promise<FetchedToken>
}

/** Keeps nothing until it is told where: then each server, and each provider of the same account, has the same token. */
class SharedTokens implements TokenStore {
  #store: TokenStore | undefined

  keepIn(store: TokenStore): void {
    this.#store = store
  }

  async renew(...[account, spent, fetch]: Parameters<TokenStore["renew"]>): Promise<FetchedToken> {
    return this.#store ? await this.#store.renew(account, spent, fetch) : await fetch()
  }
}

/** Of this process. */
export const sharedTokens = new SharedTokens()
