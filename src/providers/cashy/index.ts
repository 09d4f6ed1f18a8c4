import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import type { PaymentJournal } from "../../modules/payment-journal/repositories/orders"
import type { ProviderCradle } from "../base/medusa-rows"
import { requirePlugin } from "../base/options"
import { GatewayPaymentProvider } from "../base/provider"
import { checkSetUp, requireOwnIds, requireOwnRoute } from "../registry"
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

export default ModuleProvider(Modules.PAYMENT, {
  services: [CashyPaymentProvider],
  loaders: [requirePlugin, requireOwnIds],
})
