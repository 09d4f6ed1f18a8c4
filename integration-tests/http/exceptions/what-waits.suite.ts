import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import pruneWebhookBodies from "../../../src/jobs/prune-webhook-bodies"
import { processWebhookEvent } from "../../../src/workflows/webhooks/process-webhook"
import {
  mocasaDays,
  mocasaProvider,
  mocopayProvider,
  type TwoGateways,
} from "../support/two-gateways"
import { eventually, suite } from "../support/shop"

const dayMs = 24 * 60 * 60_000

export const whatWaits = suite<TwoGateways>("what waits for a person", (shop) => {
  it("stands in the dashboard's feed once: money that matches no order", async () => {
    const reference = await paidAfterTheCartChanged()
    const [item, ...others] = await feedAbout(reference)
    expect(others).toEqual([])
    expect(item).toMatchObject({
      template: "admin-ui",
      channel: "feed",
      data: {
        title: "A payment matches no order",
        description: expect.stringContaining(
          `112 PHP of ${reference} was paid after the cart changed`
        ),
      },
    })
  })

  it("stands in the feed: a message that was given up", async () => {
    const { session } = await shop.shopper().checkOut(mocasaProvider)
    const { reference } = session.data
    shop.mocasa.faults.add({ kind: "http-error", path: "/payment/order/query", times: "forever" })
    await lastTry(reference)
    const [item] = await feedAbout(reference)
    expect(item.data.title).toBe("A gateway's message was given up")
    expect(item.data.description).toMatch(/HTTP 500.*Replay it/)
  })

  it("stands in the feed once: a refund that is due, and which", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    const { reference } = session.data
    shop.mocasa.pay(reference)
    const order = await shop.orderOfCart(cartId)
    await shop.afterNews()
    shop.mocasa.faults.add({ kind: "reset-before-acting", path: "/payment/order/refund" })
    const canceled = await shop.admin.post(`/admin/orders/${order.id}/cancel`, {})
    expect(canceled.status).toBe(200)
    const [item, ...others] = await eventually(
      async () => await feedAbout(reference),
      (items) => items.length > 0
    )
    expect(others).toEqual([])
    expect(item.data).toMatchObject({
      title: "A refund is due",
      description: expect.stringContaining(
        `112 PHP of ${reference} is to be given back: its order was canceled (order ${order.id})`
      ),
    })
  })

  it("stands in the feed: a chargeback", async () => {
    await shop.container.resolve(Modules.EVENT_BUS).emit({
      name: "payment.chargeback",
      data: { reference: "REF-1", amount: "10.00", currency_code: "eur" },
    })
    const [item] = await eventually(
      async () => await feedAbout("REF-1"),
      (items) => items.length > 0
    )
    expect(item.data.title).toBe("A payment was charged back")
  })

  it("is in the log, and nothing fails, where the shop has no feed", async () => {
    const notifications = shop.container.resolve(Modules.NOTIFICATION)
    const refused = jest
      .spyOn(notifications, "createNotifications")
      .mockRejectedValue(new Error("Could not find a notification provider for channel: feed"))
    const warned = jest.spyOn(shop.container.resolve(ContainerRegistrationKeys.LOGGER), "warn")
    const reference = await paidAfterTheCartChanged()
    expect(refused).toHaveBeenCalled()
    expect(
      warned.mock.calls.filter(([line]) => String(line).includes("payment exception"))
    ).toHaveLength(1)
    expect(await shop.database("webhook_event").where({ reference })).toMatchObject([
      { state: "done" },
    ])
  })

  it("keeps what gateways wrote for 90 days or as the shop says, and that they wrote for good", async () => {
    const kept = { [mocopayProvider]: 90, [mocasaProvider]: mocasaDays }
    for (const [provider_id, days] of Object.entries(kept)) {
      for (const age of [days - 1, days + 1]) {
        await shop.database("webhook_event").insert({
          ...eventOf(`${provider_id} ${age}`),
          provider_id,
          state: "done",
          created_at: new Date(Date.now() - age * dayMs),
        })
      }
    }
    await pruneWebhookBodies(shop.container)
    const events = await shop
      .database("webhook_event")
      .whereIn("provider_id", Object.keys(kept))
      .whereRaw("reference like provider_id || ' %'")
      .orderBy("created_at", "desc")
    expect(events.map(({ reference, body }) => [reference, body])).toEqual([
      [`${mocasaProvider} 6`, { word: "paid" }],
      [`${mocasaProvider} 8`, null],
      [`${mocopayProvider} 89`, { word: "paid" }],
      [`${mocopayProvider} 91`, null],
    ])
  })

  function eventOf(reference: string) {
    return {
      id: `gwev_${reference}`,
      provider_id: mocopayProvider,
      event_key: reference,
      reference,
      raw_status: "paid",
      is_later: false,
      body: { word: "paid" },
      state: "waiting",
      attempts: 0,
      next_try_at: new Date(0),
    }
  }

  async function lastTry(reference: string) {
    await shop.database("webhook_event").insert({
      ...eventOf(reference),
      provider_id: mocasaProvider,
      attempts: 7,
      next_try_at: new Date(Date.now() + dayMs),
    })
    await processWebhookEvent(shop.container, `gwev_${reference}`)
  }

  async function paidAfterTheCartChanged() {
    const shopper = shop.shopper()
    const { cartId, session } = await shopper.checkOut(mocasaProvider)
    const variant_id = shop.store.variants.odd
    await shopper.post(`/store/carts/${cartId}/line-items`, { variant_id, quantity: 1 })
    shop.mocasa.pay(session.data.reference)
    await shop.afterNews()
    return session.data.reference
  }

  async function feedAbout(reference: string) {
    const { data } = await shop.admin.get("/admin/notifications?channel=feed&limit=1000")
    return data.notifications.filter((item: { data: { description: string } }) =>
      item.data.description.includes(reference)
    )
  }
})
