import type { BearerTokens } from "./bearer-tokens"
import type { CodePayments } from "./code-payments"
import type { Orders } from "./orders"
import type { KessPaths } from "./paths"
import type { Refunds } from "./refunds"
import type { KessSettings } from "./settings"

/** What the merchant has from KESS. */
export interface KessCredentials {
  readonly user: string
  readonly password: string
  readonly storeId: string
}

/** What the routes work on. */
export interface KessContext {
  readonly credentials: KessCredentials
  readonly paths: KessPaths
  readonly settings: () => KessSettings
  readonly tokens: BearerTokens
  readonly orders: Orders
  readonly refunds: Refunds
  readonly codePayments: CodePayments
}
