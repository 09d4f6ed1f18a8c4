import { asValue } from "@medusajs/framework/awilix"
import { createMedusaContainer } from "@medusajs/framework/utils"
import { cashy } from "../cashy/gateway"
import { checkSetUp, requireOwnIds, requireOwnRoute } from "../check-set-up"
import { mocasa } from "../mocasa/gateway"
import { mocopay } from "../mocopay/gateway"
import { paymentz } from "../paymentz/gateway"

describe("check set up", () => {
  const ofMocasa = {
    baseUrl: "https://api.mocasa.example",
    clientKey: "mp_key",
    clientSecret: "a-client-secret",
    returnUrl: "https://shop.example/return",
  }
  const ofCashy = {
    baseUrl: "https://api.cashy.example",
    merchantId: "1002001",
    apiKey: "an-api-key",
    currency: "pkr",
    payType: 36,
    notifyUrl: "https://api.shop.example/hooks/payment/cashy_main",
  }
  const ofMocopay = {
    apiKey: "key",
    secret: "secret",
    products: [{ pid: "P", amount: "5", currency: "EUR" }],
  }
  const ofPaymentz = {
    baseUrl: "https://brand.example",
    memberId: "1",
    secureKey: "a-secure-key",
    partnerId: "2",
    username: "shop",
    totype: "partner",
    returnUrl: "https://api.shop.example/payments/paymentz_main/return",
    notificationUrl: "https://api.shop.example/hooks/payment/paymentz_main",
  }

  const entry = (gateway: string, id: unknown, options: unknown) => ({
    resolve: `medusa-regional-payments/providers/${gateway}`,
    id,
    options,
  })

  function shop(...providers: unknown[]) {
    return { modules: { payment: { resolve: "@medusajs/medusa/payment", options: { providers } } } }
  }

  function problems(check: () => void): string {
    try {
      check()
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
    return ""
  }

  const stripe = { resolve: "@medusajs/medusa/payment-stripe", id: "my stripe", options: {} }

  describe("The payment providers of the shop's config", () => {
    it("are taken where nothing is wrong with them, whatever other packages' are called", () => {
      const config = shop(
        stripe,
        entry("mocasa", "main", ofMocasa),
        entry("cashy", "main", ofCashy),
        entry("paymentz", "main", ofPaymentz),
        entry("mocopay", undefined, ofMocopay)
      )
      expect(problems(() => checkSetUp(mocasa, ofMocasa, config))).toBe("")
    })

    it("are told in one error with all that is wrong with each, whichever Medusa comes to first", () => {
      const config = shop(
        entry("mocasa", "my shop", { ...ofMocasa, clientKey: undefined, client_secret: "x" }),
        entry("cashy", "main", { ...ofCashy, payType: "x" })
      )
      const told = problems(() => checkSetUp(cashy, ofCashy, config))
      expect(told.split("\n")).toEqual([
        'Mocasa Pay: the options of medusa-regional-payments/providers/mocasa (id: "my shop") in medusa-config can\'t be used:',
        expect.stringMatching(/^- id: must be a text of letters, digits/),
        expect.stringMatching(/^- clientKey: is missing\..*is the environment variable set/),
        "- client_secret: no such option; did you mean clientSecret?",
        'Cashy: the options of medusa-regional-payments/providers/cashy (id: "main") in medusa-config can\'t be used:',
        expect.stringMatching(/^- payType: must be a whole number/),
      ])
      expect(problems(() => checkSetUp(mocasa, ofMocasa, config))).toBe(told)
      expect(told).not.toContain("an-api-key")
    })

    const hook = "https://api.shop.example/hooks/payment"
    it.each([
      [
        "Medusa's form of the id",
        "cashy",
        cashy,
        { ...ofCashy, notifyUrl: `${hook}/pp_cashy_main` },
        "notifyUrl",
        `${hook}/cashy_main`,
      ],
      [
        "another id",
        "cashy",
        cashy,
        { ...ofCashy, notifyUrl: `${hook}/cashy_cashy` },
        "notifyUrl",
        `${hook}/cashy_main`,
      ],
      [
        "another gateway",
        "mocopay",
        mocopay,
        { ...ofMocopay, notifyUrl: `${hook}/cashy_main` },
        "notifyUrl",
        `${hook}/mocopay_main`,
      ],
      [
        "a page",
        "mocopay",
        mocopay,
        { ...ofMocopay, callbackUrl: "https://shop.example/done" },
        "callbackUrl",
        "https://shop.example/payments/mocopay_main/return",
      ],
      [
        "the webhook's route",
        "paymentz",
        paymentz,
        { ...ofPaymentz, returnUrl: `${hook}/paymentz_main` },
        "returnUrl",
        "https://api.shop.example/payments/paymentz_main/return",
      ],
      [
        "the return route",
        "paymentz",
        paymentz,
        { ...ofPaymentz, notificationUrl: ofPaymentz.returnUrl },
        "notificationUrl",
        `${hook}/paymentz_main`,
      ],
      [
        "another provider's return route",
        "mocasa",
        mocasa,
        { ...ofMocasa, returnUrl: "https://x.example/payments/mocasa_b/return" },
        "returnUrl",
        "https://x.example/payments/mocasa_main/return",
      ],
    ] as const)(
      "are refused with %s in the place of an address of their own, with the one that works: %s",
      (_what, gateway, definition, options, option, right) => {
        const told = problems(() =>
          checkSetUp(definition, options, shop(entry(gateway, "main", options)))
        )
        expect(told.split("\n").slice(1)).toEqual([
          expect.stringContaining(`- ${option}: nothing of this provider's`),
        ])
        expect(told.endsWith(right)).toBe(true)
      }
    )

    it("are checked by their options alone where the config does not list them by name", () => {
      expect(problems(() => checkSetUp(cashy, {}, shop(stripe)))).toContain(
        "- merchantId: is missing"
      )
    })

    it("are refused where two have one id, before Medusa registers them", async () => {
      const loading = async (...providers: unknown[]) => {
        const container = createMedusaContainer()
        container.register("configModule", asValue(shop(...providers)))
        await requireOwnIds({ container })
      }
      await expect(
        loading(entry("mocasa", "main", ofMocasa), entry("mocasa", "main", { ...ofMocasa }))
      ).rejects.toThrow("pp_mocasa_main more than once")
      await expect(
        loading(entry("mocasa", "", {}), entry("mocasa", undefined, {}))
      ).rejects.toThrow("pp_mocasa more than once")
      await expect(
        loading(entry("mocasa", "main", {}), entry("cashy", "main", {}), stripe, stripe)
      ).resolves.toBeUndefined()
    })
  })
})

describe("require own route", () => {
  const cashy = { identifier: "cashy", title: "Cashy" }
  const options = { merchantId: "1" }
  const config = (resolve: unknown, of: object = options) => ({
    modules: {
      payment: {
        resolve: "@medusajs/medusa/payment",
        options: { providers: [{ resolve, id: "main", options: of }] },
      },
    },
  })

  describe("a store with a provider of this package", () => {
    it.each([
      "medusa-regional-payments/providers/cashy",
      "/srv/node_modules/medusa-regional-payments/.medusa/server/src/providers/cashy/index.js",
      "C:\\shop\\src\\providers\\cashy",
    ])("starts where the plugin can answer its webhooks: loaded from %s", (resolve) => {
      expect(() => requireOwnRoute(cashy, options, config(resolve))).not.toThrow()
    })

    it.each([
      ["from a file of the shop's own", config("./src/modules/wallets")],
      ["as an object", config({ services: [] })],
      ["as another gateway's", config("medusa-regional-payments/providers/kess")],
      [
        "from elsewhere beside another entry",
        config("medusa-regional-payments/providers/cashy", { merchantId: "2" }),
      ],
      ["without a payment module in the config", {}],
    ])("does not start where it is loaded %s, and says what to write", (_what, of) => {
      expect(() => requireOwnRoute(cashy, options, of)).toThrow(
        /medusa-regional-payments\/providers\/cashy/
      )
    })

    it("is not held against a config that nobody has loaded", () => {
      expect(() => requireOwnRoute(cashy, options, undefined)).not.toThrow()
    })
  })
})
