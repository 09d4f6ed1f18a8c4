import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { processWebhookEvent } from "../../../src/workflows/webhooks/process-webhook"
import { mocasaProvider, mocopayProvider, type TwoGateways } from "../support/two-gateways"
import { makeDue, reconcile } from "../support/reconciliation"
import { eventually, suite } from "../support/shop"

export const unmatchedMoney = suite<TwoGateways>("money that no order stands for", (shop) => {
  it("is written down once, told once and logged once when the cart changed before it was paid", async () => {
    const told = listen()
    const warned = jest.spyOn(logger(), "warn")
    const { cartId, reference } = await paidAfterTheCartChanged()
    const [row, ...others] = await exceptionsOf(reference)
    expect(others).toEqual([])
    expect(row).toMatchObject({
      provider_id: mocasaProvider,
      kind: "session_gone",
      raw_amount: { value: "112" },
      raw_expected_amount: { value: "112.00" },
      currency_code: "php",
      cart_id: cartId,
      state: "open",
    })
    const cart = await shop.database("cart").where({ id: cartId }).first()
    expect(cart.customer_id).toMatch(/^cus_/)
    expect(row.customer_id).toBe(cart.customer_id)
    expect(await shop.ordersOfCart(cartId)).toEqual([])
    await news(reference, "paid again")
    expect(await exceptionsOf(reference)).toHaveLength(1)
    expect(told).toEqual([
      expect.objectContaining({ id: row.id, kind: "session_gone", amount: "112", cart_id: cartId }),
    ])
    const lines = warned.mock.calls.filter(([line]) => String(line).includes(row.id))
    expect(lines).toHaveLength(1)
    expect(String(lines[0])).toContain(`112 PHP of ${reference} was paid after the cart changed`)
  })

  it("is called paid twice when the cart was paid by another payment", async () => {
    const shopper = shop.shopper()
    const first = await shopper.checkOut(mocasaProvider)
    await changeCart(first.cartId)
    const second = await shopper.choosePayment(
      await shopper.collectionOf(first.cartId),
      mocasaProvider
    )
    const [session] = second.data.payment_collection.payment_sessions
    shop.mocasa.pay(session.data.reference)
    const order = await shop.orderOfCart(first.cartId)
    await shop.afterNews()
    shop.mocasa.pay(first.session.data.reference)
    await shop.afterNews()
    expect(await exceptionsOf(first.session.data.reference)).toMatchObject([
      { kind: "paid_twice", order_id: order.id, cart_id: first.cartId },
    ])
    expect(await exceptionsOf(session.data.reference)).toEqual([])
    expect(await shop.ordersOfCart(first.cartId)).toEqual([order.id])
  })

  describe("and was paid in a tab whose session is gone", () => {
    it.each([
      ["the same method", mocasaProvider],
      ["another method", "pp_system_default"],
    ])("pays for its cart where the shopper has chosen %s again", async (_what, provider) => {
      const { cartId, first } = await chosenAgain(provider)
      shop.mocasa.pay(first.data.reference)
      const { id } = await shop.orderOfCart(cartId)
      await shop.afterNews()
      const order = await shop.adminOrder(id)
      expect(order.summary).toMatchObject({ pending_difference: 0, paid_total: 112 })
      const payments = order.payment_collections.flatMap((collection) => collection.payments)
      expect(payments).toMatchObject([{ amount: 112, data: { reference: first.data.reference } }])
      expect(await exceptionsOf(first.data.reference)).toEqual([])
      await news(first.data.reference, "again")
      expect(await shop.ordersOfCart(cartId)).toEqual([order.id])
      expect(await exceptionsOf(first.data.reference)).toEqual([])
      expect((await shop.admin.refund(payments[0]!.id)).status).toBe(200)
      const { reference } = first.data
      expect(shop.mocasa.ledger.entries({ kind: "refund", reference })).toHaveLength(1)
    })

    it("is one order where both tabs are paid, one upon the other or at once", async () => {
      for (const isAtOnce of [false, true]) {
        const { cartId, first, second } = await chosenAgain(mocasaProvider)
        shop.mocasa.pay(first.data.reference)
        if (!isAtOnce) {
          await shop.afterNews()
        }
        shop.mocasa.pay(second.data.reference)
        const order = await shop.orderOfCart(cartId)
        await shop.afterNews()
        await news(first.data.reference, "again")
        await news(second.data.reference, "again")
        expect(await shop.ordersOfCart(cartId)).toEqual([order.id])
        const lines = await shop.database("order_transaction").where({ order_id: order.id })
        expect(lines.map(({ amount }) => Number(amount))).toEqual([112])
        const listed = [first, second].map(({ data }) => exceptionsOf(data.reference))
        const open = (await Promise.all(listed)).flat().filter(({ state }) => state === "open")
        expect(open).toMatchObject([{ kind: "paid_twice", order_id: order.id }])
      }
    })

    it("tells the shopper who waits there that it was paid", async () => {
      const { cartId, first } = await chosenAgain(mocasaProvider)
      shop.mocasa.set({ webhooksOn: false })
      shop.mocasa.pay(first.data.reference)
      // Somebody else's question of a moment ago would be answered by what it came to.
      await shop.database("gateway_order").update({ asked_at: null })
      const refresh = async () =>
        await shop.shopper().post(`/store/payment-sessions/${first.id}/refresh`, {})
      expect((await refresh()).data.payment_session).toEqual({ id: first.id, state: "paid" })
      expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
      expect((await refresh()).data.payment_session).toEqual({ id: first.id, state: "paid" })
    })

    async function chosenAgain(provider: string) {
      const shopper = shop.shopper()
      const { cartId, collectionId, session: first } = await shopper.checkOut(mocasaProvider)
      const answer = await shopper.choosePayment(collectionId, provider)
      const [second] = answer.data.payment_collection.payment_sessions
      expect(second.id).not.toBe(first.id)
      return { cartId, first, second }
    }
  })

  it("is nothing where the order was made", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.mocasa.pay(session.data.reference)
    await shop.orderOfCart(cartId)
    await shop.afterNews()
    await news(session.data.reference, "again")
    expect(await exceptionsOf(session.data.reference)).toEqual([])
  })

  it("is an order that could not be made where the gateway has no refund", async () => {
    const { cartId, reference } = await paidForBrokenCart(mocopayProvider)
    expect(await exceptionsOf(reference)).toMatchObject([
      { kind: "order_not_made", state: "open", raw_amount: { value: "10" }, cart_id: cartId },
    ])
    expect(await shop.ordersOfCart(cartId)).toEqual([])
  })

  it("is nothing where Medusa could not make the order and gave the money back", async () => {
    const { reference } = await paidForBrokenCart(mocasaProvider)
    expect(shop.mocasa.ledger.entries({ kind: "refund", reference })).toHaveLength(1)
    await news(reference, "again")
    expect(await exceptionsOf(reference)).toEqual([])
  })

  it("is paid twice where the shopper paid again after the order could not be made", async () => {
    const { cartId, collectionId, reference } = await paidForBrokenCart(mocopayProvider)
    await mend(cartId)
    const shopper = shop.shopper(undefined, "hr")
    const answer = await shopper.choosePayment(collectionId, mocopayProvider)
    const [session] = answer.data.payment_collection.payment_sessions
    shop.mocopay.pay(session.data.reference)
    const order = await shop.orderOfCart(cartId)
    await shop.afterNews()
    await news(reference, "again", mocopayProvider)
    expect(await exceptionsOf(reference)).toMatchObject([
      { kind: "order_not_made", state: "closed", settled_by: "system" },
      { kind: "paid_twice", state: "open", order_id: order.id },
    ])
    expect(await exceptionsOf(session.data.reference)).toEqual([])

    // The order is the other payment's, whatever collection the two share: nobody books this one on it.
    await makeDue(shop)
    await reconcile(shop)
    await news(reference, "once more", mocopayProvider)
    expect(await exceptionsOf(reference)).toMatchObject([
      { state: "closed" },
      { kind: "paid_twice", state: "open" },
    ])
    const lines = await shop.database("order_transaction").where({ order_id: order.id })
    expect(lines.map(({ amount }) => Number(amount))).toEqual([10])
  })

  it("is told by the next server where the one that listed it died before it told", async () => {
    const { reference } = await paidAfterTheCartChanged()
    const [row] = await exceptionsOf(reference)
    expect(row.told_at).not.toBeNull()
    const aMinuteAgo = new Date(Date.now() - 61_000)
    await shop
      .database("payment_exception")
      .where({ reference })
      .update({ told_at: null, created_at: aMinuteAgo })
    const told = listen()
    await reconcile(shop, 2)
    await reconcile(shop)
    expect(told.length).toBeGreaterThan(0)
    expect(told[0]).toMatchObject({ id: row.id })
    const [{ told_at }] = await exceptionsOf(reference)
    expect(told_at).not.toBeNull()
  })

  it("closes by itself when it was given back at the gateway, with a line of audit", async () => {
    const { reference } = await paidAfterTheCartChanged()
    const [row] = await exceptionsOf(reference)
    await shop.database("gateway_order").where({ reference }).update({ state: "refunded" })
    await news(reference, "refunded")
    expect(await exceptionsOf(reference)).toMatchObject([
      { state: "refunded", settled_by: "system", note: "The money was given back" },
    ])
    expect(await linesOf(row.id)).toMatchObject([{ actor: "system", action: "refunded" }])
  })

  it("closes by itself when a later try has booked it", async () => {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    const { reference } = session.data
    shop.mocasa.pay(reference)
    await shop.orderOfCart(cartId)
    await shop.afterNews()
    const { reference: other } = await paidAfterTheCartChanged()
    await shop
      .database("payment_exception")
      .where({ reference: other })
      .update({ reference, kind: "order_not_made" })
    await news(reference, "again")
    expect(await exceptionsOf(reference)).toMatchObject([
      { kind: "order_not_made", state: "closed", settled_by: "system" },
    ])
  })

  const logger = (): Logger => shop.container.resolve(ContainerRegistrationKeys.LOGGER)

  function listen() {
    const told: unknown[] = []
    shop.container.resolve(Modules.EVENT_BUS).subscribe("payment.unmatched", async ({ data }) => {
      told.push(data)
    })
    return told
  }

  async function exceptionsOf(reference: string) {
    return await shop
      .database("payment_exception")
      .where({ reference })
      .orderBy(["created_at", "id"])
  }

  async function changeCart(cartId: string) {
    const answer = await shop.shopper().post(`/store/carts/${cartId}/line-items`, {
      variant_id: shop.store.variants.odd,
      quantity: 1,
    })
    expect(answer.status).toBe(200)
  }

  async function paidAfterTheCartChanged() {
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    await changeCart(cartId)
    shop.mocasa.pay(session.data.reference)
    await shop.afterNews()
    return { cartId, reference: session.data.reference }
  }

  /** A cart that Medusa makes no order of: its delivery went missing after the payment was chosen. */
  async function paidForBrokenCart(provider: string) {
    const country = provider === mocasaProvider ? "ph" : "hr"
    const { cartId, collectionId, session } = await shop
      .shopper(undefined, country)
      .checkOut(provider)
    const { reference } = session.data
    await shop
      .database("cart_shipping_method")
      .where({ cart_id: cartId })
      .update({ deleted_at: new Date() })
    ;(provider === mocasaProvider ? shop.mocasa : shop.mocopay).pay(reference)
    await eventually(
      async () => await eventsOf(reference),
      ([event]) => (event?.attempts ?? 0) > 0
    )
    await shop.afterNews()
    await shop
      .database("webhook_event")
      .where({ reference, state: "waiting" })
      .update({ next_try_at: new Date(0) })
    await eventually(
      async () => await eventsOf(reference),
      (events) => events.every(({ state }) => state === "done")
    )
    await shop.afterNews()
    return { cartId, collectionId, reference }
  }

  async function linesOf(subject_id: string) {
    return await shop
      .database("gateway_audit_line")
      .where({ subject_id })
      .orderBy(["created_at", "id"])
  }

  async function mend(cartId: string) {
    await shop
      .database("cart_shipping_method")
      .where({ cart_id: cartId })
      .update({ deleted_at: null })
  }

  async function eventsOf(reference: string) {
    return await shop.database("webhook_event").where({ reference }).orderBy(["created_at", "id"])
  }

  /** Something makes the shop ask about the order once more. */
  async function news(reference: string, raw_status: string, provider_id = mocasaProvider) {
    const id = `gwev_${reference}${Date.now()}`
    await shop.database("webhook_event").insert({
      id,
      provider_id,
      event_key: id,
      reference,
      raw_status,
      is_later: false,
      state: "waiting",
      attempts: 0,
      next_try_at: new Date(0),
    })
    await processWebhookEvent(shop.container, id)
    await eventually(
      async () => await eventsOf(reference),
      (events) => events.every(({ state }) => state === "done")
    )
    await shop.afterNews()
  }
})
