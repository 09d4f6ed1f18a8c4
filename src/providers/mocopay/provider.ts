import type { PaymentJournal } from "../../modules/payment-journal/journal"
import { GatewayPaymentProvider } from "../base/provider"
import type { ProviderCradle } from "../base/medusa-rows"
import { checkSetUp } from "../check-set-up"
import { requireOwnRoute } from "../require-own-route"
import { mocopay } from "./gateway"

/** Carrier billing, through MoCoPay. */
export class MocopayPaymentProvider extends GatewayPaymentProvider {
  static override identifier = mocopay.identifier

  static override validateOptions(options: Record<string, unknown>): void {
    checkSetUp(mocopay, options)
    requireOwnRoute(mocopay, options)
  }

  constructor(cradle: ProviderCradle, options: Record<string, unknown>, journal?: PaymentJournal) {
    super(cradle, mocopay, options, journal)
  }
}
