import { setTimeout as pause } from "node:timers/promises"
import type { GatewayContext } from "../../../providers/base/context"
import type { GatewayPaymentProvider } from "../../../providers/base/provider"
import type { ProviderClass } from "../gateway-data"

/** How far the clock goes on at a time, in milliseconds: over the loopback an answer comes within a few steps. */
const stepMs = 20

/**
 * Makes a call while the clock runs ahead, for a wait that is too long for a test, such as the one for a PIN.
 * Only what takes time by itself is hurried: the network is what it is.
 */
export async function inFastTime<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  const { setImmediate } = globalThis
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] })
  try {
    let isWaiting = true
    const answer = call().finally(() => (isWaiting = false))
    while (isWaiting) {
      await new Promise((resolve) => setImmediate(resolve))
      jest.advanceTimersByTime(stepMs)
    }
    return await answer
  } finally {
    jest.useRealTimers()
  }
}

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
