import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import type { PaymentJournal } from "../../modules/payment-journal/repositories/orders"
import type { ProviderCradle } from "../base/medusa-rows"
import { requirePlugin } from "../base/options"
import { GatewayPaymentProvider } from "../base/provider"
import { checkSetUp, requireOwnIds, requireOwnRoute } from "../registry"
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

export default ModuleProvider(Modules.PAYMENT, {
  services: [MocasaPaymentProvider],
  loaders: [requirePlugin, requireOwnIds],
})
