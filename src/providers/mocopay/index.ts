import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import type { PaymentJournal } from "../../modules/payment-journal/repositories/orders"
import type { ProviderCradle } from "../base/medusa-rows"
import { requirePlugin } from "../base/options"
import { GatewayPaymentProvider } from "../base/provider"
import { checkSetUp, requireOwnIds, requireOwnRoute } from "../registry"
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

export default ModuleProvider(Modules.PAYMENT, {
  services: [MocopayPaymentProvider],
  loaders: [requirePlugin, requireOwnIds],
})
