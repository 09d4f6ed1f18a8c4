import {
  completionMs,
  decideOrphans,
  type CartFacts,
  type OrderFacts,
  type OrphanDecision,
} from "../decide-orphan"

const began = new Date("2030-01-01T10:00:00.000Z")
const after = (ms: number, from = began) => new Date(from.getTime() + ms)
const made = after(800)
const now = after(60_000, made)
const addresses = [after(-30_123), after(-30_122)]

const copied = {
  customer_id: "cus_1",
  email: "maria@example.com",
  region_id: "reg_1",
  sales_channel_id: "sc_1",
  currency_code: "php",
  lines: [
    { variant_id: "variant_1", title: "Coffee", quantity: "2", unit_price: "100" },
    { variant_id: "variant_2", title: "Jam", quantity: "1", unit_price: "99.99" },
  ],
  addresses,
}

const cart = (changes: Partial<CartFacts> = {}): CartFacts => ({
  ...copied,
  id: "cart_1",
  payment_collection_id: "pay_col_1",
  completed_order_at: after(60_000),
  ...changes,
})

const order = (changes: Partial<OrderFacts> = {}): OrderFacts => ({
  ...copied,
  id: "order_1",
  created_at: made,
  updated_at: made,
  status: "pending",
  is_draft_order: false,
  version: 1,
  hasCart: false,
  payment_collection_ids: [],
  events: 0,
  isBeingTakenBack: false,
  ...changes,
})

const deaths = (count: number) =>
  Array.from({ length: count }, () => ({ cart_id: "cart_1", began_at: began }))

const decide = (
  found: Partial<OrderFacts>,
  of: Partial<CartFacts> = {},
  at = now
): OrphanDecision | undefined =>
  decideOrphans(cart(of), deaths(1), [order(found)], at).get("order_1")

describe("an order that a completion of the cart made and linked to nothing", () => {
  it("is an orphan where the cart became another order later", () => {
    expect(decide({})).toBe("orphan")
  })

  it("is an orphan where the cart became none", () => {
    expect(decide({}, { completed_order_at: null })).toBe("orphan")
  })

  it("is an orphan where its link to the cart's own payments was made", () => {
    expect(decide({ payment_collection_ids: ["pay_col_1"] })).toBe("orphan")
  })

  it("is an orphan whatever order its lines are read in", () => {
    expect(decide({ lines: [...copied.lines].reverse() })).toBe("orphan")
  })

  it("is one still where it was begun to be taken back", () => {
    expect(decide({ updated_at: now, isBeingTakenBack: true })).toBe("orphan")
  })

  it.each<[string, Partial<OrderFacts>]>([
    ["was paid otherwise", { payment_collection_ids: ["pay_col_2"] }],
    ["has a payment in its books, a parcel or a change", { events: 1 }],
    ["was edited", { version: 2 }],
    ["was completed by a person", { status: "completed" }],
    ["was changed by somebody since", { updated_at: after(1, made) }],
    ["waits for something", { status: "requires_action" }],
  ])("is for a person where it %s", (_what, changes) => {
    expect(decide(changes)).toBe("touched")
  })

  it("is for a person where nothing tells it from one that was made otherwise", () => {
    expect(decide({ addresses: [] }, { addresses: [] })).toBe("touched")
  })

  it("is for a person where there are more of them than completions that died", () => {
    const orders = [order(), order({ id: "order_2" })]
    const decided = (count: number) => [
      ...decideOrphans(cart(), deaths(count), orders, now).values(),
    ]
    expect(decided(1)).toEqual(["touched", "touched"])
    expect(decided(2)).toEqual(["orphan", "orphan"])
  })
})

describe("an order that is left alone", () => {
  it.each<[string, Partial<OrderFacts>]>([
    ["belongs to a cart", { hasCart: true }],
    ["is a draft", { is_draft_order: true }],
    ["is canceled", { status: "canceled" }],
    ["has addresses of its own", { addresses: [after(-30_123), after(-30_121)] }],
    ["has fewer addresses", { addresses: [after(-30_123)] }],
    ["is of other lines", { lines: copied.lines.slice(1) }],
    [
      "is of another quantity",
      { lines: [{ ...copied.lines[0]!, quantity: "3" }, copied.lines[1]!] },
    ],
    [
      "is of another price",
      { lines: [{ ...copied.lines[0]!, unit_price: "99" }, copied.lines[1]!] },
    ],
    ["is another customer's", { customer_id: "cus_2" }],
    ["has another e-mail", { email: "other@example.com" }],
    ["is of another region", { region_id: "reg_2" }],
    ["is of another sales channel", { sales_channel_id: "sc_2" }],
    ["is in another currency", { currency_code: "usd" }],
    ["was made before the completion began", { created_at: after(-1), updated_at: after(-1) }],
    [
      "was made long after it",
      { created_at: after(completionMs + 1), updated_at: after(completionMs + 1) },
    ],
    [
      "was made after the cart's own order",
      { created_at: after(60_001), updated_at: after(60_001) },
    ],
  ])("is one that %s", (_what, changes) => {
    expect(decide(changes, {}, after(2 * completionMs))).toBe("innocent")
  })

  it("is one whose completion may be at work still", () => {
    expect(decide({}, {}, after(-1, made))).toBe("innocent")
    expect(decide({}, {}, made)).toBe("orphan")
  })

  it("is any where no completion of the cart died", () => {
    expect([...decideOrphans(cart(), [], [order()], now).values()]).toEqual(["innocent"])
  })
})

describe("the time in which a completion of a cart can have made an order", () => {
  const later = after(2 * completionMs)
  const madeAt = (at: Date, of: Partial<CartFacts> = { completed_order_at: null }) =>
    decide({ created_at: at, updated_at: at }, of, later)

  it.each([
    ["at its beginning", began],
    ["at the end of the longest that it can take", after(completionMs)],
  ])("holds what was made %s", (_when, at) => {
    expect(madeAt(at)).toBe("orphan")
  })

  it.each([
    ["before it began", after(-1)],
    ["after the longest that it can take", after(completionMs + 1)],
  ])("does not hold what was made %s", (_when, at) => {
    expect(madeAt(at)).toBe("innocent")
  })

  it("ends with the order that the cart became", () => {
    expect(madeAt(made, { completed_order_at: after(1, made) })).toBe("orphan")
    expect(madeAt(made, { completed_order_at: made })).toBe("innocent")
  })
})
