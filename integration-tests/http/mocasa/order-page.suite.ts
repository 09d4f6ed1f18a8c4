import type {
  CheckAnswer,
  OrderPaymentsAnswer,
  PaymentLinkAnswer,
} from "../../../src/api/admin/gateway-payments/orders/answers"
import { questionEveryMs } from "../../../src/providers/base/payment-status"
import { mocasaProvider, type MocasaStore, paidOrder } from "../support/mocasa-store"
import { suite } from "../support/shop"

const base = "/admin/gateway-payments/orders"

export const orderPage = suite<MocasaStore>("the page of an order paid with Mocasa Pay", (shop) => {
  beforeEach(() => {
    shop.sandbox.set({ webhooksOn: false })
  })

  it("tells what was paid, what can be done, and what happened, before anything is sent", async () => {
    const { order, payment, reference } = await paidOrder(shop, shop.store.variants.odd)
    const page = await pageOf(order.id)
    expect(page).toMatchObject({ due: "0", owed: "0", links: { reason: "nothing_due" } })
    expect(page.payments).toMatchObject([
      {
        title: "Mocasa Pay",
        reference,
        state: "paid",
        raw_status: "success",
        is_current: true,
        ordered: "111.99",
        received: "111.99",
        captured: "111.99",
        refunded: "0.00",
        missing: null,
        surplus: null,
        refund: {
          extent: "whole",
          amount: "111.99",
          amount_in_medusa: "111.9888",
          without_sending: [],
        },
        capture: { extent: "none", reason: "automatic_capture" },
        void: { extent: "none", reason: "not_reserved" },
        next_action: null,
        payment_id: payment.id,
        exceptions: [],
      },
    ])
    const timeline = page.timeline.filter((entry) => entry.reference === reference)
    expect(timeline.map(({ type }) => type).sort()).toEqual(["money", "opened", "question"])
    expect(timeline.at(-1)).toMatchObject({ type: "opened", amount: "111.99" })
    expect(shop.sandbox.calls.count("/payment/order/refund")).toBe(0)

    const [{ refund }] = page.payments as [(typeof page.payments)[number]]
    const answer = await shop.admin.refund(payment.id, Number(refund?.amount_in_medusa))
    expect([answer.status, answer.data.message]).toEqual([200, undefined])
    const after = await pageOf(order.id)
    expect(after.payments).toMatchObject([
      { refunded: "111.99", state: "refunded", refund: { extent: "none", reason: "all_refunded" } },
    ])
    expect(after.timeline[0]).toMatchObject({
      type: "operation",
      kind: "refund",
      state: "done",
      amount: "111.99",
    })
  })

  it("tells of a refund whose outcome is not known, and of one that was made elsewhere", async () => {
    const { order, payment, reference } = await paidOrder(shop)
    shop.sandbox.faults.add({ kind: "reset-before-acting", path: "/payment/order/refund" })
    expect((await shop.admin.refund(payment.id)).status).toBe(400)
    const [unknown] = (await pageOf(order.id)).payments
    expect(unknown?.refund).toMatchObject({ extent: "repeat", amount: "112.00" })
    const note = "By bank transfer, receipt 4711"
    const recorded = { payment_id: payment.id, amount: "112", note }
    const answer = await shop.admin.post("/admin/gateway-payments/refunds-elsewhere", recorded)
    expect(answer.status).toBe(200)
    const { payments, timeline } = await pageOf(order.id)
    expect(payments[0]).toMatchObject({
      refund: { extent: "none", reason: "all_refunded", without_sending: ["112.00"] },
      refunds_elsewhere: [{ amount: "112.00", is_booked: false }],
    })
    expect(timeline).toContainEqual(
      expect.objectContaining({
        type: "action",
        action: "refunded elsewhere",
        note,
        actor_name: expect.stringContaining("@example.com"),
      })
    )
    expect((await shop.admin.refund(payment.id, 112)).status).toBe(200)
    expect((await pageOf(order.id)).payments[0]?.refunds_elsewhere).toMatchObject([
      { is_booked: true },
    ])
    expect(shop.sandbox.ledger.entries({ kind: "refund", reference })).toEqual([])
  })

  it.each([
    ["an order that was edited", edited],
    ["a draft order", drafted],
  ])("makes a link for what is due on %s, and checks it with the gateway", async (_name, make) => {
    const { orderId, due, earlier } = await make()
    const before = await pageOf(orderId)
    expect(before).toMatchObject({ due })
    expect(before.links).toMatchObject({
      reason: null,
      providers: [{ provider_id: mocasaProvider, title: "Mocasa Pay", reason: null }],
    })
    const { payment_link, order_payments } = await link(orderId)
    expect(Number(payment_link.amount)).toBe(Number(due))
    const [opened, ...others] = order_payments.payments
    expect(others.map(({ reference }) => reference)).toEqual(earlier)
    expect(opened).toMatchObject({
      state: "open",
      reference: payment_link.reference,
      payment_id: null,
      next_action: { type: "redirect", url: payment_link.url },
      refund: { extent: "none", reason: "not_paid" },
    })
    expect(await check(orderId, payment_link.reference)).toMatchObject({ is_asked: true })
    await askedAt(payment_link.reference, new Date(Date.now() + 60_000))
    expect(await check(orderId, payment_link.reference)).toEqual({
      is_asked: false,
      state: "pending",
    })
    shop.sandbox.pay(payment_link.reference)
    await askedAt(payment_link.reference, new Date(Date.now() - questionEveryMs))
    expect(await check(orderId, payment_link.reference)).toEqual({ is_asked: true, state: "paid" })
    await shop.afterWorkflows()
    const paid = await pageOf(orderId)
    expect(paid).toMatchObject({ due: "0", links: { reason: "nothing_due" } })
    expect(paid.payments).toHaveLength(earlier.length + 1)
    expect(paid.payments[0]).toMatchObject({ state: "paid", next_action: null })
    expect(paid.payments[0]?.payment_id).not.toBeNull()
    const actions = paid.timeline.flatMap((entry) => (entry.type === "action" ? entry.action : []))
    expect(actions).toEqual(["asked the gateway", "asked the gateway", "created a payment link"])
  })

  it("says in the gateway's name why it could not be asked, and changes nothing", async () => {
    const { order, reference } = await paidOrder(shop)
    await askedAt(reference, new Date(Date.now() - questionEveryMs))
    shop.sandbox.faults.add({ kind: "reset-before-acting", path: "/payment/order/query", times: 9 })
    const answer = await shop.admin.post(`${base}/${order.id}/check`, { reference })
    expect(answer.status).toBe(400)
    expect(answer.data.message).toMatch(/^Mocasa Pay was asked about .*Try again in a minute$/)
    const page = await pageOf(order.id)
    expect(page.payments[0]).toMatchObject({ state: "paid" })
    expect(page.timeline).toContainEqual(
      expect.objectContaining({ type: "question", state: "unanswered" })
    )
  })

  it("is of this order alone", async () => {
    const { order } = await paidOrder(shop)
    const other = await paidOrder(shop)
    const { reference } = other
    const answers = [
      await shop.admin.get(`${base}/order_none`),
      await shop.admin.post(`${base}/${order.id}/check`, { reference }),
      await shop.admin.post(`${base}/order_none/payment-links`, { provider_id: mocasaProvider }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    const refused = await shop.admin.post(`${base}/${order.id}/payment-links`, {
      provider_id: "pp_system_default",
    })
    expect([refused.status, refused.data.message]).toEqual([
      400,
      "pp_system_default is no gateway of this package in the shop's config",
    ])
  })

  async function pageOf(orderId: string): Promise<OrderPaymentsAnswer["order_payments"]> {
    const { status, data } = await shop.admin.get(`${base}/${orderId}`)
    expect([status, data.message]).toEqual([200, undefined])
    return data.order_payments
  }

  async function link(orderId: string): Promise<PaymentLinkAnswer> {
    const body = { provider_id: mocasaProvider }
    const { status, data } = await shop.admin.post(`${base}/${orderId}/payment-links`, body)
    expect([status, data.message]).toEqual([200, undefined])
    return data
  }

  async function check(orderId: string, reference: string): Promise<CheckAnswer["check"]> {
    const { status, data } = await shop.admin.post(`${base}/${orderId}/check`, { reference })
    expect([status, data.message]).toEqual([200, undefined])
    return data.check
  }

  /** As if Mocasa had been asked about the order at that time. */
  async function askedAt(reference: string, asked_at: Date): Promise<void> {
    await shop.database("gateway_order").where({ reference }).update({ asked_at })
  }

  async function edited() {
    const { order, reference } = await paidOrder(shop)
    const steps = [
      ["/admin/order-edits", { order_id: order.id }],
      [
        `/admin/order-edits/${order.id}/items`,
        { items: [{ variant_id: shop.store.variants.whole, quantity: 1 }] },
      ],
      [`/admin/order-edits/${order.id}/request`, {}],
      [`/admin/order-edits/${order.id}/confirm`, {}],
    ] as const
    for (const [path, body] of steps) {
      const { status, data } = await shop.admin.post(path, body)
      expect([path, status, data.message]).toEqual([path, 200, undefined])
    }
    const { summary } = await shop.adminOrder(order.id)
    return { orderId: order.id, due: String(summary.pending_difference), earlier: [reference] }
  }

  async function drafted() {
    const { status, data } = await shop.admin.post("/admin/draft-orders", {
      region_id: shop.store.regions.ph,
      sales_channel_id: shop.store.salesChannelId,
      email: "draft@example.com",
      items: [{ title: "A month of coffee", quantity: 1, unit_price: 250 }],
    })
    expect([status, data.message]).toEqual([200, undefined])
    const order = await shop.adminOrder(data.draft_order.id)
    return { orderId: order.id, due: String(order.summary.pending_difference), earlier: [] }
  }
})
