import { decimal } from "../../../gateways/shared/money"
import { requireSameRequest, requireSameTill } from "../open-sale"

const request = { idempotency_key: "key", provider_id: "pp_kess_till", actor: "user_1" }
const byAmount = { ...request, amount: "12.5", region_id: "reg_1", title: "Sale" }
const byOrder = { ...request, order_id: "order_1" }
const ofOrder = {
  id: "gwsale_1",
  provider_id: "pp_kess_till",
  order_id: "order_1",
  is_own_draft: false,
}
const ofAmount = { ...ofOrder, is_own_draft: true }
const draft = {
  region_id: "reg_1",
  items: [{ title: "Sale", unit_price: decimal("12.50") }],
}

describe("a request to open a sale whose key was used before", () => {
  it("is the same with the same contents, also where the draft was changed or deleted since", () => {
    const bag = { title: "A bag", unit_price: decimal("1") }
    expect(() => requireSameRequest(ofOrder, null, byOrder)).not.toThrow()
    expect(() => requireSameRequest(ofAmount, draft, byAmount)).not.toThrow()
    expect(() =>
      requireSameRequest(ofAmount, { ...draft, items: [bag, ...draft.items] }, byAmount)
    ).not.toThrow()
    expect(() => requireSameRequest(ofAmount, null, byAmount)).not.toThrow()
  })

  it.each([
    ["another order", ofOrder, null, { ...byOrder, order_id: "order_2" }],
    ["another provider", ofOrder, null, { ...byOrder, provider_id: "pp_kess_two" }],
    ["an amount", ofOrder, null, byAmount],
    ["an order", ofAmount, draft, byOrder],
    ["another amount", ofAmount, draft, { ...byAmount, amount: "12.51" }],
    ["another title", ofAmount, draft, { ...byAmount, title: "Other" }],
    ["another region", ofAmount, draft, { ...byAmount, region_id: "reg_2" }],
  ])("is refused with %s", (_, sale, content, input) => {
    expect(() => requireSameRequest(sale, content, input)).toThrow(
      /has opened another sale already \(gwsale_1\)\. Nothing was opened/
    )
  })
})

it("an order that has an open sale at another till is not given as this till's", () => {
  expect(() => requireSameTill(ofOrder, byOrder)).not.toThrow()
  expect(() => requireSameTill(ofOrder, { provider_id: "pp_kess_two" })).toThrow(
    /Order order_1 has an open sale at another till \(gwsale_1 of pp_kess_till\)/
  )
})
