import { Modules } from "@medusajs/framework/utils"
import { processWebhookEvent } from "../../../src/workflows/webhooks/process-webhook"
import { eventually, suite } from "../support/shop"
import { mocasaProvider, mocopayProvider, type TwoGateways } from "../support/two-gateways"

const path = "/admin/gateway-payments/exceptions"
const webhooks = "/admin/gateway-payments/webhooks"

export const unmatchedAdmin = suite<TwoGateways>(
  "an admin settles money that no order stands for",
  (shop) => {
    it("lists it by what it is and where it came from, page by page, and shows one with its history", async () => {
      const first = await paidAfterTheCartChanged(mocasaProvider)
      const second = await paidAfterTheCartChanged(mocopayProvider)
      const ours = `cart_id[]=${first.cartId}&cart_id[]=${second.cartId}`
      const all = await shop.admin.get(`${path}?${ours}`)
      expect(all.data).toMatchObject({ count: 2, offset: 0, limit: 20 })
      expect(all.data.payment_exceptions.map(({ id }: { id: string }) => id)).toEqual([
        second.id,
        first.id,
      ])
      expect((await shop.admin.get(`${path}?${ours}&limit=1&offset=1`)).data).toMatchObject({
        count: 2,
        payment_exceptions: [{ id: first.id }],
      })
      const filters = [
        `provider_id=${mocasaProvider}&${ours}`,
        `reference=${first.reference}`,
        `q=${first.reference}`,
        `cart_id=${first.cartId}`,
        `kind=session_gone&state[]=open&provider_id[]=${mocasaProvider}&${ours}`,
      ]
      for (const filter of filters) {
        const { data } = await shop.admin.get(`${path}?${filter}`)
        expect([filter, data.payment_exceptions.map(({ id }: { id: string }) => id)]).toEqual([
          filter,
          [first.id],
        ])
      }
      expect((await shop.admin.get(`${path}?state=closed&${ours}`)).data.count).toBe(0)
      expect((await shop.admin.get(`${path}?state=lost`)).status).toBe(400)
      const one = await shop.admin.get(`${path}/${first.id}`)
      expect(one.data.payment_exception).toMatchObject({
        id: first.id,
        kind: "session_gone",
        amount: 112,
        raw_amount: { value: "112" },
        currency_code: "php",
        audit_lines: [],
      })
      expect((await shop.admin.get(`${path}/gwexc_none`)).status).toBe(404)
      const stranger = await shop.api.get(path, { validateStatus: () => true })
      expect(stranger.status).toBe(401)
    })

    describe("by a refund", () => {
      it("gives it back through the gateway, once, with a line of audit", async () => {
        const { id, reference } = await paidAfterTheCartChanged(mocasaProvider)
        const answers = await Promise.all([
          shop.admin.post(`${path}/${id}/refund`, { note: "The cart had changed" }),
          shop.admin.post(`${path}/${id}/refund`, {}),
        ])
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
        expect(refunds(reference)).toEqual(["112.00"])
        const { data } = await shop.admin.get(`${path}/${id}`)
        expect(data.payment_exception).toMatchObject({ state: "refunded" })
        expect(data.payment_exception.audit_lines).toMatchObject([
          { action: "refunded", actor: data.payment_exception.settled_by },
        ])
        expect(await operations(reference)).toMatchObject([{ state: "done", medusa_id: null }])
        expect(await stateAtGateway(reference)).toBe("refunded")
      })

      it("is found to be made when its answer was lost, and is not made twice", async () => {
        const { id, reference } = await paidAfterTheCartChanged(mocasaProvider)
        shop.mocasa.faults.add({ kind: "answer-lost", path: "/payment/order/refund" })
        const lost = await shop.admin.post(`${path}/${id}/refund`, {})
        expect(lost.status).toBe(400)
        expect(lost.data.message).toContain("Try the same refund again")
        expect((await shop.admin.post(`${path}/${id}/refund`, {})).status).toBe(200)
        expect(refunds(reference)).toEqual(["112.00"])
        const { data } = await shop.admin.get(`${path}/${id}`)
        expect(
          data.payment_exception.audit_lines.map(({ action }: { action: string }) => action)
        ).toEqual(["refund failed", "refunded"])
      })

      it("is refused in words for people where the gateway has none", async () => {
        const { id } = await paidAfterTheCartChanged(mocopayProvider)
        const answer = await shop.admin.post(`${path}/${id}/refund`, {})
        expect(answer.status).toBe(400)
        expect(answer.data.message).toMatch(/MoCoPay has no refunds.*close this with a note/)
        expect((await shop.admin.get(`${path}/${id}`)).data.payment_exception.state).toBe("open")
      })
    })

    describe("by attaching it to an order", () => {
      it("makes it a payment of the order: captured, nothing left to pay, and refundable", async () => {
        const { id, reference } = await paidAfterTheCartChanged(mocasaProvider)
        const orderId = await unpaidOrder("ph")
        expect((await shop.adminOrder(orderId)).summary.pending_difference).toBe(112)
        const orders = shop.mocasa.calls.count("/payment/order/create")
        const answer = await shop.admin.post(`${path}/${id}/attach`, { order_id: orderId })
        expect([answer.status, answer.data.message]).toEqual([200, undefined])
        expect(answer.data.payment_exception).toMatchObject({
          state: "attached",
          order_id: orderId,
        })
        const order = await shop.adminOrder(orderId)
        expect(order.summary.pending_difference).toBe(0)
        const payments = order.payment_collections
          .flatMap((collection) => collection.payments)
          .filter(({ captures }) => captures.length > 0)
        expect(payments).toMatchObject([
          { amount: 112, data: { reference }, captures: [{ amount: 112 }] },
        ])
        expect(shop.mocasa.calls.count("/payment/order/create")).toBe(orders)
        expect((await shop.admin.post(`${path}/${id}/refund`, {})).status).toBe(400)
        const refunded = await shop.admin.refund(payments[0]!.id)
        expect([refunded.status, refunded.data.message]).toEqual([200, undefined])
        expect(refunds(reference)).toEqual(["112.00"])
      })

      it("stays attached when the gateway tells of the payment again", async () => {
        const { id, reference, cartId } = await paidAfterTheCartChanged(mocasaProvider)
        const orderId = await unpaidOrder("ph")
        expect((await shop.admin.post(`${path}/${id}/attach`, { order_id: orderId })).status).toBe(
          200
        )
        await news(reference)
        const { data } = await shop.admin.get(`${path}?reference=${reference}`)
        expect(data.payment_exceptions).toMatchObject([{ id, state: "attached" }])
        expect(await shop.ordersOfCart(cartId)).toEqual([])
        expect((await shop.adminOrder(orderId)).payment_collections[0]).toBeDefined()
      })

      it("is for the shop alone: a shopper who names the payment opens an order of his own", async () => {
        const { reference } = await paidAfterTheCartChanged(mocasaProvider)
        const { session } = await shop
          .shopper()
          .checkOut(mocasaProvider, undefined, { attach_reference: reference })
        expect(session.data.reference).not.toBe(reference)
        expect(session.data.status).toBe("open")
        const row = await shop.database("gateway_order").where({ reference }).first()
        expect(row.attached_session_id).toBeNull()
      })

      it("pays for no session that the dashboard's or another plugin's own call names it for", async () => {
        const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
        const { reference } = session.data
        shop.mocasa.pay(reference)
        const order = await shop.orderOfCart(cartId)
        await shop.afterNews()
        const unmatched = await paidAfterTheCartChanged(mocasaProvider)
        const orderId = await unpaidOrder("ph")
        for (const request of [reference, unmatched.reference]) {
          const made = await shop.admin.post("/admin/payment-collections", {
            order_id: orderId,
            amount: 112,
          })
          const collection = made.data.payment_collection.id
          const data = { attach_reference: request, recurring: "repeated", card: undefined }
          const path = `/admin/payment-collections/${collection}/payment-sessions`
          const answer = await shop.admin.post(path, { provider_id: mocasaProvider, data })
          expect([answer.status, answer.data.message]).toEqual([200, undefined])
          const [opened] = answer.data.payment_collection.payment_sessions
          const stored = await shop.database("payment_session").where({ id: opened.id }).first()
          expect(stored.data).toMatchObject({ status: "open" })
          expect(stored.data.reference).not.toBe(request)
          expect(Object.keys(stored.data)).not.toContain("recurring")

          const payments = shop.container.resolve(Modules.PAYMENT)
          const bySomebodyElse = payments.createPaymentSession(collection, {
            provider_id: mocasaProvider,
            currency_code: "php",
            amount: 112,
            data: { attach_reference: request },
          })
          await expect(bySomebodyElse).rejects.toThrow(/attach_reference can't be asked for/)
        }
        expect(await duesOf(orderId, order.id)).toEqual([112, 0])
        const rows = await shop.database("payment").whereRaw("data->>'reference' = ?", [reference])
        expect(rows).toHaveLength(1)
      })

      it("is brought to its end by the same request after it could not be booked, and by no other", async () => {
        const { id, reference } = await paidAfterTheCartChanged(mocasaProvider)
        const [orderId, otherId] = [await unpaidOrder("ph"), await unpaidOrder("ph")]
        const attach = async (order_id: string) =>
          await shop.admin.post(`${path}/${id}/attach`, { order_id })
        const unable = jest
          .spyOn(shop.container.resolve(Modules.PAYMENT), "authorizePaymentSession")
          .mockRejectedValue(new Error("the database is read-only"))
        const refused = await attach(orderId)
        unable.mockRestore()
        expect(refused.status).not.toBe(200)

        expect((await attach(otherId)).data.message).toMatch(/was attached to order/)
        const again = await attach(orderId)
        expect([again.status, again.data.message]).toEqual([200, undefined])
        expect(await duesOf(orderId, otherId)).toEqual([0, 112])

        await shop.database("payment_exception").where({ id }).update({ state: "open" })
        expect((await attach(otherId)).status).toBe(400)
        expect((await attach(orderId)).status).toBe(200)
        expect(await duesOf(orderId, otherId)).toEqual([0, 112])
        expect(
          await shop.database("payment").whereRaw("data->>'reference' = ?", [reference])
        ).toHaveLength(1)
      })

      it("is refused where another payment is attached to the same order at the same moment", async () => {
        const first = await paidAfterTheCartChanged(mocasaProvider)
        const second = await paidAfterTheCartChanged(mocasaProvider)
        const orderId = await unpaidOrder("ph")
        const answers = await Promise.all(
          [first, second].map(
            async ({ id }) => await shop.admin.post(`${path}/${id}/attach`, { order_id: orderId })
          )
        )
        const bySuccess = answers
          .map(({ status, data }) => [status, data.message])
          .sort(([one], [other]) => one - other)
        expect(bySuccess).toEqual([
          [200, undefined],
          [400, expect.stringContaining("0 are due")],
        ])
        expect(await duesOf(orderId)).toEqual([0])
      })

      it("is refused where it was settled while it waited for another payment of the order", async () => {
        const first = await paidAfterTheCartChanged(mocasaProvider)
        const second = await paidAfterTheCartChanged(mocasaProvider)
        const orderId = await unpaidOrder("ph")
        const attach = async (id: string) =>
          await shop.admin.post(`${path}/${id}/attach`, { order_id: orderId })
        let arrived = () => {}
        let fail = () => {}
        const atWork = new Promise<void>((resolve) => {
          arrived = resolve
        })
        const stuck = jest
          .spyOn(shop.container.resolve(Modules.PAYMENT), "authorizePaymentSession")
          .mockImplementationOnce(async () => {
            arrived()
            await new Promise<void>((resolve) => {
              fail = resolve
            })
            throw new Error("the database is read-only")
          })
        const failing = attach(first.id)
        await atWork
        const waiting = attach(second.id)
        await new Promise((resolve) => setTimeout(resolve, 1_000))
        await shop
          .database("payment_exception")
          .where({ id: second.id })
          .update({ state: "closed", settled_by: "system" })
        fail()
        expect((await failing).status).not.toBe(200)
        stuck.mockRestore()
        const refused = await waiting
        expect([refused.status, refused.data.message]).toEqual([
          400,
          expect.stringContaining("was closed before"),
        ])
        expect(await duesOf(orderId)).toEqual([112])
        const row = await shop
          .database("gateway_order")
          .where({ reference: second.reference })
          .first()
        expect(row.attached_session_id).toBeNull()
      })

      it("is refused where less is due, and for what was refunded", async () => {
        const { id, reference } = await paidAfterTheCartChanged(mocasaProvider)
        const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
        shop.mocasa.pay(session.data.reference)
        const paid = await shop.orderOfCart(cartId)
        await shop.afterNews()
        const tooMuch = await shop.admin.post(`${path}/${id}/attach`, { order_id: paid.id })
        expect(tooMuch.status).toBe(400)
        expect(tooMuch.data.message).toMatch(/0 are due/)
        const unknown = await shop.admin.post(`${path}/${id}/attach`, { order_id: "order_none" })
        expect(unknown.status).toBe(404)
        expect((await shop.admin.post(`${path}/${id}/refund`, {})).status).toBe(200)
        const orderId = await unpaidOrder("ph")
        expect((await shop.admin.post(`${path}/${id}/attach`, { order_id: orderId })).status).toBe(
          400
        )
        expect(refunds(reference)).toEqual(["112.00"])
      })
    })

    it("is not closed over a refund that is under way", async () => {
      const { id, reference } = await paidAfterTheCartChanged(mocasaProvider)
      shop.mocasa.faults.add({ kind: "latency", path: "/payment/order/refund", ms: 700 })
      const refunding = shop.admin.post(`${path}/${id}/refund`, {})
      await eventually(
        async () => await operations(reference),
        (rows) => rows.length > 0
      )
      const closing = shop.admin.post(`${path}/${id}/close`, { note: "Nothing is left to do" })
      const [refunded, closed] = await Promise.all([refunding, closing])
      expect([refunded.status, refunded.data.message]).toEqual([200, undefined])
      expect([closed.status, closed.data.message]).toEqual([
        400,
        expect.stringContaining("was refunded before"),
      ])
    })

    it("closes it with a note, which it needs", async () => {
      const { id } = await paidAfterTheCartChanged(mocopayProvider)
      expect((await shop.admin.post(`${path}/${id}/close`, {})).status).toBe(400)
      const note = "Paid back by hand"
      const closed = await shop.admin.post(`${path}/${id}/close`, { note })
      expect(closed.data.payment_exception).toMatchObject({
        state: "closed",
        note,
        audit_lines: [{ action: "closed", note, actor: expect.stringMatching(/^user_/) }],
      })
      const again = await shop.admin.post(`${path}/${id}/close`, { note })
      expect(again.status).toBe(400)
      expect(again.data.message).toContain("was closed before")
    })

    describe("webhooks", () => {
      it("are listed without what they said, shown with it, and replayed when they were given up", async () => {
        const { reference } = await paidAfterTheCartChanged(mocasaProvider)
        const list = await shop.admin.get(`${webhooks}?reference=${reference}`)
        expect(list.data).toMatchObject({
          count: 1,
          webhooks: [{ state: "done", outcome: "paid" }],
        })
        const [{ id, body }] = list.data.webhooks
        expect(body).toBeUndefined()
        const shown = await shop.admin.get(`${webhooks}/${id}`)
        expect(shown.data.webhook.body).toMatchObject({ orderNo: reference })
        expect((await shop.admin.post(`${webhooks}/${id}/replay`, {})).status).toBe(400)
        await shop
          .database("webhook_event")
          .where({ id })
          .update({ state: "dead", error: "made up" })
        expect(
          (await shop.admin.get(`${webhooks}?state=dead&reference=${reference}`)).data.count
        ).toBe(1)
        const replayed = await shop.admin.post(`${webhooks}/${id}/replay`, {})
        expect([replayed.status, replayed.data.webhook]).toEqual([
          200,
          expect.objectContaining({ state: "done", outcome: "paid", attempts: 1 }),
        ])
        expect((await shop.admin.get(`${webhooks}/gwev_none`)).status).toBe(404)
        expect(await shop.database("gateway_audit_line").where({ subject_id: id })).toMatchObject([
          { action: "replayed", note: "made up" },
        ])
      })
    })

    async function paidAfterTheCartChanged(provider: string) {
      const country = provider === mocasaProvider ? "ph" : "hr"
      const shopper = shop.shopper(undefined, country)
      const { cartId, session } = await shopper.checkOut(provider)
      const { reference } = session.data
      await shopper.post(`/store/carts/${cartId}/line-items`, {
        variant_id: shop.store.variants.odd,
        quantity: 1,
      })
      ;(provider === mocasaProvider ? shop.mocasa : shop.mocopay).pay(reference)
      await shop.afterNews()
      const [row] = await shop.database("payment_exception").where({ reference })
      const id: string = row.id
      return { id, cartId, reference }
    }

    /** An order of 112 PHP whose payment was given back: all of it is due again. */
    async function unpaidOrder(country: string): Promise<string> {
      const { cartId } = await shop.shopper(undefined, country).checkOut("pp_system_default")
      const completed = await shop.shopper(undefined, country).complete(cartId)
      const order = await shop.adminOrder(completed.data.order.id)
      await shop
        .database("payment")
        .where({ id: order.payment_collections[0]!.payments[0]!.id })
        .update({ canceled_at: new Date() })
      return order.id
    }

    async function duesOf(...orderIds: string[]): Promise<number[]> {
      const orders = await Promise.all(orderIds.map(async (id) => await shop.adminOrder(id)))
      return orders.map(({ summary }) => summary.pending_difference)
    }

    async function news(reference: string) {
      const [row] = await shop.database("webhook_event").where({ reference })
      await shop
        .database("webhook_event")
        .where({ id: row.id })
        .update({ state: "waiting", next_try_at: new Date(Date.now() + 3_600_000) })
      await processWebhookEvent(shop.container, row.id)
      await shop.afterNews()
    }

    const refunds = (reference: string) =>
      shop.mocasa.ledger.entries({ kind: "refund", reference }).map(({ amount }) => amount)

    async function operations(reference: string) {
      return await shop.database("gateway_operation").where({ order_reference: reference })
    }

    async function stateAtGateway(reference: string) {
      const row = await shop.database("gateway_order").where({ reference }).first()
      return row.state
    }
  }
)
