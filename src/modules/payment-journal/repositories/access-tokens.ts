import { createHmac } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { FetchedToken } from "../../../gateways/shared/access-token"
import { Secret } from "../../../gateways/shared/secret"
import type { TokenAccount, TokenStore } from "../../../gateways/shared/token-store"
import { decrypt, encrypt } from "../../../shared/aes-gcm"
import { withLease } from "./leases"

const table = "gateway_access_token"

/** So long a server waits for another one's fetch, in milliseconds: longer than a fetch takes with its repeats. */
const patienceMs = 30_000

/**
 * The access tokens of all servers of the shop, so that none fetches one that ends the token which another uses. They are
 * encrypted under the account's own secret, by which anybody could fetch one as well.
 */
export class SharedAccessTokens implements TokenStore {
  readonly #database: Knex

  constructor(database: Knex) {
    this.#database = database
  }

  async renew(
    account: TokenAccount,
    spent: Secret | undefined,
    fetch: () => Promise<FetchedToken>
  ): Promise<FetchedToken> {
    const key = keyed(account, "name").toString("hex")
    const encryptionKey = keyed(account, "encryption")
    return await withLease(
      this.#database,
      `access-token:${key}`,
      async () => {
        const shared = await this.#read(key, encryptionKey)
        if (shared && shared.token.reveal() !== spent?.reveal()) {
          return shared
        }
        const fetched = await fetch()
        await this.#write(key, encryptionKey, fetched)
        return fetched
      },
      { patienceMs }
    )
  }

  async #read(
    key: string,
    encryptionKey: Buffer
  ): Promise<{ token: Secret; lifetimeMs: number } | undefined> {
    const row: { encrypted: string; left_ms: number } | undefined = await this.#database(table)
      .where({ key })
      .where("expires_at", ">", this.#database.fn.now())
      .select(
        "encrypted",
        this.#database.raw("(extract(epoch from expires_at - now()) * 1000)::float8 as left_ms")
      )
      .first()
    const text = row && decrypted(encryptionKey, key, row.encrypted)
    return row && text !== undefined
      ? { token: Secret.of(text), lifetimeMs: Number(row.left_ms) }
      : undefined
  }

  /** With the time that is left of its life now; one without a life is of use to nobody else. */
  async #write(
    key: string,
    encryptionKey: Buffer,
    { token, lifetimeMs }: FetchedToken
  ): Promise<void> {
    const text = typeof token === "string" ? token : token.reveal()
    const encrypted = encrypt(encryptionKey, key, text)
    const expires_at = this.#database.raw("now() + ? * interval '1 millisecond'", [
      Math.max(0, lifetimeMs),
    ])
    await this.#database(table)
      .insert({ key, encrypted, expires_at })
      .onConflict("key")
      .merge({ encrypted, expires_at, updated_at: this.#database.fn.now() })
  }
}

/** Undefined where somebody has changed it: then it is fetched anew. */
function decrypted(encryptionKey: Buffer, key: string, encrypted: string): string | undefined {
  try {
    return decrypt(encryptionKey, key, encrypted)
  } catch {
    return undefined
  }
}

/** Another one for each use, of which neither the secret nor the other can be found. */
function keyed(
  { gateway, address, user, secret }: TokenAccount,
  use: "name" | "encryption"
): Buffer {
  return createHmac("sha256", secret.reveal())
    .update(JSON.stringify(["medusa-regional-payments access token", use, gateway, address, user]))
    .digest()
}
