import { Modules } from "@medusajs/framework/utils"
import { feedAbout } from "../support/feed"
import { refundUntilKilled } from "../support/killed-refund"
import { mocasaProvider, type MocasaStore } from "../support/mocasa-store"
import { eventually, suite } from "../support/shop"
import { makeDue, reconcile } from "../support/reconciliation"

const route = "/admin/gateway-payments/reconciliation"
const query = "/payment/order/query"
const refundPath = "/payment/order/refund"

/** Nothing tells the shop of a payment: no webhook, and the shopper has closed the page. */
export const reconciliation = suite<MocasaStore>("the reconciliation", (shop) => {
  beforeEach(() => {
    shop.sandbox.set({ webhooksOn: false })
  })

  it("makes exactly one order of what was paid while nobody told of it", async () => {
    const { cartId, reference } = await leftCart()
    shop.sandbox.pay(reference)
    await makeDueNow()

    expect(await run()).toMatchObject({ checked: 1, settled: 1, errors: 0 })

    const order = await shop.orderOfCart(cartId)
    expect(order.payment_collections[0]?.captured_amount).toBe(112)
    await makeDueNow()
    expect(await run()).toMatchObject({ checked: 0 }) // nothing is expected of it any more
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
  })

  it("is watched over: where it is not begun any more, a monitor is answered with 503", async () => {
    await run()
    const health = async () => {
      const { status, data } = await shop.admin.get("/admin/gateway-payments/health")
      return [status, data.health.status, data.health.problems]
    }
    expect(await health()).toEqual([200, "ok", []])
    const anHourAgo = new Date(Date.now() - 3_600_000)
    await shop.database("reconciliation_run").update({ started_at: anHourAgo })
    expect(await health()).toEqual([503, "degraded", ["reconciliation_late"]])
    await run()
  })

  it("asks about no order twice when two runs start at once", async () => {
    const carts = []
    for (let count = 0; count < 6; count += 1) {
      carts.push(await leftCart())
    }
    carts.slice(0, 3).forEach(({ reference }) => shop.sandbox.pay(reference))
    await makeDueNow()
    shop.sandbox.calls.clear()

    expect(await run(3)).toMatchObject({ checked: 6, settled: 3, errors: 0 })

    expect(shop.sandbox.calls.count(query)).toBe(6)
    const orders = await Promise.all(carts.map(({ cartId }) => shop.ordersOfCart(cartId)))
    expect(orders.map(({ length }) => length)).toEqual([1, 1, 1, 0, 0, 0])
  })

  it("resumes what a server had taken over that died", async () => {
    const { cartId, reference } = await leftCart()
    shop.sandbox.pay(reference)
    const inTenMinutes = new Date(Date.now() + 600_000)
    await orders().where({ reference }).update({ next_check_at: inTenMinutes, checks: 1 })
    expect(await run()).toMatchObject({ checked: 0 })

    await makeDueNow() // its time is up
    expect(await run()).toMatchObject({ settled: 1 })
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
  })

  it("completes the cart of what the journal knows as paid, without asking the gateway again", async () => {
    const { cartId, reference } = await leftCart()
    shop.sandbox.pay(reference)
    await orders().where({ reference }).update({ state: "paid" })
    await makeDueNow()
    shop.sandbox.calls.clear()
    expect(await run()).toMatchObject({ settled: 1 })
    expect(shop.sandbox.calls.count(query)).toBe(0)
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
  })

  it("marks what failed, and makes the order of what is paid all the same later", async () => {
    const { cartId, reference, sessionId } = await leftCart()
    shop.sandbox.decline(reference)
    await makeDueNow()
    expect(await run()).toMatchObject({ checked: 1, failed: 1 })
    expect(await orders().where({ reference }).first()).toMatchObject({ state: "failed" })
    const session = await shop.database("payment_session").where({ id: sessionId }).first()
    expect(session.status).toBe("error")

    shop.sandbox.pay(reference)
    await makeDueNow()
    expect(await run()).toMatchObject({ settled: 1 })
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
  })

  it("counts a gateway that is away as an error, and asks again soon", async () => {
    const { cartId, reference } = await leftCart()
    shop.sandbox.pay(reference)
    shop.sandbox.faults.add({ kind: "http-error", path: query, times: "forever" })
    await makeDueNow()
    expect(await run()).toMatchObject({ checked: 1, settled: 0, errors: 1 })
    const { data } = await shop.admin.get(route)
    expect(data.last_run.error).toMatch(new RegExp(`${reference}: .*HTTP 500`))
    const row = await orders().where({ reference }).first()
    expect(row.next_check_at.getTime() - Date.now()).toBeLessThan(130_000)

    shop.sandbox.faults.clear()
    await makeDueNow()
    expect(await run()).toMatchObject({ settled: 1, errors: 0 })
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
  })

  it("asks again in two minutes about what is not paid yet, and never gives up a link that has no end", async () => {
    const { cartId, reference } = await leftCart()
    await makeDueNow()
    const began = Date.now()
    expect(await run()).toMatchObject({ checked: 1, settled: 0, failed: 0 })
    const { next_check_at } = await orders().where({ reference }).first()
    expect(next_check_at.getTime() - began).toBeGreaterThan(110_000)

    const day = 24 * 3_600_000
    await orders()
      .where({ reference })
      .update({ created_at: new Date(Date.now() - 40 * day), checks: 20 })
    await makeDueNow()
    expect(await run()).toMatchObject({ checked: 1, given_up: 0 })
    const later = await orders().where({ reference }).first()
    // A quarter of its age.
    expect(later.next_check_at.getTime() - Date.now()).toBeGreaterThan(9 * day)

    shop.sandbox.pay(reference)
    await makeDueNow()
    expect(await run()).toMatchObject({ settled: 1 })
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
  })

  it("reports what was paid for a cart that wants something else by now", async () => {
    const { cartId, collectionId, reference } = await leftCart()
    const shopper = shop.shopper()
    await shopper.post(`/store/carts/${cartId}/line-items`, {
      variant_id: shop.store.variants.odd,
      quantity: 1,
    })
    await shopper.choosePayment(collectionId, mocasaProvider)
    shop.sandbox.pay(reference)
    await makeDueNow()
    expect(await run()).toMatchObject({ checked: 2, settled: 0, unmatched: 1 })
    expect(await shop.ordersOfCart(cartId)).toEqual([])
  })

  it("lists what could not be booked for a day, and closes it when a later try books it", async () => {
    const { cartId, reference } = await leftCart()
    const unable = jest
      .spyOn(shop.container.resolve(Modules.PAYMENT), "authorizePaymentSession")
      .mockRejectedValue(new Error("the database is read-only"))
    shop.sandbox.pay(reference)
    await makeDueNow()
    expect(await run()).toMatchObject({ checked: 1, errors: 1 })
    expect(await unmatched(reference)).toEqual([])

    const aDayAgo = new Date(Date.now() - 24 * 3_600_000)
    const money = shop.database("received_money").where({ order_reference: reference })
    expect(await money.update({ created_at: aDayAgo })).toBe(1)
    await makeDueNow()
    expect(await run()).toMatchObject({ checked: 1, errors: 1 })
    expect(await unmatched(reference)).toMatchObject([{ kind: "order_not_made", state: "open" }])

    unable.mockRestore()
    await makeDueNow()
    expect(await run()).toMatchObject({ settled: 1 })
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
    expect(await unmatched(reference)).toMatchObject([{ state: "closed", settled_by: "system" }])
  })

  it("asks about a refund whose answer was lost, and never sends it", async () => {
    const { cartId, reference } = await leftCart()
    shop.sandbox.pay(reference)
    await makeDueNow()
    await run()
    const order = await shop.orderOfCart(cartId)
    const payment = order.payment_collections[0]!.payments[0]!
    shop.sandbox.faults.add({ kind: "answer-lost", path: refundPath })
    const refund = async () => await shop.admin.refund(payment.id, 112)
    expect((await refund()).status).toBe(400)
    await makeDueNow()
    shop.sandbox.calls.clear()

    expect(await run()).toMatchObject({ checked: 1, errors: 0 })

    expect(shop.sandbox.calls.count(query)).toBe(1)
    expect(shop.sandbox.calls.count(refundPath)).toBe(0)
    // Mocasa can't tell whether it was made, only that it would refuse a second one: it is the admin's, who is told.
    await makeDueNow()
    expect(await run()).toMatchObject({ checked: 0 })
    expect(await feedAbout(shop, reference)).toMatchObject([
      {
        data: {
          description: expect.stringMatching(/112\.00 PHP .*can't tell.*Refund the payment/),
        },
      },
    ])
    expect((await refund()).status).toBe(200)
    expect(shop.sandbox.ledger.entries({ kind: "refund", reference })).toHaveLength(1)
  })

  it("takes back the refund of a server that died, so that it can be repeated and is made once", async () => {
    const { cartId, reference } = await leftCart()
    shop.sandbox.pay(reference)
    await makeDueNow()
    await run()
    const payment = (await shop.orderOfCart(cartId)).payment_collections[0]!.payments[0]!
    const refund = async () => await shop.admin.refund(payment.id, 112)
    const refundId = await refundUntilKilled(shop.databaseUrl, reference)
    await shop.database("refund").insert({
      id: refundId, // as Medusa writes it before it calls the provider
      payment_id: payment.id,
      amount: 112,
      raw_amount: { value: "112", precision: 20 },
    })
    expect((await refund()).data.message).toMatch(/refund more than the captured/)
    await makeDueNow()

    expect(await run()).toMatchObject({ checked: 1, errors: 0 })

    expect((await refund()).status).toBe(200)
    expect(shop.sandbox.ledger.entries({ kind: "refund", reference })).toHaveLength(1)
    expect(
      await shop.database("refund").where({ payment_id: payment.id }).whereNull("deleted_at")
    ).toHaveLength(1)
  })

  it("is started by an admin, who reads what it came to", async () => {
    const lastRun = async () => (await shop.admin.get(route)).data.last_run
    const startedAndEnded = async () => {
      const { reference } = await leftCart()
      shop.sandbox.pay(reference)
      await makeDueNow()
      const started = await shop.admin.post(`${route}/run`, {})
      expect(started.status).toBe(202)
      const ended = await eventually(lastRun, ({ ended_at }) => ended_at !== null)
      return { id: started.data.run.id, ended }
    }
    // The shop's own job begins a run, too, at most once in half a minute: then another cart is left.
    const { id, ended } = await eventually(
      startedAndEnded,
      ({ id, ended }) => ended.id === id && ended.checked > 0
    )
    expect(ended).toMatchObject({ id, checked: 1, settled: 1, error: null })
    const took = new Date(ended.ended_at).getTime() - new Date(ended.started_at).getTime()
    expect(ended.duration_ms).toBe(took)
  })

  it("is nobody else's to read or to start", async () => {
    expect((await shop.shopper().get(route)).status).toBe(401)
    expect((await shop.shopper().post(`${route}/run`, {})).status).toBe(401)
  })

  async function leftCart() {
    const { cartId, collectionId, session } = await shop.shopper().checkOut(mocasaProvider)
    return { cartId, collectionId, sessionId: session.id, reference: session.data.reference }
  }

  const orders = () => shop.database("gateway_order")
  const unmatched = async (reference: string) =>
    await shop.database("payment_exception").where({ reference })

  const makeDueNow = async () => await makeDue(shop)
  const run = async (howMany?: number) => await reconcile(shop, howMany)
})
