import { createHmac } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { FetchedToken, TokenAccount, TokenStore } from "../../../gateways/shared/access-token"
import type { HostBoard, Refusal } from "../../../gateways/shared/circuit-breaker"
import type { GatewayErrorReason } from "../../../gateways/shared/errors"
import { Secret } from "../../../gateways/shared/secret"
import { decrypt, encrypt } from "../../../shared/aes-gcm"
import { withLease } from "./leases"

const tokenTable = "gateway_access_token"

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
    const row: { encrypted: string; left_ms: number } | undefined = await this.#database(tokenTable)
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
    await this.#database(tokenTable)
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

const pauseTable = "gateway_host_pause"

/** What nobody has told anew for so long says nothing of the host any more, in milliseconds. */
const forgottenMs = 5 * 60_000

/** Tells all servers of the shop of hosts that are away, each method by one statement on the database's clock. */
export class HostPauses implements HostBoard {
  readonly #database: Knex

  constructor(database: Knex) {
    this.#database = database
  }

  async tellAway(origin: string, { retryInMs, lastReason }: Refusal): Promise<void> {
    const until = this.#database.raw("now() + ? * interval '1 millisecond'", [retryInMs])
    await this.#database(pauseTable)
      .insert({ origin, until, last_reason: lastReason })
      .onConflict("origin")
      .merge({ until, last_reason: lastReason, updated_at: this.#database.fn.now() })
  }

  async tellBack(origin: string): Promise<void> {
    await this.#database(pauseTable).where({ origin }).delete()
  }

  async read(): Promise<ReadonlyMap<string, Refusal>> {
    const rows: { origin: string; last_reason: GatewayErrorReason; retry_in_ms: number }[] =
      await this.#database(pauseTable)
        .whereRaw("until > now() - ? * interval '1 millisecond'", [forgottenMs])
        .select(
          "origin",
          "last_reason",
          this.#database.raw("(extract(epoch from until - now()) * 1000)::float8 as retry_in_ms")
        )
    return new Map(
      rows.map(({ origin, last_reason: lastReason, retry_in_ms }) => [
        origin,
        { retryInMs: Math.max(0, Number(retry_in_ms)), lastReason },
      ])
    )
  }
}

/** How fast the gateways are asked, by all servers of the shop together. */
export class GatewayPaces {
  readonly #database: Knex

  constructor(database: Knex) {
    this.#database = database
  }

  /**
   * Reserves a time of so many milliseconds in which nobody else begins a question to the provider's gateway. One
   * statement, on the database's clock.
   *
   * @returns in how many milliseconds it begins
   */
  async reserve(providerId: string, ms: number): Promise<number> {
    const { rows } = await this.#database.raw<{ rows: { wait_ms: number }[] }>(
      `insert into gateway_pace as pace (provider_id, free_at)
        values (:providerId, now() + :ms * interval '1 millisecond')
        on conflict (provider_id) do update
          set free_at = greatest(pace.free_at, now()) + :ms * interval '1 millisecond', updated_at = now()
        returning (extract(epoch from free_at - now()) * 1000 - :ms)::float8 as wait_ms`,
      { providerId, ms }
    )
    return Math.max(0, Number(rows[0]?.wait_ms ?? 0))
  }
}
