import { createHash } from "node:crypto"
import { admitWebhook } from "../../../src/gateways/shared/webhook"
import { requireOwnRoute } from "../../../src/providers/check-set-up"
import * as registry from "../../../src/providers/registry"
import { recordingLogger } from "../../../src/testing/fake-provider"
import { AcmePaymentProvider } from "../src/providers/acme"
import { acme } from "../src/gateway"
import acmePayouts from "../src/payout-providers/acme"
import { AcmePayoutProvider } from "../src/payouts"

const logger = recordingLogger(() => undefined)
const apiKey = "acme_key_nobody_may_see"
const options = {
  baseUrl: "https://api.acme.example",
  apiKey,
  returnUrl: "https://shop.example/return",
}
const provider = { resolve: "medusa-payment-acme/providers/acme", id: "main", options }
const config = { modules: { payment: { options: { providers: [provider] } } } }

describe("a gateway of another package, once its provider was loaded", () => {
  it("is known to the routes, the jobs and the check at boot", () => {
    expect(AcmePaymentProvider.identifier).toBe("acme")
    expect(registry.configuredProviderIds(config)).toEqual(["pp_acme_main"])
    expect(registry.isOwnProvider("pp_acme_main")).toBe(true)
    expect(registry.isMeantForUs(config, "acme_other")).toBe(true)
    expect(registry.gatewayOf(config, "pp_acme_main", logger)?.gateway.title).toBe("Acme Pay")
  })

  it("has its messages taken where they are signed, and refused where they are not", () => {
    const gateway = registry.gatewayOf(config, "pp_acme_main", logger)?.gateway
    const rawBody = Buffer.from(JSON.stringify({ reference: "R1", status: "PAID" }))
    const signature = createHash("sha256").update(rawBody).update(apiKey).digest("hex")
    const admitted = (headers: Record<string, string>) =>
      gateway &&
      admitWebhook(
        { method: "POST", rawBody, headers },
        { webhooks: gateway.capabilities.webhooks, parseWebhook: gateway.parseWebhook }
      )
    expect(admitted({ "acme-signature": signature })).toMatchObject({
      type: "accepted",
      proof: "proven",
      event: { reference: "R1", rawStatus: "PAID" },
    })
    expect(admitted({ "acme-signature": "00" })).toMatchObject({ type: "refused", status: 401 })
  })

  it("takes its own place when it is loaded again, and none of this package's", () => {
    const again = { ...acme, title: "Acme Pay, anew" }
    registry.registerGateway(again)
    expect(registry.titleOf("pp_acme_main")).toBe("Acme Pay, anew")
    registry.registerGateway(acme)
    expect(registry.titleOf("pp_acme_main")).toBe("Acme Pay")
    expect(() => registry.registerGateway({ ...acme, identifier: "cashy" })).toThrow(
      /a gateway called cashy is in medusa-regional-payments itself/
    )
  })

  it("sends payouts, too, under the id by which the shop lists it", () => {
    const { returnUrl: _, ...options } = provider.options
    const listed = { resolve: "medusa-payment-acme/payout-providers/acme", id: "main", options }
    expect(listed.resolve.split("/").at(-1)).toBe(AcmePayoutProvider.identifier)
    expect(() => AcmePayoutProvider.validateOptions(listed.options)).not.toThrow()
    expect(() => AcmePayoutProvider.validateOptions({})).toThrow(/apiKey: is missing/)
    expect(acmePayouts).toMatchObject({ services: [AcmePayoutProvider] })
  })

  it("is told where it has to be loaded from", () => {
    const elsewhere = { modules: { payment: { options: { providers: [] } } } }
    expect(() => requireOwnRoute(acme, options, elsewhere)).toThrow(
      /resolve: "<its package>\/providers\/acme"/
    )
  })
})
