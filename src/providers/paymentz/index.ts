import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import type { PaymentJournal } from "../../modules/payment-journal/repositories/orders"
import type { ProviderCradle } from "../base/medusa-rows"
import { requirePlugin } from "../base/options"
import { SavedMethodsProvider } from "../base/saved-methods"
import { checkSetUp, requireOwnIds, requireOwnRoute } from "../registry"
import { paymentz } from "./gateway"

/** Cards, bank and wallet payments through a brand of the Paymentz platform. */
export class PaymentzPaymentProvider extends SavedMethodsProvider {
  static override identifier = paymentz.identifier

  static override validateOptions(options: Record<string, unknown>): void {
    checkSetUp(paymentz, options)
    requireOwnRoute(paymentz, options)
  }

  constructor(cradle: ProviderCradle, options: Record<string, unknown>, journal?: PaymentJournal) {
    super(cradle, paymentz, options, journal)
  }
}

export default ModuleProvider(Modules.PAYMENT, {
  services: [PaymentzPaymentProvider],
  loaders: [requirePlugin, requireOwnIds],
})
