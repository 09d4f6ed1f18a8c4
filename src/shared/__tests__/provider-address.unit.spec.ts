import { ownAddressProblem, providerIdProblem } from "../provider-address"

describe("An address of this store's own that a gateway is told", () => {
  it.each([
    "https://shop.example/hooks/payment/cashy_main",
    "https://shop.example/hooks/payment/cashy_main/",
    "https://shop.example/hooks/payment/cashy_main?shop=1",
    "https://shop.example:9000/hooks/payment/cashy_main",
    "http://localhost:9000/hooks/payment/cashy_main",
    "https://shop.example/api/v1/hooks/payment/cashy_main",
  ])("may have any host, and more before its path: %s", (address) => {
    expect(ownAddressProblem(address, "payment webhook", "cashy_main")).toBeUndefined()
  })

  it.each([
    ["with Medusa's prefix of the id", "/hooks/payment/pp_cashy_main", ""],
    ["of another id", "/hooks/payment/cashy_other", ""],
    ["of no id", "/hooks/payment/cashy", ""],
    ["of an id in other letters", "/hooks/payment/Cashy_Main", ""],
    ["of another gateway", "/hooks/payment/kess_main", ""],
    ["of payouts", "/hooks/payout/cashy_main", ""],
    ["of the return route", "/payments/cashy_main/return", ""],
    ["of a page", "/", ""],
    ["of a page within", "/checkout/hooks", ""],
    ["that goes on", "/hooks/payment/cashy_main/cashy", ""],
    ["behind a proxy's path", "/api/hooks/payment/pp_cashy_main", "/api"],
  ])("is refused as that %s, with the one that works", (_what, path, before) => {
    const problem = ownAddressProblem(
      `https://shop.example${path}?x=1`,
      "payment webhook",
      "cashy_main"
    )
    expect(problem).toContain(
      `nothing of this provider's answers at ${path.replace(/(.)\/$/, "$1")}`
    )
    expect(problem).toMatch(
      new RegExp(
        `must end in /hooks/payment/cashy_main: https://shop.example${before}/hooks/payment/cashy_main$`
      )
    )
  })

  it("is the return route where shoppers come back by it", () => {
    const problem = (path: string) =>
      ownAddressProblem(`https://shop.example${path}`, "return", "paymentz_main")
    expect(problem("/payments/paymentz_main/return")).toBeUndefined()
    expect(problem("/payments/paymentz_other/return")).toContain("/payments/paymentz_main/return")
    expect(problem("/checkout/return")).toContain("/payments/paymentz_main/return")
  })

  it("may be a page of the shop's where it need not be a route of ours, but not another provider's route", () => {
    const problem = (path: string) =>
      ownAddressProblem(`https://shop.example${path}`, "page or return", "mocasa_main")
    expect(problem("/checkout/return")).toBeUndefined()
    expect(problem("/payments/mocasa_main/return")).toBeUndefined()
    expect(problem("/payments/mocasa_other/return")).toContain("/payments/mocasa_main/return")
    expect(problem("/hooks/payment/mocasa_main")).toContain("/payments/mocasa_main/return")
  })

  it.each([undefined, null, 7, "", "/hooks/payment/x"])(
    "is left to the options' own check where it is none: %j",
    (address) => {
      expect(ownAddressProblem(address, "payment webhook", "cashy_main")).toBeUndefined()
    }
  )
})

describe("A provider's id", () => {
  it.each([undefined, "", "main", "Main", "second_shop", "shop-2", "ph.live", "7", "a".repeat(64)])(
    "can be %j",
    (id) => {
      expect(providerIdProblem(id)).toBeUndefined()
    }
  )

  it.each([
    "my shop",
    " main",
    "main ",
    "a/b",
    "a?b",
    "a#b",
    "a%20b",
    "a\\b",
    "shöp",
    "main\n",
    "\u200bmain",
    "-main",
    ".",
    "__proto__",
    "a:b",
    "a*b",
    "(x)",
    "a+b",
    "a".repeat(65),
    7,
    null,
    true,
    {},
    ["main"],
  ])("can't be %j", (id) => {
    expect(providerIdProblem(id)).toContain("must be a text of letters, digits")
  })
})
