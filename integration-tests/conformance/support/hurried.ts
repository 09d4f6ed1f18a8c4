import { setTimeout as pause } from "node:timers/promises"
import type { ProviderClass } from "../gateway-data"

const haste = 100

/** A provider that waits between two questions for a hundredth of the time. Its time-outs are what they are. */
export function hurried(Provider: ProviderClass): ProviderClass {
  return class extends Provider {
    constructor(...args: ConstructorParameters<ProviderClass>) {
      super(...args)
      this.context.sleep = (ms) => pause(ms / haste)
    }
  }
}
