import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Logger } from "@medusajs/framework/types"
import { announceOn, type Announce, type EventBus } from "../../shared/events"
import { newUlid } from "../../shared/new-id"
import { PAYOUT_PROVIDERS, PayoutProviders } from "./load-providers"
import { parsePayoutOptions, type PayoutOptions } from "./options"
import { KeyRing } from "./crypto/keys"

/** What every step of a payout works with. */
export type PayoutContext = {
  database: Knex
  options: PayoutOptions
  providers: PayoutProviders
  keys: KeyRing
  log: Pick<Logger, "info" | "warn" | "error">
  announce: Announce
  /**
   * The server's own clock, which is also what ends a claim: a time of the database's would be a statement more in each
   * of a payout's transactions.
   *
   * Assumption: the clocks of a shop's servers agree within twenty seconds. Where one is ahead of another by more, it can
   * take what that one is sending for given up: the payout becomes `unknown` and is asked about, and is never sent again.
   */
  now: () => Date
  /** How long a transaction waits for a lock, in milliseconds. */
  lockTimeoutMs: number
  /** Each greater than the one before, so that rows of one transaction sort by their ids as they were made. */
  newUlid: () => string
}

/** What Medusa puts into the module's container, and the loader besides: each provider under its id. */
export type PayoutCradle = {
  logger: Logger
  __pg_connection__: Knex
  event_bus?: EventBus
  [PAYOUT_PROVIDERS]: string[]
} & Record<string, unknown>

/** Locks are held for a handful of statements, or by an import; who waits this long waits for something broken. */
const lockTimeoutMs = 15_000

/** @throws MedusaError invalid_data for options that can't be used */
export function payoutContext(
  cradle: PayoutCradle,
  moduleOptions: Record<string, unknown> | undefined
): PayoutContext {
  const options = parsePayoutOptions(moduleOptions)
  return {
    database: cradle.__pg_connection__,
    options,
    providers: PayoutProviders.in(cradle, cradle[PAYOUT_PROVIDERS]),
    keys: new KeyRing(options.encryption),
    log: cradle.logger,
    announce: announceOn(cradle.event_bus, cradle.logger),
    now: () => new Date(),
    lockTimeoutMs,
    newUlid,
  }
}
