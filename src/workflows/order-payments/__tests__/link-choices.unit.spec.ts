import { FakeGateway } from "../../../testing/fake-gateway"
import { linkChoice } from "../link-choices"

const wanted = { amount: "111.9888", currency: "php", isInRegion: true }

describe("whether a provider can make a link for an order", () => {
  it.each([
    ["can", {}, {}, null],
    ["can't where its gateway has no links", { links: false }, {}, "no_links"],
    ["can't in a currency that it does not take", {}, { currency: "eur" }, "other_currency"],
    ["can't where it is not enabled in the region", {}, { isInRegion: false }, "not_in_region"],
  ])("it %s", (_what, settings, change, reason) => {
    const gateway = new FakeGateway(settings)
    expect(linkChoice("pp_fake_fake", gateway, { ...wanted, ...change })).toEqual({
      provider_id: "pp_fake_fake",
      title: "Fake Pay",
      reason,
      detail: null,
    })
  })

  it("is asked with the amount as the gateway counts it, and says why it is against it", () => {
    const { title, capabilities, decimals } = new FakeGateway()
    const amountProblem = jest.fn(() => "no product costs 111.99 PHP")
    const gateway = { title, capabilities, decimals, amountProblem }
    expect(linkChoice("pp_fake_fake", gateway, wanted)).toMatchObject({
      reason: "amount",
      detail: "no product costs 111.99 PHP",
    })
    expect(amountProblem).toHaveBeenCalledWith({ amount: "111.99", currency: "php" })
  })
})
