import type { Notifier } from "./notifier"
import type { MocopayPayment } from "./payment"
import type { Payments } from "./payments"
import type { Product } from "./product"
import type { MocopaySettings } from "./settings"

export interface MocopayCredentials {
  readonly apiKey: string
  readonly secret: string
}

/** What the routes work on. */
export interface MocopayContext {
  readonly credentials: MocopayCredentials
  readonly products: readonly Product[]
  readonly settings: () => MocopaySettings
  readonly now: () => number
  readonly payments: Payments
  readonly notifier: Notifier
  readonly pageUrl: (payment: MocopayPayment) => string
}
