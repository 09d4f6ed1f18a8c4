import { BigNumber } from "@medusajs/framework/utils"
import { MadeUpStore, providerId } from "./made-up-store"

describe("initiatePayment", () => {
  it.each([
    ["a number", 111.9888],
    ["a text", "111.9888"],
    ["Medusa's BigNumber", new BigNumber("111.9888")],
    ["a plain object", { value: "111.9888", precision: 20 }],
  ])("charges what Medusa asked for as %s, rounded once", async (_shape, amount) => {
    const store = new MadeUpStore()
    const { reference, data } = await store.open(amount)
    expect(data.amount).toBe("111.99")
    expect(store.gateway.orders.get(reference)?.amount).toBe("111.99")
    expect(await store.journal.findOrder(reference)).toMatchObject({
      requested_amount: "111.9888",
      amount: "111.99",
    })
  })

  it.each([
    ["php", 0.01, "0.01"],
    ["php", 1234567.89, "1234567.89"],
    ["php", 0.005, "0.01"],
    ["jpy", 99.5, "100"],
    ["kwd", 1.2344, "1.234"],
    ["PHP", 1, "1.00"],
  ])("counts %s %s as %s", async (currency, amount, charged) => {
    const { data } = await new MadeUpStore().open(amount, currency)
    expect(data).toMatchObject({ amount: charged, currency_code: currency.toLowerCase() })
  })

  it.each([
    ["nothing", 0],
    ["what rounds to nothing", 0.004],
    ["less than nothing", -1],
  ])("refuses to charge %s", async (_name, amount) => {
    const store = new MadeUpStore()
    await expect(store.open(amount)).rejects.toMatchObject({ type: "invalid_data" })
    expect(store.gateway.calls).toEqual([])
  })

  it("refuses a currency that the gateway does not take, and names those it does", async () => {
    const store = new MadeUpStore()
    await expect(store.open(1, "usd")).rejects.toThrow(
      "Acme can't be paid in USD; it takes PHP, JPY, KWD"
    )
    await expect(store.open(1, "constructor")).rejects.toThrow("can't be paid in CONSTRUCTOR")
  })

  it("has written its row before the gateway is asked", async () => {
    const store = new MadeUpStore()
    const { createOrder } = store.gateway
    store.gateway.createOrder = async (order) => {
      expect(await store.journal.findOrder(order.reference)).toMatchObject({ state: "opening" })
      return await createOrder.call(store.gateway, order)
    }
    const { reference } = await store.open()
    expect(await store.journal.findOrder(reference)).toMatchObject({
      state: "open",
      provider_id: providerId,
      gateway_id: `acme-${reference}`,
    })
  })

  it("makes no second order when it is repeated for the same session", async () => {
    const store = new MadeUpStore()
    const { session, data } = await store.open()
    const again = await store.initiate(session)
    expect(again.data).toEqual(data)
    expect(store.gateway.count("createOrder")).toBe(1)
  })

  it("finds the order again when its answer was lost", async () => {
    const store = new MadeUpStore()
    store.gateway.goWrong("createOrder", { outcome: "unknown", acts: true })
    const { data } = await store.open()
    expect(data).toMatchObject({ status: "open", next_action: { type: "redirect" } })
    expect(store.gateway.count("createOrder")).toBe(1)
  })

  it("says that it does not know when neither the order nor an answer is to be had, and lets it be repeated", async () => {
    const store = new MadeUpStore()
    const session = store.addSession()
    store.gateway.goWrong("createOrder", { outcome: "unknown" })
    const reference = `${session.id.slice("payses_".length)}0`
    await expect(store.initiate(session)).rejects.toThrow(`Our reference: ${reference}`)
    expect(await store.journal.findOrder(reference)).toMatchObject({
      state: "opening",
      released_at: store.now,
    })
    await expect(store.initiate(session)).resolves.toMatchObject({ data: { status: "open" } })
  })

  it.each(["declined", "not_sent"] as const)(
    "leaves nothing open when the order was %s, and lets it be repeated",
    async (outcome) => {
      const store = new MadeUpStore()
      const session = store.addSession()
      store.gateway.goWrong("createOrder", { outcome })
      await expect(store.initiate(session)).rejects.toMatchObject({ type: "not_allowed" })
      const [order] = await store.journal.ordersOfSession(session.id)
      expect(order).toMatchObject({ state: "refused", released_at: store.now })
      await expect(store.initiate(session)).resolves.toMatchObject({ data: { status: "open" } })
    }
  )

  it("tells the gateway's code and words", async () => {
    const store = new MadeUpStore()
    store.gateway.goWrong("createOrder", { outcome: "declined" })
    await expect(store.open()).rejects.toThrow("Acme refused (E42: The bank said no)")
  })

  it("works on no session that does not exist or is another provider's", async () => {
    const store = new MadeUpStore()
    const missing = { ...store.addSession(), id: "payses_01ARZ3NDEKTSV4RRFFQ69G5FAV" }
    await expect(store.initiate(missing)).rejects.toMatchObject({ type: "not_allowed" })
    const foreign = store.addSession(100, "php", "pp_acme_other")
    await expect(store.initiate(foreign)).rejects.toMatchObject({ type: "not_allowed" })
    expect(store.gateway.calls).toEqual([])
  })

  it("ignores the keys of an older session, and clears whatever is not listed", async () => {
    const store = new MadeUpStore()
    const session = store.addSession()
    const { data } = await store.initiate(session, {
      reference: "01ARZ3NDEKTSV4RRFFQ69G5FAV0",
      status: "paid",
      amount: "0.01",
      next_action: { type: "redirect", url: "https://evil.example", extra: 1 },
      note: "hello",
      language: "fil",
    })
    expect(data).toEqual({
      session_id: session.id,
      reference: `${session.id.slice("payses_".length)}0`,
      gateway_id: expect.stringMatching(/^acme-/),
      amount: "100.00",
      currency_code: "php",
      status: "open",
      next_action: { type: "redirect", url: expect.stringMatching(/^https:\/\/acme/), extra: null },
      expires_at: null,
      note: null,
    })
  })

  it("passes on what the gateway needs of the payer, and keeps no identity number", async () => {
    const store = new MadeUpStore({ payer: ["name", "id_number"] })
    const session = store.addSession()
    const payer = { name: "Maria", id_number: "ID-MARKED", email: "m@example.com" }
    const { data = {}, id } = await store.initiate(session, { payer })
    expect(store.gateway.orders.get(id)?.payer).toEqual({ name: "Maria", id_number: "ID-MARKED" })
    expect(data.payer).toEqual({ name: "Maria", id_number: null, email: null })
    expect(JSON.stringify([await store.journal.findOrder(id), store.logged])).not.toContain(
      "MARKED"
    )
  })

  it("keeps nothing of the payer where the gateway needs nothing", async () => {
    const store = new MadeUpStore()
    const { data, id } = await store.initiate(store.addSession(), { payer: { name: "Maria" } })
    expect(data?.payer).toBeNull()
    expect(store.gateway.orders.get(id)?.payer).toEqual({})
  })

  it("names what is wrong with the storefront's words", async () => {
    const store = new MadeUpStore()
    const session = store.addSession()
    await expect(store.initiate(session, { payer: { email: 5 } })).rejects.toThrow("payer.email")
    expect(store.gateway.calls).toEqual([])
  })

  it("sends the shopper back only to origins that the shop allows", async () => {
    const store = new MadeUpStore()
    const session = store.addSession()
    await expect(store.initiate(session, { return_url: "https://evil.example/" })).rejects.toThrow(
      "allowedReturnOrigins"
    )
    const { id } = await store.initiate(session, { return_url: "https://shop.example/thanks" })
    expect(store.gateway.orders.get(id)?.returnUrl).toBe("https://shop.example/thanks")
  })

  it("refuses card data", async () => {
    const store = new MadeUpStore()
    const session = store.addSession()
    const error = await store
      .initiate(session, { extra: { text: "4111 1111 1111 1111" } })
      .catch(String)
    expect(error).toContain("Card data must not be sent")
    expect(error).not.toContain("4111")
    expect(store.gateway.calls).toEqual([])
  })

  it("tells the gateway the customer's id only where one is logged in", async () => {
    const store = new MadeUpStore()
    const guest = await store.initiate(store.addSession())
    const customer = await store.initiate(store.addSession(), {}, "cus_1")
    expect(store.gateway.orders.get(guest.id)?.customerId).toBeUndefined()
    expect(store.gateway.orders.get(customer.id)?.customerId).toBe("cus_1")
  })
})
