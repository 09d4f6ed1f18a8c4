import { batchText, isAsSeen, type SeenBatch } from "../batch"

const php = { provider_id: "po_acme_main", currency_code: "php", count: 2, amount: "1500.50" }
const pkr = { provider_id: "po_acme_other", currency_code: "pkr", count: 1, amount: "10" }
const batch: SeenBatch = { count: 3, sums: [php, pkr] }

describe("A batch is what somebody saw", () => {
  it("where the count and each sum are the same, in whatever order and however written", () => {
    expect(isAsSeen(batch, batch)).toBe(true)
    expect(isAsSeen({ count: 3, sums: [{ ...pkr, amount: "10.00" }, php] }, batch)).toBe(true)
    expect(isAsSeen({ count: 0, sums: [] }, { count: 0, sums: [] })).toBe(true)
  })

  it.each<[string, SeenBatch]>([
    ["another count", { ...batch, count: 2 }],
    ["a sum less", { ...batch, sums: [php] }],
    ["a sum more", { ...batch, sums: [php, pkr, { ...pkr, currency_code: "usd" }] }],
    ["one sum twice in the place of another", { ...batch, sums: [php, php] }],
    ["another amount", { ...batch, sums: [{ ...php, amount: "1500.51" }, pkr] }],
    ["what is no amount", { ...batch, sums: [{ ...php, amount: "" }, pkr] }],
    ["another count of a sum", { ...batch, sums: [{ ...php, count: 1 }, pkr] }],
    ["another provider", { ...batch, sums: [{ ...php, provider_id: "po_acme_other" }, pkr] }],
    ["another currency", { ...batch, sums: [{ ...php, currency_code: "idr" }, pkr] }],
  ])("and not with %s", (_, seen) => {
    expect(isAsSeen(seen, batch)).toBe(false)
  })
})

describe("A batch in words", () => {
  it("tells the count and each sum", () => {
    expect(batchText(batch)).toBe(
      "3 transfers: 1500.50 php in 2 at po_acme_main, 10 pkr in 1 at po_acme_other"
    )
    expect(batchText({ count: 1, sums: [pkr] })).toBe("1 transfer: 10 pkr in 1 at po_acme_other")
    expect(batchText({ count: 0, sums: [] })).toBe("0 transfers")
  })
})
