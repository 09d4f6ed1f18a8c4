import type { Later } from "../shared/later"
import type { Ledger } from "../shared/ledger"
import type { Notifier } from "./notifier"
import type { CashyOrder } from "./order"
import type { Orders } from "./orders"
import type { Payouts } from "./payouts"
import type { CashySettings } from "./settings"
import type { Way } from "./words"

export interface CashyCredentials {
  /** Digits. */
  readonly merchantId: string
  readonly apiKey: string
  /** What webhooks are signed with: the apiKey, or the one before it while the key is being changed. */
  readonly webhookKey: string
}

/** How the shopper can pay an order; null where not this way. */
export type Links = Readonly<Record<Way, string | null>>

/** What the routes work on. */
export interface CashyContext {
  readonly credentials: CashyCredentials
  readonly settings: () => CashySettings
  readonly orders: Orders
  readonly payouts: Payouts
  readonly notifier: Notifier
  readonly ledger: Pick<Ledger, "entries">
  readonly later: Later
  readonly links: (order: CashyOrder) => Links
}
