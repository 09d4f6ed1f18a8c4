import { settleOrderWorkflow } from "../../../src/workflows"
import { mocasaProvider, mocopayProvider, type TwoGateways } from "../support/two-gateways"
import { eventually, suite } from "../support/shop"

const elsewhere = "/admin/gateway-payments/refunds-elsewhere"
const note = "By bank transfer, receipt 4711"

export const refundsElsewhere = suite<TwoGateways>(
  "a refund that the gateway does not make",
  (shop) => {
    describe("recorded as refunded elsewhere", () => {
      it("is booked by Medusa's own refund where the gateway has none, and nobody is called", async () => {
        const { payment, reference } = await paidOrder(mocopayProvider)
        expect((await shop.admin.refund(payment.id, 10)).status).toBe(400)
        const recorded = await record(payment.id, 10)
        expect([recorded.status, recorded.data.message]).toEqual([200, undefined])
        expect(recorded.data.refund_elsewhere).toMatchObject({
          payment_id: payment.id,
          amount: "10.00",
          currency_code: "eur",
          note,
          recorded_by: expect.stringMatching(/^user_/),
        })
        shop.mocopay.calls.clear()
        const booked = await shop.admin.refund(payment.id, 10)
        expect([booked.status, booked.data.message]).toEqual([200, undefined])
        expect(await bookedRefunds(payment.id)).toEqual([10])
        expect(shop.mocopay.calls.list()).toEqual([])
        expect(await linesOf(recorded.data.refund_elsewhere.id)).toMatchObject([
          { action: "refunded elsewhere", note, actor: recorded.data.refund_elsewhere.recorded_by },
        ])
        expect(await operations(reference)).toMatchObject([{ state: "done", made_elsewhere: true }])
      })

      it("counts once: what was recorded is not recorded or booked again", async () => {
        const { payment } = await paidOrder(mocopayProvider)
        expect((await record(payment.id, 4)).status).toBe(200)
        const tooMuch = await record(payment.id, 7)
        expect(tooMuch.status).toBe(400)
        expect(tooMuch.data.message).toMatch(/too much/)
        expect((await shop.admin.refund(payment.id, 5)).status).toBe(400)
        expect((await shop.admin.refund(payment.id, 4)).status).toBe(200)
        expect((await shop.admin.refund(payment.id, 4)).status).toBe(400)
        expect(await bookedRefunds(payment.id)).toEqual([4])
      })

      it("settles a refund that Mocasa refuses after settlement", async () => {
        const { payment, reference } = await paidOrder(mocasaProvider)
        shop.mocasa.settle(reference)
        expect((await shop.admin.refund(payment.id)).status).toBe(400)
        expect((await record(payment.id, 112)).status).toBe(200)
        const calls = shop.mocasa.calls.count("/payment/order/refund")
        expect((await shop.admin.refund(payment.id)).status).toBe(200)
        expect(shop.mocasa.calls.count("/payment/order/refund")).toBe(calls)
        expect(await bookedRefunds(payment.id)).toEqual([112])
        expect(await operations(reference)).toMatchObject([{ state: "done", made_elsewhere: true }])
      })

      it.each([
        ["without a note", { amount: 1, note: " " }, 400],
        ["of nothing", { amount: 0, note }, 400],
        ["of a payment that nobody knows", { amount: 1, note, payment_id: "pay_none" }, 404],
      ])("is refused %s", async (_what, body, status) => {
        const { payment, reference } = await paidOrder(mocopayProvider)
        const answer = await shop.admin.post(elsewhere, { payment_id: payment.id, ...body })
        expect(answer.status).toBe(status)
        expect(await operations(reference)).toEqual([])
      })

      it("is for admins alone", async () => {
        const answer = await shop.api.post(elsewhere, {}, { validateStatus: () => true })
        expect(answer.status).toBe(401)
      })
    })

    describe("when its order is canceled in the dashboard", () => {
      it("keeps the order from being canceled, with the reason, where the gateway has no refund", async () => {
        const { order, payment } = await paidOrder(mocopayProvider)
        const answer = await cancel(order.id)
        expect(answer.status).toBe(400)
        expect(answer.data.message).toMatch(
          /order was not canceled: 10 EUR of payment pay_.*MoCoPay has no refunds.*refunded elsewhere/
        )
        expect((await shop.adminOrder(order.id)).status).not.toBe("canceled")
        expect((await record(payment.id, 10)).status).toBe(200)
        expect((await cancel(order.id)).status).toBe(200)
        expect((await shop.adminOrder(order.id)).status).toBe("canceled")
        expect(await bookedRefunds(payment.id)).toEqual([10])
        await shop.afterWorkflows()
        expect(await due(order.id)).toEqual([])
      })

      it("lets an order be canceled whose payment can be refunded, and refunds it", async () => {
        const { order, payment, reference } = await paidOrder(mocasaProvider)
        expect((await cancel(order.id)).status).toBe(200)
        expect(shop.mocasa.ledger.entries({ kind: "refund", reference })).toHaveLength(1)
        expect(await bookedRefunds(payment.id)).toEqual([112])
        await shop.afterWorkflows()
        expect(await due(order.id)).toEqual([])
      })

      it("keeps the order once Mocasa has refused a refund, until it is given back another way", async () => {
        const { order, payment, reference } = await paidOrder(mocasaProvider)
        shop.mocasa.settle(reference)
        await shop.admin.refund(payment.id)
        const answer = await cancel(order.id)
        expect(answer.status).toBe(400)
        expect(answer.data.message).toContain("ORDER_SETTLED")
        expect((await record(payment.id, 112)).status).toBe(200)
        expect((await cancel(order.id)).status).toBe(200)
        expect(await bookedRefunds(payment.id)).toEqual([112])
      })

      it("lists the refund as due where the gateway refused it after all, until it is made", async () => {
        const { order, payment, reference } = await paidOrder(mocasaProvider)
        shop.mocasa.settle(reference)
        expect((await cancel(order.id)).status).toBe(200)
        expect(await bookedRefunds(payment.id)).toEqual([])
        const [row] = await eventually(
          () => due(order.id),
          (rows) => rows.length > 0
        )
        expect(row).toMatchObject({
          reference,
          state: "open",
          raw_amount: { value: "112" },
          payment_id: payment.id,
        })
        expect((await record(payment.id, 112)).status).toBe(200)
        expect(await due(order.id)).toMatchObject([{ state: "refunded", settled_by: "system" }])
      })
    })

    it("is due until an admin has it made: through the gateway, once, and in Medusa's books", async () => {
      const { order, payment, reference } = await paidOrder(mocasaProvider)
      shop.mocasa.faults.add({ kind: "reset-before-acting", path: "/payment/order/refund" })
      expect((await cancel(order.id)).status).toBe(200)
      const [row] = await eventually(
        () => due(order.id),
        (rows) => rows.length > 0
      )
      expect(await bookedRefunds(payment.id)).toEqual([])
      const refund = `/admin/gateway-payments/exceptions/${row.id}/refund`
      const made = await shop.admin.post(refund, {})
      expect([made.status, made.data.message]).toEqual([200, undefined])
      expect(made.data.payment_exception).toMatchObject({ kind: "refund_due", state: "refunded" })
      expect(shop.mocasa.ledger.entries({ kind: "refund", reference })).toHaveLength(1)
      expect(await bookedRefunds(payment.id)).toEqual([112])
      expect((await shop.admin.post(refund, {})).status).toBe(400)
      const [booked, ...more] = await shop
        .database("order_transaction")
        .where({ order_id: order.id, reference: "refund" })
      expect([Number(booked.amount), more]).toEqual([-112, []])
    })

    it("is found to be due when the money is looked at again, as when it came after the order was canceled", async () => {
      const { order, reference } = await paidOrder(mocasaProvider)
      shop.mocasa.settle(reference)
      expect((await cancel(order.id)).status).toBe(200)
      await eventually(
        () => due(order.id),
        (rows) => rows.length > 0
      )
      await shop.database("payment_exception").where({ order_id: order.id }).delete()
      await settleOrderWorkflow(shop.container).run({
        input: { provider_id: mocasaProvider, reference },
      })
      expect(await due(order.id)).toMatchObject([{ state: "open", reference }])
    })

    const record = async (payment_id: string, amount: number) =>
      await shop.admin.post(elsewhere, { payment_id, amount, note })

    const cancel = async (orderId: string) =>
      await shop.admin.post(`/admin/orders/${orderId}/cancel`, {})

    async function paidOrder(provider: string) {
      const country = provider === mocasaProvider ? "ph" : "hr"
      const { cartId, session } = await shop.shopper(undefined, country).checkOut(provider)
      const { reference } = session.data
      ;(provider === mocasaProvider ? shop.mocasa : shop.mocopay).pay(reference)
      const order = await shop.orderOfCart(cartId)
      await shop.afterNews()
      return { order, payment: order.payment_collections[0]!.payments[0]!, reference }
    }

    async function bookedRefunds(paymentId: string): Promise<number[]> {
      const rows = await shop.database("refund").where({ payment_id: paymentId }).select("amount")
      return rows.map(({ amount }) => Number(amount))
    }

    async function operations(reference: string) {
      return await shop.database("gateway_operation").where({ order_reference: reference })
    }

    async function due(orderId: string) {
      return await shop
        .database("payment_exception")
        .where({ order_id: orderId, kind: "refund_due" })
    }

    async function linesOf(subject_id: string) {
      return await shop
        .database("gateway_audit_line")
        .where({ subject_id })
        .orderBy(["created_at", "id"])
    }
  }
)
