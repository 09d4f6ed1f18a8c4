import {
  donePage as storefrontUrl,
  mocopayProvider as provider,
  type CardsAndCodesShop,
} from "../support/cards-and-codes-shop"
import { eventually, suite } from "../support/shop"

/** MoCoPay is the gateway whose return and whose notifications prove nothing at all. */
export const mocopayReturn = suite<CardsAndCodesShop>(
  "a payment whose news nobody signs",
  (shop) => {
    beforeEach(() => {
      shop.mocopay.calls.clear()
      shop.mocopay.set({ notificationsOn: true, notificationCopies: 1, notificationMethod: "GET" })
    })

    afterEach(async () => {
      await shop.mocopay.notifications.settled()
      await shop.afterWorkflows()
    })

    it.each(["GET", "POST"] as const)("is an order after a notification by %s", async (method) => {
      shop.mocopay.set({ notificationMethod: method, notificationCopies: 3 })
      const { cartId, session } = await shop.shopper().checkOut(provider)
      shop.mocopay.pay(session.data.reference)
      const { id } = await shop.orderOfCart(cartId)
      await shop.mocopay.notifications.settled()
      await shop.afterWorkflows()
      expect((await shop.adminOrder(id)).summary.pending_difference).toBe(0)
      expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
    })

    it("is not one after a notification of somebody who made it up", async () => {
      const { cartId, session } = await shop.shopper().checkOut(provider)
      const claim = new URLSearchParams({
        sessionId: "518ec5708a8842dba19993f01ef863b5",
        referenceId: session.data.reference,
        status: "PaymentComplete",
        chargedAmount: "100",
      })
      const answer = await shop.api.get(`/hooks/payment/mocopay_mocopay?${claim}`)
      expect(answer.status).toBe(200)
      await eventually(
        async () => verifyCalls(),
        (count) => count > 0
      )
      await shop.afterWorkflows()
      expect(await shop.ordersOfCart(cartId)).toEqual([])
    })

    it("never pays a second order with a session that paid the first", async () => {
      shop.mocopay.set({ notificationsOn: false })
      const first = await shop.shopper().checkOut(provider)
      const paid = shop.mocopay.pay(first.session.data.reference)
      expect((await refresh(first.session.id)).state).toBe("paid")
      const second = await shop.shopper().checkOut(provider)
      await comeBack({
        referenceId: second.session.data.reference,
        sessionId: paid.sessionId ?? "",
      })
      expect((await refresh(second.session.id)).state).toBe("pending")
      expect(await shop.ordersOfCart(second.cartId)).toEqual([])
    })

    it("is an order when the shopper comes back, who is sent on to the storefront", async () => {
      shop.mocopay.set({ notificationsOn: false })
      const { cartId, session } = await shop.shopper().checkOut(provider)
      const { sessionId = "" } = shop.mocopay.pay(session.data.reference)
      const answer = await comeBack({
        referenceId: session.data.reference,
        sessionId: sessionId ?? "",
        status: "PaymentComplete",
      })
      expect(answer.status).toBe(303)
      expect(answer.headers.location).toBe(
        `${storefrontUrl}&payment_status=paid&payment_reference=${session.data.reference}`
      )
      expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
    })

    it("sends the shopper on to the page that the storefront named", async () => {
      const cartId = await shop.shopper().fillCart()
      const collectionId = await shop.shopper().collectionOf(cartId)
      const { data } = await shop.shopper().choosePayment(collectionId, provider, {
        return_url: "http://localhost/mine",
      })
      const { reference } = data.payment_collection.payment_sessions[0].data
      const answer = await comeBack({ referenceId: reference, status: "PaymentComplete" })
      expect(answer.headers.location).toBe(
        `http://localhost/mine?payment_status=pending&payment_reference=${reference}`
      )
    })

    it.each([
      ["another page", { return_url: "https://evil.example", referenceId: "X" }],
      [
        "another page by every name",
        { url: "https://evil.example", storefrontUrl: "//evil.example" },
      ],
      ["nothing that is known", { referenceId: "01J9ZC7T4M8W2X3Y5V6B7N8PQR0" }],
      ["markup", { referenceId: "<script>alert(1)</script>" }],
    ])("never sends a browser that brings %s anywhere else", async (_, fields) => {
      const answer = await comeBack(fields)
      expect([answer.status, answer.headers.location]).toEqual([
        303,
        `${storefrontUrl}&payment_status=unknown`,
      ])
    })

    it("has no return for providers that are not of this package", async () => {
      for (const id of ["system_default", "mocopay_other", "nothing"]) {
        const answer = await shop.api.get(`/payments/${id}/return`, { validateStatus: () => true })
        expect(answer.status).toBe(404)
      }
    })

    it("takes no notification by GET for other providers", async () => {
      const answer = await shop.api.get("/hooks/payment/system_default?referenceId=X", {
        validateStatus: () => true,
      })
      expect(answer.status).toBe(404)
    })

    it("asks the gateway at most once for shoppers who all ask at once", async () => {
      const { session } = await shop.shopper().checkOut(provider)
      shop.mocopay.calls.clear()
      const began = performance.now()
      const answers = await Promise.all(
        Array.from({ length: 20 }, async () => await refresh(session.id))
      )
      const paces = Math.floor((performance.now() - began) / 2_000) // one question in two seconds
      expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(["pending"]))
      expect(verifyCalls()).toBeLessThanOrEqual(1 + paces)
    })

    it("asks about few of the sessions that a browser invents, and still serves other shoppers", async () => {
      const { session } = await shop.shopper().checkOut(provider)
      const { reference } = session.data
      for (let count = 0; count < 10; count += 1) {
        await comeBack({ referenceId: reference, sessionId: `invented-${count}` })
      }
      await shop.database("gateway_order").where({ reference }).update({ asked_at: null })
      shop.mocopay.calls.clear()
      expect(await refresh(session.id)).toMatchObject({ state: "pending" })
      expect(verifyCalls()).toBeLessThanOrEqual(4) // by our reference, and three of the invented
      const other = await shop.shopper().checkOut(provider)
      shop.mocopay.pay(other.session.data.reference)
      expect(await shop.orderOfCart(other.cartId)).toMatchObject({ total: 100 })
    })

    it("tells nobody of a payment session that does not exist", async () => {
      const answer = await shop.shopper().post("/store/payment-sessions/payses_none/refresh", {})
      expect(answer.status).toBe(404)
    })

    it("says which prices there are where none fits the cart", async () => {
      const shopper = shop.shopper()
      const cartId = await shopper.fillCart()
      await shopper.post(`/store/carts/${cartId}/line-items`, {
        variant_id: shop.store.variants.odd,
        quantity: 1,
      })
      const answer = await shopper.choosePayment(await shopper.collectionOf(cartId), provider)
      expect(answer.status).toBe(400)
      expect(answer.data.message).toMatch(
        /no product costs 150\.00 EUR; the prices on offer are 50\.00, 100\.00/
      )
    })

    it("tells the shop of each later series of a subscription, and books nothing for it", async () => {
      const told: unknown[] = []
      shop.container
        .resolve("event_bus")
        .subscribe("mocopay.series_charged", async ({ data }: { data: unknown }) => {
          told.push(data)
        })
      const { cartId, session } = await shop.shopper().checkOut(provider, shop.store.variants.odd)
      const { reference } = session.data
      shop.mocopay.pay(reference)
      const order = await shop.orderOfCart(cartId)
      shop.mocopay.chargeSeries(reference)
      await eventually(
        async () => told.length,
        (count) => count > 0
      )
      await shop.mocopay.notifications.settled()
      await shop.afterWorkflows()
      expect(told).toEqual([
        expect.objectContaining({ reference, series: 2, amount: "50", total_amount: "100" }),
      ])
      const after = await shop.adminOrder(order.id)
      expect(after.payment_collections[0]?.captured_amount).toBe(50)
    })

    const verifyCalls = () => shop.mocopay.calls.count("/v1/payment/verifyPayment")

    async function refresh(sessionId: string): Promise<{ state: string }> {
      const answer = await shop.shopper().post(`/store/payment-sessions/${sessionId}/refresh`, {})
      return answer.data.payment_session
    }

    async function comeBack(fields: Record<string, string>) {
      return await shop.api.get(`/payments/mocopay_mocopay/return?${new URLSearchParams(fields)}`, {
        maxRedirects: 0,
        validateStatus: () => true,
      })
    }
  }
)
