import { Modules } from "@medusajs/framework/utils"
import { mocasaProvider, type MocasaStore } from "../support/mocasa-store"
import { eventually, suite } from "../support/shop"
import { rowsOf } from "../support/rows"
import { makeDue, reconcile } from "../support/reconciliation"
import type { Shopper } from "../support/shopper"

const systemProvider = "pp_system_default"

type Answer = { status: number; data: { message?: string; payment_collection?: Collection } }
type Collection = { payment_sessions: { id: string }[] }

export const cartChange = suite<MocasaStore>(
  "a cart that changes after it was paid with Mocasa Pay",
  (shop) => {
    const { exceptionsOf, journaled } = rowsOf(shop)

    beforeEach(() => {
      shop.sandbox.set({ webhooksOn: false })
    })

    const changes: Record<
      string,
      (
        shopper: Shopper,
        cart: { cartId: string; collectionId: string }
      ) => ReturnType<Shopper["post"]>
    > = {
      "another item is added": (shopper, { cartId }) =>
        shopper.post(`/store/carts/${cartId}/line-items`, {
          variant_id: shop.store.variants.odd,
          quantity: 1,
        }),
      "a quantity is changed": async (shopper, { cartId }) => {
        const cart = (await shopper.get(`/store/carts/${cartId}`)).data.cart
        return await shopper.post(`/store/carts/${cartId}/line-items/${cart.items[0].id}`, {
          quantity: 3,
        })
      },
      "its item is removed": async (shopper, { cartId }) => {
        const cart = (await shopper.get(`/store/carts/${cartId}`)).data.cart
        return await shopper.delete(`/store/carts/${cartId}/line-items/${cart.items[0].id}`)
      },
      "the address is changed": (shopper, { cartId }) =>
        shopper.post(`/store/carts/${cartId}`, { email: "other@example.com" }),
      "a promotion is entered": (shopper, { cartId }) =>
        shopper.post(`/store/carts/${cartId}/promotions`, { promo_codes: ["NONE"] }),
      "the shipping is chosen again": (shopper, { cartId }) =>
        shopper.post(`/store/carts/${cartId}/shipping-methods`, {
          option_id: shop.store.shippingOptionId,
        }),
      "a payment method is chosen again": (shopper, { collectionId }) =>
        shopper.choosePayment(collectionId, mocasaProvider),
    }

    it.each(Object.keys(changes))("is completed instead when %s", async (name) => {
      const shopper = shop.shopper()
      const checkout = await shopper.checkOut(mocasaProvider)
      shop.sandbox.pay(checkout.session.data.reference)
      const answer = await changes[name]!(shopper, checkout)
      expect(answer.status).toBe(409)
      const orders = await shop.ordersOfCart(checkout.cartId)
      expect(orders).toHaveLength(1)
      expect(answer.data).toMatchObject({ code: "cart_already_paid", order_id: orders[0] })
      expect(answer.data.message).toContain(orders[0])
      const order = await shop.adminOrder(orders[0]!)
      expect(order).toMatchObject({ total: 112, payment_status: "captured" })
    })

    it("changes freely while it is not paid, and the order at Mocasa stays known", async () => {
      const shopper = shop.shopper()
      const checkout = await shopper.checkOut(mocasaProvider)
      const answer = await changes["another item is added"]!(shopper, checkout)
      expect(answer.status).toBe(200)
      expect(await journaled(checkout.session.data.reference)).toMatchObject({
        state: "open",
        session_released_at: expect.any(Date),
      })
    })

    it("costs the gateway one question however many changes come at once", async () => {
      const shopper = shop.shopper()
      const checkout = await shopper.checkOut(mocasaProvider)
      const refresh = `/store/payment-sessions/${checkout.session.id}/refresh`
      shop.sandbox.calls.clear()
      const began = performance.now()
      await Promise.all([
        ...Array.from({ length: 20 }, () => changes["the address is changed"]!(shopper, checkout)),
        ...Array.from({ length: 20 }, () => shopper.post(refresh, {})),
      ])
      const paces = Math.floor((performance.now() - began) / 2_000) // one question in two seconds
      expect(shop.sandbox.calls.count("/payment/order/query")).toBeLessThanOrEqual(1 + paces)
    })

    it("is let go when Mocasa does not answer in time, and the money is found later", async () => {
      const shopper = shop.shopper()
      const checkout = await shopper.checkOut(mocasaProvider)
      const { reference } = checkout.session.data
      shop.sandbox.pay(reference)
      shop.sandbox.faults.add({
        kind: "black-hole",
        path: "/payment/order/query",
        times: "forever",
      })
      const answer = await changes["another item is added"]!(shopper, checkout)
      expect(answer.status).toBe(200)
      expect(await shop.ordersOfCart(checkout.cartId)).toEqual([])
      shop.sandbox.faults.clear()
      shop.sandbox.set({ webhooksOn: true })
      shop.sandbox.resendWebhook(reference)
      await shop.afterWebhooks()
      expect(await shop.ordersOfCart(checkout.cartId)).toEqual([])
      expect(await journaled(reference)).toMatchObject({
        state: "paid",
        cart_id: checkout.cartId,
        amount: expect.anything(),
      })
      expect(
        await shop.database("received_money").where({ order_reference: reference })
      ).toHaveLength(1)
    })

    it("asks nobody about carts that have no order of ours", async () => {
      const shopper = shop.shopper()
      const cartId = await shopper.fillCart()
      const answer = await shopper.post(`/store/carts/${cartId}`, { email: "other@example.com" })
      expect(answer.status).toBe(200)
      expect(shop.sandbox.calls.count("/payment/order/query")).toBe(0)
    })

    describe("payment methods that are chosen for one cart at the same moment", () => {
      describe.each([
        ["no method was chosen before", false],
        ["one was chosen before", true],
      ])("where %s", (_when, isChosen) => {
        it("are all answered with the one session where they are the same", async () => {
          const { collectionId, choose } = await cart()
          const opened = shop.sandbox.calls.count("/payment/order/create")
          const answers = await atOnce(choose, choose, choose)
          expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
          const [session, ...others] = await sessionsOf(collectionId)
          expect(others).toEqual([])
          expect(answers.flatMap(sessionsIn)).toEqual([session, session, session])
          expect(shop.sandbox.calls.count("/payment/order/create")).toBe(opened + 1)
        })

        it("leave one session, of the provider that came last, where they differ", async () => {
          const { collectionId, choose, chooseOther } = await cart()
          const answers = await atOnce(choose, chooseOther, choose)
          expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
          expect(answers.map((answer) => sessionsIn(answer).length)).toEqual([1, 1, 1])
          const [session, ...others] = await sessionsOf(collectionId)
          expect(others).toEqual([])
          expect(answers.flatMap(sessionsIn)).toContain(session)
        })

        it("leave one session where an admin chooses as well", async () => {
          const { collectionId, choose } = await cart()
          const byAdmin = async () =>
            await shop.admin.post(`/admin/payment-collections/${collectionId}/payment-sessions`, {
              provider_id: systemProvider,
            })
          const answers = await atOnce(choose, byAdmin, byAdmin)
          expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
          expect(await sessionsOf(collectionId)).toHaveLength(1)
        })

        async function cart() {
          const shopper = shop.shopper()
          const collectionId = await shopper.collectionOf(await shopper.fillCart())
          const choose = async () => await shopper.choosePayment(collectionId, mocasaProvider)
          const chooseOther = async () => await shopper.choosePayment(collectionId, systemProvider)
          if (isChosen) {
            await choose()
          }
          return { collectionId, choose, chooseOther }
        }
      })

      it("replace each other where they come one after the other", async () => {
        const { collectionId, session } = await shop.shopper().checkOut(mocasaProvider)
        const again = await shop.shopper().choosePayment(collectionId, mocasaProvider)
        expect(again.status).toBe(200)
        const [newest, ...others] = await sessionsOf(collectionId)
        expect(others).toEqual([])
        expect(newest).not.toBe(session.id)
      })

      it("are not kept waiting by one whose shopper has left", async () => {
        const shopper = shop.shopper()
        const collectionId = await shopper.collectionOf(await shopper.fillCart())
        shop.sandbox.faults.add({
          kind: "latency",
          path: "/payment/order/create",
          ms: 800,
          times: 1,
        })
        const creations = () => shop.sandbox.calls.count("/payment/order/create")
        const before = creations()
        const left = new AbortController()
        const path = `/store/payment-collections/${collectionId}/payment-sessions`
        const headers = { "x-publishable-api-key": shop.store.publishableKey }
        const abandoned = shop.api
          .post(path, { provider_id: mocasaProvider }, { signal: left.signal, headers })
          .catch(() => undefined)
        await eventually(
          async () => creations(),
          (count) => count > before
        )
        left.abort()
        await abandoned
        const answer = await shopper.choosePayment(collectionId, mocasaProvider)
        expect(answer.status).toBe(200)
        expect(await sessionsOf(collectionId)).toEqual(sessionsIn(answer))
        expect(await shop.database("gateway_lease").whereLike("key", `%${collectionId}%`)).toEqual(
          []
        )
      })

      const atOnce = async (...choices: (() => Promise<Answer>)[]): Promise<Answer[]> =>
        await Promise.all(choices.map((choice) => choice()))

      const sessionsIn = ({ data }: Answer): string[] =>
        (data.payment_collection?.payment_sessions ?? []).map(({ id }) => id)

      async function sessionsOf(payment_collection_id: string): Promise<string[]> {
        const rows = await shop.database("payment_session").where({ payment_collection_id })
        return rows.map(({ id }) => id)
      }
    })

    describe("whose total another module changed after its payment was opened", () => {
      const carts = () => shop.container.resolve(Modules.CART)

      async function lineOf(id: string) {
        const { items } = await carts().retrieveCart(id, { relations: ["items"] })
        return items![0]!.id
      }

      async function deliveryOf(id: string) {
        const cart = await carts().retrieveCart(id, { relations: ["shipping_methods"] })
        return cart.shipping_methods![0]!.id
      }

      const otherTotals: Record<
        string,
        {
          kind: string
          total: number
          currency?: string
          change: (cartId: string) => Promise<unknown>
        }
      > = {
        "a price that went up": {
          kind: "too_little",
          total: 341.6,
          change: async (id) =>
            await carts().updateLineItems(await lineOf(id), { unit_price: 305 }),
        },
        "a price that went down": {
          kind: "too_much",
          total: 5.6,
          change: async (id) => await carts().updateLineItems(await lineOf(id), { unit_price: 5 }),
        },
        "a quantity": {
          kind: "too_little",
          total: 336,
          change: async (id) => await carts().updateLineItems(await lineOf(id), { quantity: 3 }),
        },
        "a delivery that costs something": {
          kind: "too_little",
          total: 123.2, // with its tax
          change: async (id) =>
            await shop
              .database("cart_shipping_method")
              .where({ id: await deliveryOf(id) })
              .update({ amount: 10, raw_amount: { value: "10", precision: 20 } }),
        },
        "another tax": {
          kind: "too_little",
          total: 120,
          change: async (id) =>
            await carts().setLineItemTaxLines(id, [
              { item_id: await lineOf(id), code: "VAT", rate: 20 },
            ]),
        },
        "a promotion": {
          kind: "too_much",
          total: 100.8,
          change: async (id) =>
            await carts().addLineItemAdjustments([
              { item_id: await lineOf(id), code: "TEN", amount: 10 },
            ]),
        },
        "another currency": {
          kind: "other_currency",
          total: 112,
          currency: "eur",
          change: async (id) => await carts().updateCarts([{ id, currency_code: "eur" }]),
        },
      }

      it.each(Object.keys(otherTotals))(
        "is no order, and its money is listed, when it is by %s",
        async (name) => {
          const { kind, total, currency = "php", change } = otherTotals[name]!
          const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
          const { reference } = session.data
          await change(cartId)
          shop.sandbox.set({ webhooksOn: true })
          shop.sandbox.pay(reference)
          await shop.afterWebhooks()
          expect(await shop.ordersOfCart(cartId)).toEqual([])
          const [row, ...others] = await exceptionsOf(reference)
          expect(others).toEqual([])
          expect(row).toMatchObject({ kind, state: "open", expected_currency_code: currency })
          expect([Number(row.amount), Number(row.expected_amount)]).toEqual([112, total])
          const path = `/store/payment-sessions/${session.id}/refresh`
          const seen = await shop.shopper().post(path, {})
          expect(seen.data.payment_session.state).toBe("mismatch")
          expect((await shop.shopper().complete(cartId)).status).toBe(409)
          expect(await shop.ordersOfCart(cartId)).toEqual([])
        }
      )

      it("is no order where the shopper completes it before anybody told of the payment", async () => {
        const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
        const { reference } = session.data
        shop.sandbox.pay(reference)
        await otherTotals["a price that went up"]!.change(cartId)
        const answer = await shop.shopper().complete(cartId)
        expect([answer.status, answer.data]).toEqual([
          409,
          expect.objectContaining({
            code: "cart_total_changed",
            message: expect.stringContaining("costs 341.60 PHP by now"),
          }),
        ])
        expect(await shop.ordersOfCart(cartId)).toEqual([])
        expect(await exceptionsOf(reference)).toMatchObject([{ kind: "too_little", state: "open" }])
      })

      it("is not completed by a change of the shopper's", async () => {
        const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
        shop.sandbox.pay(session.data.reference)
        await otherTotals["a price that went up"]!.change(cartId)
        const answer = await shop
          .shopper()
          .post(`/store/carts/${cartId}`, { email: "m@example.com" })
        expect(answer.status).toBe(200)
        expect(await shop.ordersOfCart(cartId)).toEqual([])
      })

      it("is an order once its total is put right, and nothing is listed any more", async () => {
        const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
        const { reference } = session.data
        await otherTotals["a price that went up"]!.change(cartId)
        shop.sandbox.pay(reference)
        await makeDue(shop)
        await reconcile(shop)
        expect(await exceptionsOf(reference)).toMatchObject([{ kind: "too_little", state: "open" }])
        await carts().updateLineItems(await lineOf(cartId), { unit_price: 100 })
        await makeDue(shop)
        expect(await reconcile(shop)).toMatchObject({ settled: 1, errors: 0 })
        const order = await shop.orderOfCart(cartId)
        expect(order.summary).toMatchObject({ pending_difference: 0, paid_total: 112 })
        expect(await exceptionsOf(reference)).toMatchObject([
          { kind: "too_little", state: "closed", settled_by: "system" },
        ])
      })
    })
  }
)
