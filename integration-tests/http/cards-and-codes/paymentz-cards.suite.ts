import { createOrderWorkflow } from "@medusajs/medusa/core-flows"
import {
  chargeSavedMethodWorkflow,
  confirmPaymentWorkflow,
  createPaymentLinkWorkflow,
} from "../../../src/workflows"
import {
  holdingCards as holding,
  takingCards as taking,
  type CardsAndCodesShop,
} from "../support/cards-and-codes-shop"
import { customerToken } from "../support/customer-token"
import { eventually, suite, type AdminOrder } from "../support/shop"
import type { Checkout, Shopper } from "../support/shopper"

export const paymentzCards = suite<CardsAndCodesShop>("a shop that takes cards", (shop) => {
  beforeEach(() => {
    shop.cards.faults.clear()
    shop.cards.set({ savedCardPayment: "approve" })
  })

  it("reserves the money, captures a part of it once, and refunds what was captured", async () => {
    const { order, reference } = await paidOrder(holding)
    expect(moved("capture", reference)).toEqual([])
    const { id } = paymentOf(order)
    expect((await shop.admin.post(`/admin/payments/${id}/capture`, { amount: 60 })).status).toBe(
      200
    )
    const second = await shop.admin.post(`/admin/payments/${id}/capture`, { amount: 40 })
    expect(second.status).toBe(400)
    expect(second.data.message).toMatch(/captures a payment only once/)
    expect(moved("capture", reference)).toEqual(["60.00"])
    expect((await shop.admin.refund(id, 60)).status).toBe(200)
    expect(moved("refund", reference)).toEqual(["60.00"])
  })

  it("gives the reservation back when the order is canceled", async () => {
    const { order, reference } = await paidOrder(holding)
    expect((await shop.admin.post(`/admin/orders/${order.id}/cancel`, {})).status).toBe(200)
    expect(moved("void", reference)).toEqual(["100.00"])
  })

  it("tells the shop of a chargeback", async () => {
    const told: unknown[] = []
    shop.container
      .resolve("event_bus")
      .subscribe("payment.chargeback", async ({ data }: { data: unknown }) => {
        told.push(data)
      })
    const { reference } = await paidOrder(taking)
    shop.cards.chargeback(reference)
    await eventually(
      async () => told.length,
      (count) => count > 0
    )
    await shop.cards.callbacks.settled()
    expect(told).toEqual([expect.objectContaining({ reference, amount: "100.00" })])
    const row = await shop.database("gateway_order").where({ reference }).first()
    expect(row.state).toBe("chargeback")
  })

  it("sends the shopper on from the form that the gateway has his browser post", async () => {
    const { session } = await checkOut(shop.shopper(), taking)
    const { paymentId } = shop.cards.pay(session.data.reference)
    const fields = new URLSearchParams({
      paymentId,
      merchantTransactionId: session.data.reference,
      status: "Y",
    })
    const answer = await shop.api.post("/payments/paymentz_taking/return", fields, {
      maxRedirects: 0,
      validateStatus: () => true,
    })
    expect([answer.status, answer.headers.location]).toEqual([
      303,
      `http://localhost/done?payment_status=paid&payment_reference=${session.data.reference}`,
    ])
  })

  it("charges a card that its customer saved, who alone can see and remove it", async () => {
    const { shopper, registrationId } = await customerWithCard("owner@example.com")
    const stranger = shop.shopper(await customerToken(shop, "stranger@example.com"))
    const listed = await shopper.get("/store/saved-payment-methods")
    expect(listed.data).toMatchObject({
      count: expect.any(Number),
      saved_payment_methods: expect.arrayContaining([
        expect.objectContaining({ id: registrationId, provider_id: taking }),
      ]),
    })
    expect((await stranger.get("/store/saved-payment-methods")).data.count).toBe(0)
    expect((await shop.shopper().get("/store/saved-payment-methods")).status).toBe(401)

    const stolen = await stranger.choosePayment(
      await stranger.collectionOf(await stranger.fillCart()),
      taking,
      { saved_method_id: registrationId }
    )
    expect(stolen.status).toBe(400)

    const { cartId, session } = await shopper.checkOut(taking, undefined, {
      saved_method_id: registrationId,
    })
    const { data } = await shopper.complete(cartId)
    expect(data.type).toBe("order")
    expect(moved("payment", session.data.reference)).toEqual(["100.00"])

    const path = `/store/saved-payment-methods/${registrationId}`
    expect((await stranger.delete(path)).status).toBe(404)
    expect((await shopper.delete(path)).data).toMatchObject({ deleted: true })
    expect((await shopper.get("/store/saved-payment-methods")).data.count).toBe(0)
  })

  it("tells a customer all that is kept of them, and erases what the books do not need", async () => {
    const { shopper, customerId, registrationId } = await customerWithCard("leaving@example.com")
    const { cartId, session } = await shopper.checkOut(taking, undefined, {
      saved_method_id: registrationId,
      return_url: "http://localhost/done?for=leaving@example.com",
    })
    await shopper.complete(cartId)
    const { reference } = session.data
    const path = `/admin/gateway-payments/customers/${customerId}`

    const { customer_data: before } = (await shop.admin.post(`${path}/export`, {})).data
    // Both accounts are of the same merchant, who has the card once.
    expect(before.saved_methods).toMatchObject([
      { id: registrationId, provider_id: taking },
      { id: registrationId, provider_id: holding },
    ])
    expect(before.payments).toContainEqual(
      expect.objectContaining({ reference, amount: "100.00", received_amount: "100.00" })
    )

    const { erasure } = (await shop.admin.post(`${path}/erase`, {})).data
    expect(erasure).toMatchObject({ is_complete: true, erased: { saved_methods: 1 } })
    expect(erasure.kept).toEqual([{ reason: "books", what: expect.arrayContaining([reference]) }])
    const row = await shop.database("gateway_order").where({ reference }).first()
    expect(row).toMatchObject({ customer_id: null, state: "paid", raw_amount: { value: "100.00" } })
    const kept = JSON.stringify([
      row,
      await shop.database("payment_session").where({ id: row.session_id }),
      await shop.database("payment").where({ payment_session_id: row.session_id }),
      await shop.database("webhook_event").where({ reference }),
    ])
    expect(kept).not.toContain("leaving@example.com")
    expect((await shopper.get("/store/saved-payment-methods")).data.count).toBe(0)
    const lines = await shop.database("gateway_audit_line").where({ subject_id: customerId })
    expect(lines.map(({ action }) => action)).toEqual([
      "customer data exported",
      "customer data erased",
    ])
    expect(
      (await shop.admin.post("/admin/gateway-payments/customers/cus_0/erase", {})).status
    ).toBe(404)
  })

  it("charges what is due on an order to a saved card, once, for a subscription", async () => {
    const { customerId, registrationId } = await customerWithCard("subscriber@example.com")
    const orderId = await unpaidOrder(customerId)
    const input = { order_id: orderId, provider_id: taking, saved_method_id: registrationId }
    const before = shop.cards.ledger.entries({ kind: "payment" }).length
    const runs = await Promise.allSettled(
      [1, 2].map(async () => await chargeSavedMethodWorkflow(shop.container).run({ input }))
    )
    const [charged, ...others] = runs.flatMap((run) =>
      run.status === "fulfilled" ? [run.value.result] : []
    )
    expect(others).toEqual([])
    expect(charged).toMatchObject({ state: "paid" })
    expect(shop.cards.ledger.entries({ kind: "payment" })).toHaveLength(before + 1)
    expect((await shop.adminOrder(orderId)).summary.pending_difference).toBe(0)
  })

  it("sends nothing while an earlier charge of the order is not settled", async () => {
    const { customerId, registrationId } = await customerWithCard("unlucky@example.com")
    const orderId = await unpaidOrder(customerId)
    const input = { order_id: orderId, provider_id: taking, saved_method_id: registrationId }
    shop.cards.set({ savedCardPayment: "pending" })
    const { result } = await chargeSavedMethodWorkflow(shop.container).run({ input })
    expect(result.state).toBe("pending")
    const calls = charges()
    await expect(chargeSavedMethodWorkflow(shop.container).run({ input })).rejects.toMatchObject({
      message: expect.stringMatching(/not settled yet/),
    })
    expect(charges()).toBe(calls)
  })

  it("asks for what is due on an order by a link, and books what is paid by it", async () => {
    const orderId = await unpaidOrder()
    const { result } = await createPaymentLinkWorkflow(shop.container).run({
      input: { order_id: orderId, provider_id: taking },
    })
    expect((await fetch(result.url)).status).toBe(200)
    const row = await shop
      .database("gateway_order")
      .where({ session_id: result.session_id })
      .first()
    shop.cards.pay(row.reference)
    await shop.cards.callbacks.settled()
    await shop.afterWorkflows()
    const confirmed = await confirmPaymentWorkflow(shop.container).run({
      input: { session_id: result.session_id },
    })
    expect(confirmed.result.state).toBe("paid")
    expect((await shop.adminOrder(orderId)).summary.pending_difference).toBe(0)
    await expect(
      createPaymentLinkWorkflow(shop.container).run({
        input: { order_id: orderId, provider_id: taking },
      })
    ).rejects.toMatchObject({ message: expect.stringMatching(/0 are due/) })
  })

  it("has one link of an order at a time: what is paid by an earlier one too is listed", async () => {
    const orderId = await unpaidOrder()
    const [first, second] = [await link(orderId), await link(orderId)]
    expect(await shop.database("payment_session").where({ id: first.session_id })).toEqual([])
    await payBy(second)
    await payBy(first)
    expect(await duesOf(orderId)).toEqual(0)
    const { payment_collections, payment_status } = await shop.adminOrder(orderId)
    const payments = payment_collections.flatMap((collection) => collection.payments)
    expect(payments.map(({ data }) => data?.reference)).toEqual([second.reference])
    expect(payment_status).toBe("captured")
    expect(await listed(first.reference)).toMatchObject([
      { kind: "paid_twice", state: "open", order_id: orderId },
    ])
    expect(await listed(second.reference)).toEqual([])
  })

  it("lists what came by an earlier link alone, to be attached to the order", async () => {
    const orderId = await unpaidOrder()
    const [first] = [await link(orderId), await link(orderId)]
    await payBy(first)
    expect(await duesOf(orderId)).toEqual(100)
    const [entry] = await listed(first.reference)
    expect(entry).toMatchObject({ kind: "session_gone", order_id: orderId })
    const attached = await shop.admin.post(
      `/admin/gateway-payments/exceptions/${entry.id}/attach`,
      {
        order_id: orderId,
      }
    )
    expect([attached.status, attached.data.message]).toEqual([200, undefined])
    expect(await duesOf(orderId)).toEqual(0)
  })

  it("leaves one link open of two that are asked for at the same moment, and of a link and a charge none", async () => {
    const { customerId, registrationId } = await customerWithCard("twice@example.com")
    const orderId = await unpaidOrder(customerId)
    const links = await Promise.all([1, 2, 3].map(async () => await link(orderId)))
    const ids = links.map(({ session_id }) => session_id)
    expect(await shop.database("payment_session").whereIn("id", ids)).toHaveLength(1)

    const input = { order_id: orderId, provider_id: taking, saved_method_id: registrationId }
    const { result } = await chargeSavedMethodWorkflow(shop.container).run({ input })
    expect(result.state).toBe("paid")
    expect(await shop.database("payment_session").whereIn("id", ids)).toEqual([])
    await Promise.all(links.map(async (opened) => await payBy(opened)))
    expect(await duesOf(orderId)).toEqual(0)
    for (const { reference } of links) {
      expect(await listed(reference)).toMatchObject([{ kind: "paid_twice", order_id: orderId }])
    }
  })

  it("lists what is paid by a link after the order was marked as paid in the dashboard", async () => {
    const orderId = await unpaidOrder()
    const opened = await link(orderId)
    const made = await shop.admin.post("/admin/payment-collections", {
      order_id: orderId,
      amount: 100,
    })
    const collection = made.data.payment_collection.id
    const marked = await shop.admin.post(`/admin/payment-collections/${collection}/mark-as-paid`, {
      order_id: orderId,
    })
    expect([marked.status, marked.data.message]).toEqual([200, undefined])
    expect(await duesOf(orderId)).toEqual(0)
    await payBy(opened)
    expect(await duesOf(orderId)).toEqual(0)
    expect(await listed(opened.reference)).toMatchObject([
      { kind: "paid_twice", order_id: orderId },
    ])
  })

  async function link(order_id: string) {
    const { result } = await createPaymentLinkWorkflow(shop.container).run({
      input: { order_id, provider_id: taking },
    })
    const { session_id } = result
    const row = await shop.database("gateway_order").where({ session_id }).first()
    const reference: string = row.reference
    return { session_id, reference }
  }

  async function payBy({ reference }: { reference: string }) {
    shop.cards.pay(reference)
    await shop.cards.callbacks.settled()
    await shop.afterWorkflows()
  }

  const duesOf = async (orderId: string) =>
    (await shop.adminOrder(orderId)).summary.pending_difference
  const listed = async (reference: string) =>
    await shop.database("payment_exception").where({ reference })

  it("refuses a card number before anything is stored or logged", async () => {
    const shopper = shop.shopper()
    const collectionId = await shopper.collectionOf(await shopper.fillCart())
    const answer = await shopper.choosePayment(collectionId, taking, {
      card: { number: "4111 1111 1111 1111", cvv: "123" },
    })
    expect(answer.status).toBe(400)
    const { rows: tables } = await shop.database.raw(
      "select table_name from information_schema.tables where table_schema = 'public'"
    )
    for (const { table_name } of tables) {
      const { rows } = await shop.database.raw(
        "select count(*) as hits from ?? as row where row::text ~ '4111[^0-9]{0,1}1111'",
        [table_name]
      )
      expect([table_name, Number(rows[0].hits)]).toEqual([table_name, 0])
    }
  })

  async function checkOut(shopper: Shopper, provider: string): Promise<Checkout> {
    const checkout = await shopper.checkOut(provider)
    const { url = "", fields } = checkout.session.data.next_action
    const page = await fetch(url, { method: "POST", body: new URLSearchParams(fields) })
    expect(page.status).toBe(200)
    return checkout
  }

  async function paidOrder(provider: string): Promise<{ order: AdminOrder; reference: string }> {
    const { cartId, session } = await checkOut(shop.shopper(), provider)
    shop.cards.pay(session.data.reference)
    const { id } = await shop.orderOfCart(cartId)
    await shop.cards.callbacks.settled()
    await shop.afterWorkflows()
    return { order: await shop.adminOrder(id), reference: session.data.reference }
  }

  /** As a subscription's renewal makes one: placed, and nothing of it is paid. */
  async function unpaidOrder(customerId?: string): Promise<string> {
    const { result } = await createOrderWorkflow(shop.container).run({
      input: {
        region_id: shop.store.regions.hr,
        sales_channel_id: shop.store.salesChannelId,
        currency_code: "eur",
        customer_id: customerId,
        email: "renewal@example.com",
        items: [{ title: "A month of coffee", quantity: 1, unit_price: 100 }],
      },
    })
    return result.id
  }

  async function customerWithCard(email: string) {
    const shopper = shop.shopper(await customerToken(shop, email))
    const { data } = await shopper.get("/store/customers/me")
    const { registrationId } = shop.cards.saveCard({ id: data.customer.id, email })
    return { shopper, registrationId, customerId: data.customer.id }
  }

  const moved = (kind: "payment" | "capture" | "refund" | "void", reference: string) =>
    shop.cards.ledger.entries({ kind, reference }).map(({ amount }) => amount)
  const charges = () =>
    shop.cards.calls.list().filter(({ path }) => path.includes("/paywithtoken/")).length
})

function paymentOf(order: AdminOrder) {
  return order.payment_collections[0]!.payments[0]!
}
