import { kessTill as provider, type CardsAndCodesShop } from "../support/cards-and-codes-shop"
import { feedAbout } from "../support/feed"
import { makeDue, reconcile } from "../support/reconciliation"
import { daysOf, eventually, suite, type AdminOrder } from "../support/shop"

const quickPay = "/quick-pay"

export const till = suite<CardsAndCodesShop>("a till that scans the shopper's code", (shop) => {
  let codes = 0

  beforeEach(() => {
    shop.till.faults.clear()
    shop.till.calls.clear()
    shop.till.set({ onScan: "pays", holdMs: 45_000 })
  })

  it("asks for a code where none was scanned, and charges nobody", async () => {
    const { session } = await shop.shopper().checkOut(provider)
    expect(session.data.next_action).toEqual({ type: "shopper_code" })
    expect(shop.till.calls.count(quickPay)).toBe(0)
  })

  it("charges the code when the cart is completed, and not before", async () => {
    const { cartId, session } = await scan()
    expect(session.data).toMatchObject({ next_action: { type: "none" }, auth_code: null })
    expect(shop.till.calls.count(quickPay)).toBe(0)
    const { data } = await shop.shopper().complete(cartId)
    expect(data.type).toBe("order")
    await expectOnePayment(cartId, session.data.reference)
  })

  it("charges it once although the till completes the cart many times at once", async () => {
    const { cartId, session } = await scan()
    await Promise.all(Array.from({ length: 5 }, async () => await shop.shopper().complete(cartId)))
    await shop.shopper().complete(cartId)
    await expectOnePayment(cartId, session.data.reference)
  })

  it("charges it once when the answer is lost after the shopper paid", async () => {
    shop.till.faults.add({ kind: "answer-lost", path: quickPay })
    const { cartId, session } = await scan()
    const { data } = await shop.shopper().complete(cartId)
    expect(data.type).toBe("order")
    await expectOnePayment(cartId, session.data.reference)
  })

  it("stays pending, and is found by asking, when the shopper enters the PIN late", async () => {
    shop.till.set({ onScan: "waits", holdMs: 10 })
    const { cartId, session } = await scan()
    const answer = await shop.shopper().complete(cartId)
    expect(answer.data.type).not.toBe("order")
    // The call itself, and all questions that a till has the patience for.
    expect(shop.till.calls.count("/check-payment-status")).toBe(6)
    shop.till.pay(session.data.reference)
    const state = await eventually(
      async () => {
        const { data } = await shop
          .shopper()
          .post(`/store/payment-sessions/${session.id}/refresh`, {})
        return data.payment_session.state
      },
      (told) => told === "paid"
    )
    expect(state).toBe("paid")
    await expectOnePayment(cartId, session.data.reference)
  })

  it.each(["12345678901234567", "4111111111111111", "not a code"])(
    "refuses what is no code of a wallet's: %s",
    async (auth_code) => {
      const shopper = shop.shopper()
      const collectionId = await shopper.collectionOf(await shopper.fillCart())
      const answer = await shopper.choosePayment(collectionId, provider, { auth_code })
      expect(answer.status).toBe(400)
      expect(shop.till.calls.count(quickPay)).toBe(0)
      const { rows } = await shop.database.raw(
        "select count(*) as hits from payment_session where data::text like ?",
        [`%${auth_code}%`]
      )
      expect(Number(rows[0].hits)).toBe(0)
    }
  )

  it("takes a refund that failed days after it was made out of the books, and tells it once", async () => {
    const { orderId, payment, reference } = await paid()
    expect((await shop.admin.refund(payment.id)).status).toBe(200)
    const [made] = await refundsOf(reference)
    expect(made).toMatchObject({ state: "done", next_check_at: expect.any(Date) })
    shop.till.failRefundLate(made.reference)
    await makeDue(shop)
    expect(await reconcile(shop)).toMatchObject({ failed: 1, errors: 0 })
    await shop.afterWorkflows()

    expect(await refundsOf(reference)).toMatchObject([{ state: "returned", next_check_at: null }])
    expect(await shop.database("gateway_order").where({ reference }).first()).toMatchObject({
      state: "paid",
    })
    const order = await shop.adminOrder(orderId)
    expect(order.payment_collections[0]).toMatchObject({
      captured_amount: 10,
      refunded_amount: 0,
    })
    expect(kept(order)).toBe(10) // a line that sets the refund's own right
    expect(order.summary.pending_difference).toBe(-10) // owed to the shopper still
    const [entry, ...others] = await shop.database("payment_exception").where({ reference })
    expect(others).toEqual([])
    expect(entry).toMatchObject({ kind: "refund_failed", state: "open", order_id: orderId })
    expect((await feedAbout(shop, made.reference)).map(({ data }) => data.title)).toEqual([
      "A refund failed after it was made",
    ])

    await makeDue(shop)
    expect(await reconcile(shop)).toMatchObject({ failed: 0, errors: 0 })
    expect((await shop.admin.refund(payment.id)).status).toBe(200)
    await shop.afterWorkflows()
    expect((await refundsOf(reference)).map(({ state }) => state)).toEqual(["returned", "done"])
    const again = await shop.adminOrder(orderId)
    expect(kept(again)).toBe(0)
    expect(again.summary.pending_difference).toBe(0)
    expect(again.payment_collections[0]).toMatchObject({
      captured_amount: 10,
      refunded_amount: 10,
    })
    const stillOpen = await eventually(
      async () => await shop.database("payment_exception").where({ reference, state: "open" }),
      (open) => open.length === 0
    )
    expect(stillOpen).toEqual([])
    expect(shop.till.ledger.entries({ kind: "refund", reference })).toHaveLength(2)
  })

  it("asks about a refund daily while it can fail, and no longer", async () => {
    const { payment, reference } = await paid()
    await shop.admin.refund(payment.id)
    await makeDue(shop)
    shop.till.calls.clear()
    await reconcile(shop)
    expect(shop.till.calls.count("/check-refund-status")).toBe(1)
    const [stands] = await refundsOf(reference)
    expect(stands.state).toBe("done")
    expect(stands.next_check_at.getTime() - Date.now()).toBeGreaterThan(23 * 3_600_000)
    const longAgo = new Date(Date.now() - 15 * 24 * 3_600_000)
    await shop
      .database("gateway_operation")
      .where({ reference: stands.reference })
      .update({ created_at: longAgo })
    await makeDue(shop)
    await reconcile(shop)
    expect((await refundsOf(reference))[0].next_check_at).toBeNull()
  })

  const kept = ({ summary }: AdminOrder) => summary.paid_total - summary.refunded_total

  async function paid() {
    const { cartId, session } = await scan()
    await shop.shopper().complete(cartId)
    const order = await shop.orderOfCart(cartId)
    const { reference } = session.data
    return { orderId: order.id, payment: order.payment_collections[0]!.payments[0]!, reference }
  }

  const refundsOf = async (reference: string) =>
    await shop
      .database("gateway_operation")
      .where({ order_reference: reference, kind: "refund" })
      .orderBy(["created_at", "id"])

  it("that nobody paid at is no error, however often it is asked about", async () => {
    shop.till.set({ unpaidCheck: "failure" })
    const { session } = await shop.shopper().checkOut(provider)
    for (let count = 0; count < 3; count += 1) {
      await makeDue(shop)
      expect(await reconcile(shop)).toMatchObject({ errors: 0, given_up: 0 })
    }
    expect(await feedAbout(shop, session.data.reference)).toEqual([])
  })

  it("whose password KESS does not take is told of once, whatever number of payments waits", async () => {
    await shop.shopper().checkOut(provider)
    await shop.shopper().checkOut(provider)
    shop.till.faults.add({
      kind: "http-error",
      status: 403,
      path: "/check-payment-status",
      times: "forever",
    })
    const days = await daysOf(async () => {
      await makeDue(shop)
      expect((await reconcile(shop)).errors).toBeGreaterThanOrEqual(2)
      await makeDue(shop)
      await reconcile(shop)
    })
    const told = await feedAbout(shop, provider)
    expect(told.length).toBeLessThanOrEqual(days.length)
    expect(told[0]?.data.title).toBe("A gateway does not accept the shop's credentials")
  })

  /** A new code for each: a wallet shows another one every minute. */
  async function scan() {
    codes += 1
    const auth_code = `13456789012345${String(codes).padStart(4, "0")}`
    return await shop.shopper().checkOut(provider, undefined, { auth_code })
  }

  async function expectOnePayment(cartId: string, reference: string) {
    await shop.afterWorkflows()
    const [orderId, ...others] = await shop.ordersOfCart(cartId)
    expect(others).toEqual([])
    const order = await shop.adminOrder(orderId!)
    expect(order.summary.pending_difference).toBe(0)
    expect(shop.till.ledger.entries({ kind: "payment", reference })).toHaveLength(1)
    expect(shop.till.calls.count(quickPay)).toBe(1)
    const [row] = await shop.database("gateway_order").where({ reference })
    expect(JSON.stringify(row)).not.toMatch(/13456789012345/)
  }
})
