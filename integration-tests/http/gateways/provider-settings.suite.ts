import type { GatewayProvider } from "../../../src/api/admin/gateway-payments/provider-answers"
import type { Fault } from "../../../src/testing/conformance/gateway-data"
import { mainGateways as main, sessionInput, type GatewayShop } from "../support/gateway-shop"
import { suite } from "../support/shop"

const path = "/admin/gateway-payments/providers"

export const providerSettings = suite<GatewayShop>("the settings of", (shop) => {
  describe.each(main(shop.through))("$name", (selling) => {
    const { gateway, providerId, hook } = selling
    const refusing: Fault = { kind: "unauthorized", times: "forever" }

    afterEach(async () => {
      selling.sandbox.clearFaults()
      await selling.proxy.clear()
    })

    it("tell its account, its addresses and its regions, and nothing secret", async () => {
      const provider = await read(providerId)
      expect(provider).toMatchObject({
        id: providerId,
        gateway: gateway.identifier,
        account: { address: selling.proxy.url, kind: "test" },
        webhooks: gateway.capabilities.webhooks,
      })
      expect(provider.currencies).toContain(Object.keys(gateway.currencies)[0]!.toUpperCase())
      if (gateway.capabilities.webhooks === "none") {
        expect(provider.webhook_address).toBeNull()
      } else {
        expect(provider.webhook_address?.url).toMatch(new RegExp(`/hooks/payment/${hook}$`))
      }
      expect(provider.regions.length).toBeGreaterThan(0)
      expect(provider.regions.every(({ fits }) => fits)).toBe(true)
      const { data } = await shop.admin.get(path)
      for (const secret of selling.sandbox.secrets()) {
        expect(JSON.stringify(data)).not.toContain(secret)
      }
    })

    it("turn from red to green by a check once its credentials are mended, and keep what it came to", async () => {
      const operations = gateway.wire.accessToken
        ? (["token", "query"] as const)
        : ["query" as const]
      for (const operation of operations) {
        selling.sandbox.fault(operation, refusing)
        const refused = await check(providerId)
        expect(refused.state).toBe("broken")
        expect(refused.check).toMatchObject({ outcome: "refused", is_current: true })
        const item = refused.checklist.find(({ code }) => code === "credentials_refused")
        expect(Object.keys(selling.sandbox.options)).toEqual(expect.arrayContaining(item!.options))
        expect(await read(providerId)).toMatchObject({ check: refused.check })

        selling.sandbox.clearFaults()
        const accepted = await check(providerId)
        expect(accepted.check).toMatchObject({ outcome: "accepted", code: null, message: null })
        expect(accepted.checklist.filter(({ level }) => level === "missing")).toEqual([])
      }
    })

    it("know nothing of its credentials where it gives no answer", async () => {
      await selling.proxy.arm("refuse", () => true)
      const { check: kept, state } = await check(providerId)
      expect(kept).toMatchObject({ outcome: "no_answer", message: expect.stringMatching(/./) })
      expect(state).toBe("attention")
    })

    if (gateway.capabilities.webhooks === "signed") {
      it("count a message that it did not sign, and never as verified", async () => {
        const { messages } = await read(providerId)
        await shop.api.post(`/hooks/payment/${hook}`, { forged: true }, { validateStatus: null })
        const after = (await read(providerId)).messages
        expect(after).toMatchObject({ count: messages.count + 1, verified: messages.verified })
        expect(Date.parse(after.last_refused_at!)).toBeGreaterThan(
          Date.parse(messages.last_at ?? "1970-01-01")
        )
        expect(after.last_verified_at).toBe(messages.last_verified_at)
      })
    }
  })

  it("tell the last error, in its own words, of an order that was not opened", async () => {
    const selling = main(shop.through).find(({ gateway }) => gateway.identifier === "cashy")!
    selling.sandbox.fault("create", { kind: "unauthorized" })
    const began = Date.now()
    const shopper = shop.shopper(undefined, selling.country)
    await expect(
      shopper.checkOut(selling.providerId, undefined, sessionInput(selling.gateway))
    ).rejects.toThrow()
    const { last_error } = await read(selling.providerId)
    expect(last_error).toMatchObject({ source: "call", message: "Sign_verify_error" })
    expect(Date.parse(last_error!.at)).toBeGreaterThanOrEqual(began - 1_000)
  })

  it("are there for the providers of the shop's config alone", async () => {
    expect((await shop.admin.get(`${path}/pp_mocasa_nobodys`)).status).toBe(404)
    expect((await shop.admin.post(`${path}/pp_system_default/check`, {})).status).toBe(404)
    const { data } = await shop.admin.get(path)
    expect(data.count).toBe(shop.through.length)
  })

  async function read(id: string): Promise<GatewayProvider> {
    const { status, data } = await shop.admin.get(`${path}/${id}`)
    expect(status).toBe(200)
    return data.provider
  }

  async function check(id: string): Promise<GatewayProvider> {
    const { status, data } = await shop.admin.post(`${path}/${id}/check`, {})
    expect([status, data.message]).toEqual([200, undefined])
    return data.provider
  }
})
