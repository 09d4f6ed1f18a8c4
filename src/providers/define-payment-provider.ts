/** What Medusa's payment module loads for a gateway of this package. */
import type { ModuleProviderExports } from "@medusajs/framework/types"
import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import type { PaymentJournal } from "../modules/payment-journal/repositories/journal"
import type { GatewayDefinition, LifecycleOptions } from "./base/gateway"
import type { ProviderCradle } from "./base/medusa-rows"
import { requirePlugin } from "./base/options"
import { GatewayPaymentProvider } from "./base/provider"
import { checkSetUp, requireOwnIds, requireOwnRoute } from "./check-set-up"
import { registerGateway } from "./registry"
import { requireMedusa } from "./require-medusa"

type ProviderClass = {
  identifier: string
  /** @throws MedusaError invalid_data where the shop's config can't be used */
  validateOptions(options: Record<string, unknown>): void
  /** @param journal replaces the one in the store's database; for tests */
  new (
    cradle: ProviderCradle,
    options: Record<string, unknown>,
    journal?: PaymentJournal
  ): GatewayPaymentProvider
}

/**
 * The payment provider of one gateway, as a class to extend.
 *
 * @param Base `SavedMethodsProvider` where the gateway keeps saved methods: Medusa asks no other class for them
 */
export function paymentProvider<Options extends LifecycleOptions>(
  definition: GatewayDefinition<Options>,
  Base: typeof GatewayPaymentProvider = GatewayPaymentProvider
): ProviderClass {
  registerGateway(definition)
  return class extends Base {
    static override identifier = definition.identifier

    static override validateOptions(options: Record<string, unknown>): void {
      checkSetUp(definition, options)
      requireOwnRoute(definition, options)
    }

    constructor(
      cradle: ProviderCradle,
      options: Record<string, unknown>,
      journal?: PaymentJournal
    ) {
      super(cradle, definition, options, journal)
    }
  }
}

/** The default export of a provider's folder. */
export function paymentModuleProvider(Provider: ProviderClass): ModuleProviderExports {
  return ModuleProvider(Modules.PAYMENT, {
    services: [Provider],
    loaders: [requirePlugin, requireMedusa, requireOwnIds],
  })
}
