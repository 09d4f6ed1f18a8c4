import {
  createAccessTokenSource,
  type AccessTokenSource,
  type FetchedToken,
} from "../shared/access-token"
import { GatewayError } from "../shared/errors"
import { Secret } from "../shared/secret"
import { paymentzGateway } from "./operation"

/** Both calls answer with a new token. */
export type TokenCalls = {
  authToken(): Promise<string>
  regenerateToken(token: Secret): Promise<string>
}

/** One hour (Paymentz, "Authentication Token"). */
const lifetimeMs = 60 * 60_000

/**
 * Tokens that follow one another: while the last one lives, the next is made of it, and else from the
 * credentials.
 *
 * Assumption: a token that is not accepted any more is answered with HTTP 401.
 */
export function createTokenSource(
  calls: TokenCalls,
  clock: () => number = () => performance.now()
): AccessTokenSource {
  let last: { token: Secret; expiresAt: number } | undefined
  const source = createAccessTokenSource({
    gateway: paymentzGateway,
    operation: "authToken",
    fetch: fetchToken,
    clock,
  })

  async function fetchToken(): Promise<FetchedToken> {
    const askedAt = clock()
    const token = Secret.of((await regenerated(askedAt)) ?? (await calls.authToken()))
    last = { token, expiresAt: askedAt + lifetimeMs }
    return { token, lifetimeMs }
  }

  /** The credentials are always good for a token, whatever keeps the old one from being renewed. */
  async function regenerated(now: number): Promise<string | undefined> {
    if (!last || now >= last.expiresAt) {
      return undefined
    }
    try {
      return await calls.regenerateToken(last.token)
    } catch (error) {
      if (error instanceof GatewayError) {
        return undefined
      }
      throw error
    }
  }

  /** A token that was rejected is dead, and nothing can be made of it. */
  function forget(token: Secret): void {
    if (last?.token === token) {
      last = undefined
    }
  }

  return {
    withToken: (call) =>
      source.withToken(async (token) => {
        try {
          return await call(token)
        } catch (error) {
          if (error instanceof GatewayError && error.isUnauthorized) {
            forget(token)
          }
          throw error
        }
      }),
  }
}
