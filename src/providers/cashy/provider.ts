import type { PaymentJournal } from "../../modules/payment-journal/journal"
import { GatewayPaymentProvider } from "../base/provider"
import type { ProviderCradle } from "../base/medusa-rows"
import { checkSetUp } from "../check-set-up"
import { requireOwnRoute } from "../require-own-route"
import { cashy } from "./gateway"

/** Wallets and virtual accounts, in Pakistan first, through Cashy. */
export class CashyPaymentProvider extends GatewayPaymentProvider {
  static override identifier = cashy.identifier

  static override validateOptions(options: Record<string, unknown>): void {
    checkSetUp(cashy, options)
    requireOwnRoute(cashy, options)
  }

  constructor(cradle: ProviderCradle, options: Record<string, unknown>, journal?: PaymentJournal) {
    super(cradle, cashy, options, journal)
  }
}
