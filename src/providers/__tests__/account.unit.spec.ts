import { accountOf, isOnThisMachine, knownHosts } from "../account"
import { configuredProviders } from "../registry"

describe("which account a provider talks to", () => {
  it("is known by the host alone where a gateway's live host is published", () => {
    expect(accountOf("mocopay", "https://payment.mocopay.com/", undefined)).toEqual({
      address: "https://payment.mocopay.com",
      kind: "live",
      isContradicted: false,
    })
    expect(accountOf("kess", "https://apimerchants.kesspay.com/v2", undefined).kind).toBe("live")
  })

  it.each([
    "http://127.0.0.1:4010",
    "http://localhost:4010/api",
    "https://sandbox.acme.example",
    "https://api-uat2.acme.example/v1",
    "https://pay.test.acme.example",
  ])("is a test's at %s, whoever says otherwise", (address) => {
    expect(accountOf("mocasa", address, undefined).kind).toBe("test")
    expect(accountOf("mocasa", address, "live")).toMatchObject({
      kind: "test",
      isContradicted: true,
    })
  })

  it.each([
    "https://contest.example",
    "https://latest-pay.example",
    "https://live.acme.example",
    "https://apimerchants.kesspay.com",
    "https://payment.mocopay.com.evil.example",
  ])("is never guessed to be live, nor a test's, at %s of another gateway", (address) => {
    expect(accountOf("cashy", address, undefined).kind).toBe("unknown")
  })

  it("is what the shop says where the address does not tell", () => {
    expect(accountOf("cashy", "https://pk.cashy.example", "live").kind).toBe("live")
    expect(accountOf("cashy", "https://pk.cashy.example", "test").kind).toBe("test")
    expect(accountOf("mocopay", "https://payment.mocopay.com", "test")).toMatchObject({
      kind: "live",
      isContradicted: true,
    })
  })

  it("is on this machine only by a name or a number that means this machine", () => {
    const at = (address: string) => isOnThisMachine({ address })
    expect(at("http://127.0.0.1:4010")).toBe(true)
    expect(at("https://localhost.acme.example")).toBe(false)
  })

  it("can be looked up for every gateway of this package", () => {
    const providers = Object.keys(knownHosts).map((identifier) => ({
      resolve: `medusa-regional-payments/providers/${identifier}`,
      options: {},
    }))
    // Each is found, and then its options are refused, which are empty.
    for (const provider of providers) {
      const config = { modules: { payment: { options: { providers: [provider] } } } }
      expect(() => configuredProviders(config)).toThrow(/can't be used/)
    }
    expect(Object.keys(knownHosts).sort()).toEqual([
      "cashy",
      "kess",
      "mocasa",
      "mocopay",
      "paymentz",
    ])
  })
})
