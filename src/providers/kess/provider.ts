import type { PaymentJournal } from "../../modules/payment-journal/journal"
import { GatewayPaymentProvider } from "../base/provider"
import type { ProviderCradle } from "../base/medusa-rows"
import { checkSetUp } from "../check-set-up"
import { requireOwnRoute } from "../require-own-route"
import { kess } from "./gateway"

/** WeChat Pay and Alipay in Cambodia, through KESS Pay. */
export class KessPaymentProvider extends GatewayPaymentProvider {
  static override identifier = kess.identifier

  static override validateOptions(options: Record<string, unknown>): void {
    checkSetUp(kess, options)
    requireOwnRoute(kess, options)
  }

  constructor(cradle: ProviderCradle, options: Record<string, unknown>, journal?: PaymentJournal) {
    super(cradle, kess, options, journal)
  }
}
