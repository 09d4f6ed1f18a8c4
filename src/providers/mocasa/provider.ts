import type { PaymentJournal } from "../../modules/payment-journal/journal"
import { GatewayPaymentProvider } from "../base/provider"
import type { ProviderCradle } from "../base/medusa-rows"
import { checkSetUp } from "../check-set-up"
import { requireOwnRoute } from "../require-own-route"
import { mocasa } from "./gateway"

/** Buy now pay later in the Philippines, through Mocasa Pay. */
export class MocasaPaymentProvider extends GatewayPaymentProvider {
  static override identifier = mocasa.identifier

  static override validateOptions(options: Record<string, unknown>): void {
    checkSetUp(mocasa, options)
    requireOwnRoute(mocasa, options)
  }

  constructor(cradle: ProviderCradle, options: Record<string, unknown>, journal?: PaymentJournal) {
    super(cradle, mocasa, options, journal)
  }
}
