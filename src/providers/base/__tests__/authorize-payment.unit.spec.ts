import { payment } from "./made-up-gateway"
import { MadeUpStore } from "./made-up-store"

describe("authorizePayment", () => {
  it.each([
    ["pending", "pending", "open"],
    ["authorized", "authorized", "authorized"],
    ["paid", "captured", "paid"],
    ["failed", "error", "failed"],
    ["expired", "canceled", "expired"],
    ["canceled", "canceled", "canceled"],
    ["refunded", "canceled", "refunded"],
  ] as const)("makes of %s the session status %s", async (state, status, word) => {
    const store = new MadeUpStore()
    const { session, reference, data } = await store.open()
    store.gateway.tell(reference, { state, word: state })
    expect(await store.authorize(session, data)).toMatchObject({ status, data: { status: word } })
  })

  it("leaves the shopper no link to a payment that was made", async () => {
    const store = new MadeUpStore()
    const { data } = await store.openPaid()
    expect(data.next_action).toEqual({ type: "none", url: null })
  })

  it.each([
    ["too little", [payment("p1", "99.99")]],
    ["too much", [payment("p1", "100.01")]],
    ["another currency", [payment("p1", "100", "jpy")]],
    ["nothing at all", []],
    ["two payments that are too much together", [payment("p1", "100"), payment("p2", "100")]],
  ])("never takes %s for the order, and says so", async (_name, money) => {
    const store = new MadeUpStore()
    const { session, reference, data } = await store.open()
    store.gateway.tell(reference, { state: "paid", word: "paid", money })
    const { status, data: after } = await store.authorize(session, data)
    expect(status).toBe("error")
    expect(after?.status).toBe("mismatch")
    expect(store.logged.join()).toContain(
      `payment ${reference} is not accepted: ordered were 100.00`
    )
    expect(await store.journal.findOrder(reference)).toMatchObject({ state: "open" })
    expect(await store.journal.moneyOfOrder(reference)).toHaveLength(money.length)
  })

  it("takes the exact amount, whatever its trailing zeros", async () => {
    const store = new MadeUpStore()
    const { session, reference, data } = await store.open()
    store.gateway.tell(reference, { state: "paid", word: "paid", money: [payment("p1", "100")] })
    expect((await store.authorize(session, data)).status).toBe("captured")
    expect(await store.journal.moneyOfOrder(reference)).toMatchObject([
      { gateway_id: "p1", amount: "100" },
    ])
  })

  it("waits for the rest where payments come in parts, and takes what is over as paid", async () => {
    const store = new MadeUpStore({ receivesInParts: true })
    const { session, reference, data } = await store.open()
    store.gateway.tell(reference, { state: "paid", word: "paid", money: [payment("p1", "60")] })
    expect((await store.authorize(session, data)).status).toBe("pending")
    const money = [payment("p1", "60"), payment("p2", "45")]
    store.gateway.tell(reference, { state: "paid", word: "paid", money })
    expect((await store.authorize(session, data)).status).toBe("captured")
    expect(await store.journal.moneyOfOrder(reference)).toHaveLength(2)
  })

  it("lets one payment at the gateway pay one order only", async () => {
    const store = new MadeUpStore()
    const first = await store.open()
    const second = await store.open()
    for (const { reference } of [first, second]) {
      store.gateway.tell(reference, { state: "paid", word: "paid", money: [payment("p1", "100")] })
    }
    expect((await store.authorize(first.session, first.data)).status).toBe("captured")
    const { status, data } = await store.authorize(second.session, second.data)
    expect([status, data?.status]).toEqual(["error", "mismatch"])
    expect(store.logged.join()).toContain(`p1 was counted for ${first.reference} before`)
  })

  it("is paid after it failed, because money decides", async () => {
    const store = new MadeUpStore()
    const { session, reference, data } = await store.open()
    store.gateway.tell(reference, { state: "failed", word: "failed" })
    await store.authorize(session, data)
    store.gateway.tell(reference, { state: "paid", word: "paid" })
    expect((await store.authorize(session, data)).status).toBe("captured")
  })

  it.each(["unknown", "not_sent", "declined"] as const)(
    "stays pending when the question itself ends %s",
    async (outcome) => {
      const store = new MadeUpStore()
      const { session, reference, data } = await store.open()
      store.gateway.tell(reference, { state: "paid", word: "paid" })
      store.gateway.goWrong("queryOrder", { outcome })
      expect((await store.authorize(session, data)).status).toBe("pending")
      expect((await store.authorize(session, data)).status).toBe("captured")
    }
  )

  it("does not ask again about what is proved", async () => {
    const store = new MadeUpStore()
    const { session, data } = await store.openPaid()
    store.gateway.goWrong("queryOrder", { outcome: "unknown" })
    expect((await store.authorize(session, data)).status).toBe("captured")
  })

  it("is not paid any more once it was refunded, even if the gateway still says paid", async () => {
    const store = new MadeUpStore()
    const { session, data } = await store.openPaid()
    await store.refund(data, 100)
    expect((await store.authorize(session, data)).status).toBe("canceled")
  })

  it("finds the order by the session that Medusa names, not by what the data says", async () => {
    const store = new MadeUpStore()
    const paid = await store.openPaid()
    const unpaid = await store.open()
    const { status, data } = await store.authorize(unpaid.session, paid.data)
    expect(status).toBe("pending")
    expect(data?.reference).toBe(unpaid.reference)
  })

  it("answers the same through getPaymentStatus and retrievePayment", async () => {
    const store = new MadeUpStore()
    const { reference, data } = await store.open()
    store.gateway.tell(reference, { state: "paid", word: "paid" })
    const status = await store.provider.getPaymentStatus({ data })
    expect(status.status).toBe("captured")
    expect((await store.provider.retrievePayment({ data })).data).toEqual(status.data)
  })

  it("says what to do where no order was opened", async () => {
    const store = new MadeUpStore()
    await expect(store.provider.authorizePayment({ data: {} })).rejects.toThrow(
      "no order was opened for this payment. Choose the payment method again"
    )
  })
})
