import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import type { PaymentJournal } from "../../modules/payment-journal/repositories/orders"
import type { ProviderCradle } from "../base/medusa-rows"
import { requirePlugin } from "../base/options"
import { GatewayPaymentProvider } from "../base/provider"
import { checkSetUp, requireOwnIds, requireOwnRoute } from "../registry"
import { acme } from "./gateway"

/** A gateway that exists nowhere: the example of docs/extending.md. */
export class AcmePaymentProvider extends GatewayPaymentProvider {
  static override identifier = acme.identifier

  static override validateOptions(options: Record<string, unknown>): void {
    checkSetUp(acme, options)
    requireOwnRoute(acme, options)
  }

  constructor(cradle: ProviderCradle, options: Record<string, unknown>, journal?: PaymentJournal) {
    super(cradle, acme, options, journal)
  }
}

export default ModuleProvider(Modules.PAYMENT, {
  services: [AcmePaymentProvider],
  loaders: [requirePlugin, requireOwnIds],
})
