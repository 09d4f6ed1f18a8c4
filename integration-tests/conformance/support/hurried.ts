import { setTimeout as pause } from "node:timers/promises"
import type { GatewayContext } from "../../../src/providers/base/context"
import type { GatewayPaymentProvider } from "../../../src/providers/base/provider"
import type { ProviderClass } from "../gateway-data"

const haste = 100

/** A provider with what the plugin's workflows build for themselves: the same gateway over the same journal. */
export type ProviderUnderTest = GatewayPaymentProvider & { readonly contextOfTests: GatewayContext }

/** A provider that waits between two questions for a hundredth of the time. Its time-outs are what they are. */
export function hurried(
  Provider: ProviderClass
): new (...args: ConstructorParameters<ProviderClass>) => ProviderUnderTest {
  return class extends Provider {
    constructor(...args: ConstructorParameters<ProviderClass>) {
      super(...args)
      this.context.sleep = (ms) => pause(ms / haste)
    }

    get contextOfTests(): GatewayContext {
      return this.context
    }
  }
}
