import { requireOwnRoute } from "../registry"

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
