import { configuredProviders, gatewayOf, isOwnProvider } from "../registry"

describe("registry", () => {
  const log = { debug: () => undefined, warn: () => undefined }

  const options = {
    baseUrl: "https://api.mocasa.example",
    clientKey: "mp_key",
    clientSecret: "a-client-secret",
    returnUrl: "https://shop.example/return",
  }
  const plugin = "medusa-regional-payments/providers/mocasa"
  const stripe = "@medusajs/medusa/payment-stripe"

  function config(providers: unknown) {
    return { modules: { payment: { resolve: "@medusajs/medusa/payment", options: { providers } } } }
  }

  /** The shop's config with providers of these kinds and ids, each with options of its own. */
  const found = (providers: unknown, id = "pp_mocasa_mocasa") =>
    gatewayOf(config(providers), id, log)

  describe("a configured provider", () => {
    const one = (changed: object = {}) =>
      configuredProviders(config([{ resolve: plugin, options: { ...options, ...changed } }]))[0]!

    it("is known by its id and by its name in addresses, also without an id of the shop's", () => {
      expect(one()).toMatchObject({
        id: "pp_mocasa",
        name: "mocasa",
        options: { ...options, clientSecret: expect.anything() },
      })
    })

    it("has another fingerprint with another secret, which is too short to find it by", () => {
      expect(one().fingerprint).toBe(one().fingerprint)
      expect(one({ clientSecret: "another" }).fingerprint).not.toBe(one().fingerprint)
      expect(one().fingerprint).toMatch(/^[0-9a-f]{4}$/)
    })
  })

  describe("a provider's id", () => {
    it.each([
      "",
      "mocasa",
      "pp_",
      "pp_system_default",
      "pp_stripe_mocasa",
      "pp_mocasa2_mocasa",
      "pp_mocasapay",
      "PP_MOCASA_MOCASA",
      "xpp_mocasa_mocasa",
      "constructor",
    ])("is not one of this package's: %j", (id) => {
      expect(isOwnProvider(id)).toBe(false)
    })

    it.each(["pp_mocasa_mocasa", "pp_mocasa", "pp_mocasa_second_shop"])(
      "is one of this package's: %s",
      (id) => {
        expect(isOwnProvider(id)).toBe(true)
      }
    )
  })

  describe("the gateway behind a provider's id", () => {
    it.each([
      ["has no modules", {}],
      ["has no payment module", { modules: {} }],
      ["has switched the payment module off", { modules: { payment: false as const } }],
      ["has no options", { modules: { payment: { resolve: "payment" } } }],
    ])("is not found where the config %s", (_what, shop) => {
      expect(gatewayOf(shop, "pp_mocasa_mocasa", log)).toBeUndefined()
    })

    it.each([
      ["no list", undefined],
      ["no entries", []],
      ["entries that are none", [null, undefined, "mocasa", 7, []]],
      ["an entry without options", [{ resolve: plugin, id: "mocasa" }]],
      ["an entry with another id", [{ resolve: plugin, id: "other", options }]],
      ["an entry without an id", [{ resolve: plugin, options }]],
    ])("is not found where the providers are %s", (_what, providers) => {
      expect(found(providers)).toBeUndefined()
    })

    it("is not found for a provider of another package", () => {
      const providers = [{ resolve: stripe, id: "mocasa", options: { apiKey: "sk" } }]
      expect(found(providers, "pp_stripe_mocasa")).toBeUndefined()
    })

    it("is not built from another package's options, where both have the same id", () => {
      const other = { resolve: stripe, id: "main", options: { apiKey: "sk" } }
      const own = { resolve: plugin, id: "main", options: { ...options } }
      for (const providers of [
        [other, own],
        [own, other],
      ]) {
        expect(found(providers, "pp_mocasa_main")?.gateway.title).toBe("Mocasa Pay")
      }
    })

    it("is not built from another package's options, where neither has an id", () => {
      const other = { resolve: stripe, options: { apiKey: "sk" } }
      const own = { resolve: plugin, options: { ...options } }
      expect(found([other, own], "pp_mocasa")?.gateway.title).toBe("Mocasa Pay")
    })

    it("says what is wrong where its options can't be used", () => {
      expect(() => found([{ resolve: plugin, id: "mocasa", options: {} }])).toThrow(
        "- clientKey: is missing"
      )
    })

    it("is found by the id in the config, among others of its kind", () => {
      const second = { ...options, timeoutMs: 700 }
      const providers = [
        { resolve: plugin, id: "first", options: { ...options, timeoutMs: 600 } },
        { resolve: plugin, id: "second", options: second },
      ]
      expect(found(providers, "pp_mocasa_second")?.options.timeoutMs).toBe(700)
      expect(found(providers, "pp_mocasa_first")?.options.timeoutMs).toBe(600)
    })

    it("is found where the config gives it no id", () => {
      expect(found([{ resolve: plugin, options: { ...options } }], "pp_mocasa")).toBeDefined()
    })

    it("is the same on every look, and another for another account", () => {
      const providers = [
        { resolve: plugin, id: "first", options: { ...options } },
        { resolve: plugin, id: "second", options: { ...options } },
      ]
      const first = found(providers, "pp_mocasa_first")?.gateway
      expect(found(providers, "pp_mocasa_first")?.gateway).toBe(first)
      expect(found(providers, "pp_mocasa_second")?.gateway).not.toBe(first)
    })
  })
})
