import type { GatewayOrder } from "../../../modules/payment-journal/gateway-order"
import { clearedData, inPlaceOf, sessionData } from "../session-data"
import { linkOf } from "../../../testing/fake-gateway"
import { FakeStore, referenceOf } from "../../../testing/fake-store"

const link = { type: "redirect", url: "https://pay.example/1" }

const order: GatewayOrder = {
  id: "gword_1",
  reference: "01JQ00000000000000000000010",
  provider_id: "pp_acme_acme",
  session_id: "payses_01JQ0000000000000000000001",
  payment_collection_id: "pay_col_1",
  cart_id: "cart_1",
  customer_id: "cus_1",
  requested_amount: "111.9888",
  amount: "111.99",
  currency_code: "php",
  state: "open",
  raw_status: null,
  gateway_id: "G1",
  candidate_ids: [],
  answers: [],
  asked_at: null,
  details: { next_action: link, internal: "not for the shopper" },
  expires_at: new Date("2030-01-01T00:00:00Z"),
  attached_session_id: null,
  session_released_at: null,
  next_check_at: null,
  checks: 0,
  created_at: new Date(0),
  updated_at: new Date(0),
}

/** As Medusa's payment module stores what a provider returns: merged deeply, null kept. */
function mergedByMedusa(
  stored: Record<string, unknown>,
  returned: Record<string, unknown>
): Record<string, unknown> {
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value)
  const merged = Object.entries(returned).map(([key, value]) => {
    const old = stored[key]
    return [key, isRecord(old) && isRecord(value) ? mergedByMedusa(old, value) : value]
  })
  return { ...stored, ...Object.fromEntries(merged) }
}

/** Without what was cleared. */
function visible(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== null)
      .map(([key, entry]) => [key, visible(entry)])
  )
}

describe("what the shopper sees of a payment", () => {
  it("holds nothing of the journal's row but what is meant for the shopper", () => {
    expect(sessionData(order, "open")).toEqual({
      session_id: order.session_id,
      reference: order.reference,
      gateway_id: "G1",
      amount: "111.99",
      currency_code: "php",
      status: "open",
      next_action: link,
      expires_at: "2030-01-01T00:00:00.000Z",
    })
  })

  it.each(["open", "opening", "failed"] as const)("has the link while it is %s", (status) => {
    expect(sessionData(order, status).next_action).toEqual(link)
  })

  it.each([
    "refused",
    "authorized",
    "paid",
    "expired",
    "canceled",
    "refunded",
    "partially_refunded",
    "chargeback",
    "mismatch",
  ] as const)("has no link once it is %s, so that nobody pays again", (status) => {
    expect(sessionData(order, status).next_action).toEqual({ type: "none" })
  })

  it("has no link where the gateway gave none, and null where nothing expires", () => {
    const bare = { ...order, details: null, expires_at: null }
    expect(sessionData(bare, "open")).toMatchObject({
      next_action: { type: "none" },
      expires_at: null,
    })
  })

  it("can be written as JSON, as Medusa does", () => {
    const data = sessionData(order, "open")
    expect(JSON.parse(JSON.stringify(data))).toEqual(data)
  })
})

describe("new data in the place of old", () => {
  const replaced = (previous: Record<string, unknown>, next: Record<string, unknown>) =>
    visible(mergedByMedusa(previous, inPlaceOf(previous, next)))

  it("leaves no link of the old behind, although Medusa merges the two", () => {
    expect(replaced({ next_action: link }, { next_action: { type: "none" } })).toEqual({
      next_action: { type: "none" },
    })
  })

  it("leaves no field of an old form behind, which lies one level deeper", () => {
    const form = (fields: Record<string, string>) => ({
      next_action: { type: "post_form", url: "https://pay.example", fields },
    })
    expect(replaced(form({ token: "old", extra: "old" }), form({ token: "new" }))).toEqual(
      form({ token: "new" })
    )
  })

  it("copes with an old value of another shape", () => {
    for (const next_action of [null, "text", 7, ["list"]]) {
      expect(replaced({ next_action }, { next_action: link })).toEqual({ next_action: link })
    }
  })

  it("is the new data where there was none", () => {
    expect(inPlaceOf({}, { status: "open", next_action: link })).toEqual({
      status: "open",
      next_action: link,
    })
  })
})

describe("what a storefront wrote and nobody needs any more", () => {
  it("is cleared with null, because a key that is left out would stay", () => {
    expect(clearedData({ status: "paid", note: "hello" }, [])).toEqual({ status: null, note: null })
  })

  it("keeps the listed requests as they are", () => {
    expect(clearedData({ return_url: "https://shop.example", language: "en" }, [])).toEqual({})
  })

  it("is the whole payer where the gateway needs none", () => {
    expect(clearedData({ payer: { name: "Juan", id_number: "1234" } }, [])).toEqual({ payer: null })
  })

  it("is all of the payer but what the gateway needs", () => {
    const data = { payer: { name: "Juan", phone: "0917", nickname: "J" } }
    expect(clearedData(data, ["name"])).toEqual({
      payer: { name: "Juan", phone: null, nickname: null },
    })
  })

  it("is always the number of an identity card, even where the gateway needed it", () => {
    const data = { payer: { name: "Juan", id_number: "1234" } }
    expect(clearedData(data, ["name", "id_number"])).toEqual({
      payer: { name: "Juan", id_number: null },
    })
    expect(clearedData({ payer: { id_number: "1234" } }, ["id_number"])).toEqual({ payer: null })
  })

  it.each(["Juan", 7, true, null])("is a payer that is none: %j", (payer) => {
    expect(clearedData({ payer }, ["name"])).toEqual({ payer: null })
  })

  it("is no payer where none was told", () => {
    expect(clearedData({}, ["name"])).toEqual({})
  })
})

describe("what a storefront writes into a session's data", () => {
  it("ignores old keys of ours and opens an order of its own", async () => {
    const store = new FakeStore()
    const old = await store.createSession({ amount: 5 })
    const session = await store.createSession({ data: old.data })
    expect(session.data.session_id).toBe(session.id)
    expect(referenceOf(session)).not.toBe(referenceOf(old))
    expect(session.data).toMatchObject({ amount: "100.00", status: "open" })
    expect(session.data.next_action).toEqual(linkOf(referenceOf(session)))
  })

  it("clears the keys of an old next action that the new one lacks", async () => {
    const store = new FakeStore()
    const next_action = { type: "qr_code", value: "old", expires_at: "2029-01-01T00:00:00Z" }
    const session = await store.createSession({ data: { next_action } })
    expect(session.data.next_action).toEqual({
      ...linkOf(referenceOf(session)),
      value: null,
      expires_at: null,
    })
  })

  it("clears what is not listed, because Medusa has stored it already", async () => {
    const store = new FakeStore()
    const data = { note: "leave me", nested: { deep: { secret: "marked" } }, list: [1] }
    const session = await store.createSession({ data })
    expect(session.data).toMatchObject({ note: null, nested: null, list: null })
    expect(JSON.stringify(session.data)).not.toContain("marked")
  })

  it("sends on and keeps only what the gateway needs of the payer, and never keeps the id number", async () => {
    const store = new FakeStore({
      payer: { name: { required: false }, id_number: { required: false } },
    })
    const payer = {
      name: "Ana Cruz",
      email: "marked-mail@example.com",
      phone: "0917-MARKED",
      id_number: "MARKED-ID-77",
      pet: "marked-pet",
    }
    const session = await store.createSession({ data: { payer } })
    expect(store.gateway.order(referenceOf(session)).opened.payer).toEqual({
      name: "Ana Cruz",
      id_number: "MARKED-ID-77",
    })
    expect(session.data.payer).toEqual({
      name: "Ana Cruz",
      email: null,
      phone: null,
      id_number: null,
      pet: null,
    })
    expect(store.everythingSaid()).not.toMatch(/marked/i)
  })

  it("clears the payer as a whole where the gateway needs nothing of it", async () => {
    const store = new FakeStore()
    const session = await store.createSession({
      data: { payer: { name: "Ana", email: "a@b.c" } },
    })
    expect(session.data.payer).toBeNull()
    expect(store.gateway.order(referenceOf(session)).opened.payer).toEqual({})
  })

  it("takes null for absent, because null is how Medusa clears", async () => {
    const store = new FakeStore({
      payer: { name: { required: false }, email: { required: false } },
    })
    const data = { payer: { name: "Ana", email: null }, return_url: null, language: null }
    const session = await store.createSession({ data })
    const { payer, returnUrl } = store.gateway.order(referenceOf(session)).opened
    expect({ payer, returnUrl }).toEqual({ payer: { name: "Ana" }, returnUrl: undefined })
  })

  it("names each word that is wrong without repeating what was written", async () => {
    const store = new FakeStore({ payer: { email: { required: false } } })
    const data = { payer: { email: 4711, country: "MARKED" }, save_method: "marked" }
    await expect(store.createSession({ data })).rejects.toMatchObject({
      type: "invalid_data",
      message: expect.stringMatching(/payer\.email.*payer\.country.*save_method/),
    })
    expect(store.everythingSaid()).not.toMatch(/4711|marked/i)
    expect(store.gateway.calls).toEqual([])
  })

  it("sends the shopper back only to an origin that the shop allows", async () => {
    const store = new FakeStore()
    const data = { return_url: "https://shop.example/checkout?cart=1" }
    const session = await store.createSession({ data })
    expect(store.gateway.order(referenceOf(session)).opened.returnUrl).toBe(data.return_url)
  })

  it.each([
    "https://evil.example/",
    "https://shop.example.evil.example/",
    "https://shop.example@evil.example/",
    "https://user:password@shop.example/",
    "http://shop.example/",
    "https://shop.example:8443/",
    "javascript:alert(1)//https://shop.example",
    "//shop.example/",
    "/checkout",
  ])("refuses the return_url %s and names the option", async (return_url) => {
    const store = new FakeStore()
    await expect(store.createSession({ data: { return_url } })).rejects.toMatchObject({
      type: "invalid_data",
      message: expect.stringContaining("allowedReturnOrigins"),
    })
    expect(store.gateway.calls).toEqual([])
  })

  it.each([
    ["a number in one", { note: "4111111111111111" }],
    ["a number in groups", { note: "pay with 4111 1111 1111 1111 please" }],
    ["a number in dashes", { deep: [{ deeper: "5555-5555-5555-4444" }] }],
    ["a JSON number", { n: 4111111111111111 }],
    ["a number as a key", { "4111111111111111": true }],
    ["an American Express number", { n: "3782 822463 10005" }],
    ["a security code", { cvv: "123" }],
    ["an expiry", { card: { exp_month: 12 } }],
    ["a number in the payer", { payer: { name: "4111111111111111" } }],
  ])("refuses card-like data: %s", async (_, data) => {
    const store = new FakeStore({ payer: { name: { required: false } } })
    const session = store.addSession()
    await expect(store.initiate(session, { data })).rejects.toMatchObject({
      type: "invalid_data",
      message: expect.not.stringMatching(/4111|5555|3782|123/),
    })
    expect(await store.journal.ordersOfSession(session.id)).toEqual([])
    expect(store.gateway.calls).toEqual([])
  })

  it("lets numbers pass that are no cards", async () => {
    const store = new FakeStore({
      payer: { phone: { required: false }, id_number: { required: false } },
    })
    const payer = { phone: "+63 917 123 4567", id_number: "1234567890123456" }
    await expect(store.createSession({ data: { payer } })).resolves.toBeDefined()
  })
})
