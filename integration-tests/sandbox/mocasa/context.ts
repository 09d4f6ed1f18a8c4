import type { Later } from "../shared/later"
import type { AccessTokens } from "./access-tokens"
import type { Notifier } from "./notifier"
import type { MocasaOrder, Orders } from "./orders"
import type { Payouts } from "./payouts"
import type { MocasaSettings } from "./settings"

export interface MocasaCredentials {
  readonly clientKey: string
  readonly clientSecret: string
  /** What webhooks are signed with. Assumption: the clientSecret, where the vendor only says "your secret". */
  readonly webhookSecret: string
}

/** What the routes work on. */
export interface MocasaContext {
  readonly credentials: MocasaCredentials
  readonly settings: () => MocasaSettings
  readonly tokens: AccessTokens
  readonly orders: Orders
  readonly payouts: Payouts
  readonly notifier: Notifier
  readonly later: Later
  readonly paymentLink: (order: MocasaOrder) => string
}
