import { linkOf } from "./made-up-gateway"
import { MadeUpStore, referenceOf } from "./made-up-store"

describe("what a storefront writes into a session's data", () => {
  it("ignores old keys of ours and opens an order of its own", async () => {
    const store = new MadeUpStore()
    const old = await store.createSession({ amount: 5 })
    const session = await store.createSession({ data: old.data })
    expect(session.data.session_id).toBe(session.id)
    expect(referenceOf(session)).not.toBe(referenceOf(old))
    expect(session.data).toMatchObject({ amount: "100.00", status: "open" })
    expect(session.data.next_action).toEqual(linkOf(referenceOf(session)))
  })

  it("clears the keys of an old next action that the new one lacks", async () => {
    const store = new MadeUpStore()
    const next_action = { type: "qr_code", value: "old", expires_at: "2029-01-01T00:00:00Z" }
    const session = await store.createSession({ data: { next_action } })
    expect(session.data.next_action).toEqual({
      ...linkOf(referenceOf(session)),
      value: null,
      expires_at: null,
    })
  })

  it("clears what is not listed, because Medusa has stored it already", async () => {
    const store = new MadeUpStore()
    const data = { note: "leave me", nested: { deep: { secret: "marked" } }, list: [1] }
    const session = await store.createSession({ data })
    expect(session.data).toMatchObject({ note: null, nested: null, list: null })
    expect(JSON.stringify(session.data)).not.toContain("marked")
  })

  it("sends on and keeps only what the gateway needs of the payer, and never keeps the id number", async () => {
    const store = new MadeUpStore({
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
    const store = new MadeUpStore()
    const session = await store.createSession({
      data: { payer: { name: "Ana", email: "a@b.c" } },
    })
    expect(session.data.payer).toBeNull()
    expect(store.gateway.order(referenceOf(session)).opened.payer).toEqual({})
  })

  it("takes null for absent, because null is how Medusa clears", async () => {
    const store = new MadeUpStore({
      payer: { name: { required: false }, email: { required: false } },
    })
    const data = { payer: { name: "Ana", email: null }, return_url: null, language: null }
    const session = await store.createSession({ data })
    const { payer, returnUrl } = store.gateway.order(referenceOf(session)).opened
    expect({ payer, returnUrl }).toEqual({ payer: { name: "Ana" }, returnUrl: undefined })
  })

  it("names each word that is wrong without repeating what was written", async () => {
    const store = new MadeUpStore({ payer: { email: { required: false } } })
    const data = { payer: { email: 4711, country: "MARKED" }, save_method: "marked" }
    await expect(store.createSession({ data })).rejects.toMatchObject({
      type: "invalid_data",
      message: expect.stringMatching(/payer\.email.*payer\.country.*save_method/),
    })
    expect(store.everythingSaid()).not.toMatch(/4711|marked/i)
    expect(store.gateway.calls).toEqual([])
  })

  it("sends the shopper back only to an origin that the shop allows", async () => {
    const store = new MadeUpStore()
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
    const store = new MadeUpStore()
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
    const store = new MadeUpStore({ payer: { name: { required: false } } })
    const session = store.addSession()
    await expect(store.initiate(session, { data })).rejects.toMatchObject({
      type: "invalid_data",
      message: expect.not.stringMatching(/4111|5555|3782|123/),
    })
    expect(await store.journal.ordersOfSession(session.id)).toEqual([])
    expect(store.gateway.calls).toEqual([])
  })

  it("lets numbers pass that are no cards", async () => {
    const store = new MadeUpStore({
      payer: { phone: { required: false }, id_number: { required: false } },
    })
    const payer = { phone: "+63 917 123 4567", id_number: "1234567890123456" }
    await expect(store.createSession({ data: { payer } })).resolves.toBeDefined()
  })
})
