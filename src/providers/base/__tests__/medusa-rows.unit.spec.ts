import { ownProviderIds } from "../medusa-rows"

const provider = { name: "one" }
const other = { name: "another" }

/** The payment module's cradle: each registered id is a key of it. */
function cradle(registered: Record<string, unknown>, ids = Object.keys(registered)) {
  return { ...registered, payment_providers: ids }
}

describe("the ids of a provider", () => {
  it("are none where it is not registered", () => {
    expect(ownProviderIds(cradle({}), "acme", provider)).toEqual([])
  })

  it("do not hold the same gateway's with another merchant account", () => {
    const registered = cradle({ pp_acme_one: provider, pp_acme_two: other })
    expect(ownProviderIds(registered, "acme", provider)).toEqual(["pp_acme_one"])
    expect(ownProviderIds(registered, "acme", other)).toEqual(["pp_acme_two"])
  })

  it("do not hold a gateway's whose name begins the same", () => {
    const registered = cradle({ pp_acmepay: provider, pp_acme2_one: provider, pp_acme: provider })
    expect(ownProviderIds(registered, "acme", provider)).toEqual(["pp_acme"])
  })

  it("do not hold another provider that only looks the same", () => {
    expect(ownProviderIds(cradle({ pp_acme_one: { ...provider } }), "acme", provider)).toEqual([])
  })

  it("are found with and without an id in the shop's config", () => {
    const registered = cradle({ pp_acme: provider, pp_acme_main: provider })
    expect(ownProviderIds(registered, "acme", provider)).toEqual(["pp_acme", "pp_acme_main"])
  })

  it("are found without building the providers of other gateways", () => {
    const built: string[] = []
    const registered = {
      payment_providers: ["pp_stripe_stripe", "pp_acme_acme"],
      get pp_stripe_stripe() {
        built.push("stripe")
        return {}
      },
      get pp_acme_acme() {
        built.push("acme")
        return provider
      },
    }
    expect(ownProviderIds(registered, "acme", provider)).toEqual(["pp_acme_acme"])
    expect(built).toEqual(["acme"])
  })
})
