import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import type { PaymentJournal } from "../../modules/payment-journal/repositories/orders"
import type { ProviderCradle } from "../base/medusa-rows"
import { requirePlugin } from "../base/options"
import { GatewayPaymentProvider } from "../base/provider"
import { checkSetUp, requireOwnIds, requireOwnRoute } from "../registry"
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

export default ModuleProvider(Modules.PAYMENT, {
  services: [KessPaymentProvider],
  loaders: [requirePlugin, requireOwnIds],
})
