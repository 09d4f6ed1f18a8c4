import type { Logger } from "@medusajs/framework/types"
import { z } from "zod"
import type { PaymentJournal } from "../modules/payment-journal/repositories/journal"
import type { GatewayContext } from "../providers/base/context"
import type { GatewayDefinition, LifecycleOptions, PaymentGateway } from "../providers/base/gateway"
import { GatewayPaymentProvider } from "../providers/base/provider"
import type { ProviderCradle } from "../providers/base/medusa-rows"
import { commonOptions, requiredSecret } from "../providers/base/options"
import { recordingLogger as loggerOfParts } from "./conformance/support/witness"

export const fakeOptions = {
  apiKey: "the-fake-api-key-nobody-may-see",
  timeoutMs: 1_000,
  allowedReturnOrigins: ["https://shop.example"],
}

/** A definition whose gateway was built before, so that a test can reach its ledger. */
export function fakeDefinition(gateway: PaymentGateway): GatewayDefinition<LifecycleOptions> {
  return {
    identifier: "fake",
    title: gateway.title,
    options: z.strictObject({ ...commonOptions, apiKey: requiredSecret("Ask Fake Pay for it") }),
    build: () => gateway,
  }
}

export class FakeProvider extends GatewayPaymentProvider {
  static override identifier = "fake"

  constructor(cradle: ProviderCradle, gateway: PaymentGateway, journal: PaymentJournal) {
    super(cradle, fakeDefinition(gateway), { ...fakeOptions }, journal)
  }

  /** What the plugin's workflows build for themselves, over the same journal. */
  get contextOfTests(): GatewayContext {
    return this.context
  }
}

export type LogLine = { level: string; said: string }

/** Medusa's logger, at every level, with what was said as one text. */
export function recordingLogger(record: (line: LogLine) => void): Logger {
  return loggerOfParts(({ level, said }) => record({ level, said: said.map(String).join(" ") }))
}
