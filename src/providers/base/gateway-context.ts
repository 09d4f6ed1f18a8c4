import { setTimeout as pause } from "node:timers/promises"
import type { Logger } from "@medusajs/framework/types"
import type { PaymentJournal } from "../../modules/payment-journal/journal"
import type { Announce } from "../../shared/announce"
import type { LifecycleOptions } from "./gateway-definition"
import type { PaymentGateway } from "./payment-gateway"

/** What every step of the lifecycle works with. */
export type GatewayContext = {
  gateway: PaymentGateway
  journal: PaymentJournal
  log: Pick<Logger, "debug" | "info" | "warn" | "error">
  announce: Announce
  /** Resolves after so many milliseconds. */
  sleep: (ms: number) => Promise<unknown>
  /** How long one move of money can be under way at most, in milliseconds, repeats and token included. */
  leaseMs: number
}

/** To ask and to send, each with a token and once more after a 401: eight calls, each within its time. */
const callsPerMove = 8

export function gatewayContext(
  built: { gateway: PaymentGateway; options: LifecycleOptions },
  tools: Pick<GatewayContext, "journal" | "log" | "announce"> &
    Partial<Pick<GatewayContext, "sleep">>
): GatewayContext {
  return {
    gateway: built.gateway,
    journal: tools.journal,
    log: tools.log,
    announce: tools.announce,
    sleep: tools.sleep ?? pause,
    leaseMs: built.options.timeoutMs * callsPerMove + chargeMs(built.gateway),
  }
}

function chargeMs({ charge }: PaymentGateway): number {
  return (charge?.sendMs ?? 0) + (charge?.patienceMs ?? 0)
}
