/** Where the servers of one shop leave each other their access tokens. */

import type { FetchedToken } from "./access-token"
import type { Secret } from "./secret"

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
