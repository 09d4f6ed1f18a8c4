import type { Later } from "../shared/later"
import type { AccessTokens } from "./access-tokens"
import type { Notifier } from "./notifier"
import type { PaymentMoves } from "./payment-moves"
import type { PaymentzPayment } from "./payment"
import type { Payments } from "./payments"
import type { Payouts } from "./payouts"
import type { SavedCards } from "./saved-cards"
import type { PaymentzSettings } from "./settings"

export interface PaymentzCredentials {
  readonly memberId: string
  /** Also the `sKey` that a token is asked for with. */
  readonly secureKey: string
  readonly partnerId: string
  readonly username: string
  /** The partner's name, a part of the hosted page's checksum. */
  readonly totype: string
  readonly terminalId: string
}

/** What the routes work on. */
export interface PaymentzContext {
  readonly credentials: PaymentzCredentials
  readonly settings: () => PaymentzSettings
  readonly now: () => number
  readonly tokens: AccessTokens
  readonly payments: Payments
  readonly moves: PaymentMoves
  readonly savedCards: SavedCards
  readonly payouts: Payouts
  readonly notifier: Notifier
  readonly later: Later
  /** Where the shopper pays, declines or confirms. */
  readonly pageUrl: (payment: PaymentzPayment) => string
}
