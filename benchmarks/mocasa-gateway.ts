import { buildMocasaGateway } from "../src/providers/mocasa/gateway"
import { mocasaOptions } from "../src/providers/mocasa/options"
import type { PaymentGateway } from "../src/providers/base/gateway"

export const webhookSecret = "benchmark-webhook-secret"

/** Mocasa as a shop builds it from its options; the log is told of every call and writes nothing. */
export function benchmarkedMocasa(baseUrl: string, credentials: object = {}): PaymentGateway {
  const options = mocasaOptions.parse({
    baseUrl,
    clientKey: "benchmark-key",
    clientSecret: "benchmark-secret",
    webhookSecret,
    returnUrl: "http://127.0.0.1/return",
    ...credentials,
  })
  return buildMocasaGateway(options, { now: () => new Date(), onCall: () => undefined })
}
