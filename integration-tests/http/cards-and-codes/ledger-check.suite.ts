import { generateEntityId, Modules } from "@medusajs/framework/utils"
import { holdingQuietly as provider, type CardsAndCodesShop } from "../support/cards-and-codes-shop"
import { feedAbout as itemsAbout } from "../support/feed"
import { makeDue, reconcile } from "../support/reconciliation"
import { eventually, suite, type AdminOrder } from "../support/shop"

const route = "/admin/gateway-payments/exceptions"
const moves = "/transactionServices/REST/v1/payments/:id"

/** A gateway that captures later and refunds in parts, so that each of Medusa's rows counts. */
export const ledgerCheck = suite<CardsAndCodesShop>(
  "Medusa's ledger of a payment whose server died in the midst of it",
  (shop) => {
    beforeEach(() => {
      shop.quietCards.faults.clear()
    })

    afterEach(async () => {
      await shop.afterWorkflows() // the subscribers of what was moved last
    })

    describe("before it came to the order's books", () => {
      it("get a refund, and the order is as after any other", async () => {
        const usual = await captured()
        expect((await shop.admin.refund(usual.paymentId, 40)).status).toBe(200)
        const { orderId, paymentId } = await captured()
        await refundOfDyingServer(paymentId, 40)
        expect(await linesOf(orderId)).toEqual([100])

        await pass()

        expect(await linesOf(orderId)).toEqual([-40, 100])
        const [order, other] = [
          await shop.adminOrder(orderId),
          await shop.adminOrder(usual.orderId),
        ]
        expect(order.summary).toEqual(other.summary)
        expect(order.total).toBe(other.total)
        await pass()
        expect(await linesOf(orderId)).toEqual([-40, 100])
      })

      it("get a capture, once, when two servers look at once", async () => {
        const { orderId, paymentId } = await reserved()
        await shop.container.resolve(Modules.PAYMENT).capturePayment({ payment_id: paymentId })
        expect(await linesOf(orderId)).toEqual([])
        await makeDue(shop)
        await reconcile(shop, 3)
        expect(await linesOf(orderId)).toEqual([100])
        expect((await shop.adminOrder(orderId)).payment_status).toBe("captured")
      })

      it("get each refund at its own amount, whatever Medusa booked with another", async () => {
        const { orderId, paymentId } = await captured()
        await refundOfDyingServer(paymentId, 30)
        const [refund] = await shop.database("refund").where({ payment_id: paymentId })
        // As core books a refund that it finds beside the one it has made.
        await addLine(orderId, { amount: -50, reference_id: refund.id })
        await pass()
        expect(await linesOf(orderId)).toEqual([-50, 20, 100])
        await pass()
        expect(await linesOf(orderId)).toEqual([-50, 20, 100])
      })

      it("owe nothing and are owed nothing after two refunds at once, of which one failed", async () => {
        const { orderId, paymentId, reference } = await captured()
        const answers = await Promise.all([
          shop.admin.refund(paymentId, 40),
          shop.admin.refund(paymentId, 40),
        ])
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
        expect(ledger("refund", reference)).toEqual(["40.00"])
        await pass()
        const { summary } = await shop.adminOrder(orderId)
        expect(summary).toMatchObject({ pending_difference: 0, transaction_total: 60 })
      })

      it("get what takes away the line of a refund that is no more, and keep those of others", async () => {
        const { orderId, paymentId } = await captured()
        await addLine(orderId, { amount: -20, reference_id: "ref_that_is_gone" })
        await addLine(orderId, { amount: -5, reference_id: "paid in the shop" })
        // Medusa goes on to the order's next version with it.
        expect((await shop.admin.refund(paymentId, 10)).status).toBe(200)
        await pass()
        expect(await linesOf(orderId)).toEqual([-20, -10, -5, 20, 100])
        const { summary } = await shop.adminOrder(orderId)
        expect(summary).toMatchObject({ transaction_total: 85 })
      })

      it("wait while the order is being changed, and keep nobody else waiting", async () => {
        const changing = await captured()
        const other = await captured()
        for (const { paymentId } of [changing, other]) {
          await refundOfDyingServer(paymentId, 40)
        }
        const edit = await shop.admin.post("/admin/order-edits", { order_id: changing.orderId })
        expect(edit.status).toBe(200)
        await pass()
        expect(await linesOf(changing.orderId)).toEqual([100])
        expect(await linesOf(other.orderId)).toEqual([-40, 100])
        await shop.container.resolve(Modules.ORDER).cancelOrderChange(edit.data.order_change.id)
        await pass()
        expect(await linesOf(changing.orderId)).toEqual([-40, 100])
        expect((await shop.adminOrder(changing.orderId)).summary).toEqual(
          (await shop.adminOrder(other.orderId)).summary
        )
      })

      it("have the payment as captured, where Medusa had not come to say so", async () => {
        const { orderId, paymentId } = await reserved()
        await shop.container.resolve(Modules.PAYMENT).capturePayment({ payment_id: paymentId })
        await shop.database("payment").where({ id: paymentId }).update({ captured_at: null })
        await shop
          .database("payment_collection")
          .where({ id: (await shop.adminOrder(orderId)).payment_collections[0]!.id })
          .update({ status: "authorized", captured_amount: 0, raw_captured_amount: null })
        await pass()
        const order = await shop.adminOrder(orderId)
        expect(order.payment_status).toBe("captured")
        expect(order.payment_collections).toMatchObject([{ captured_amount: 100 }])
        expect((await shop.admin.refund(paymentId, 100)).status).toBe(200)
      })

      it("are left alone while somebody can still be at work on them", async () => {
        const { orderId, paymentId } = await captured()
        await refundOfDyingServer(paymentId, 40)
        await shop
          .database("gateway_cursor")
          .where({ list: "ledger" })
          .update({ next_at: new Date(0) })
        await reconcile(shop)
        expect(await linesOf(orderId)).toEqual([100])
      })

      it("are left as Medusa wrote them where the order was canceled", async () => {
        const { orderId } = await captured()
        expect((await shop.admin.post(`/admin/orders/${orderId}/cancel`, {})).status).toBe(200)
        const lines = await linesOf(orderId)
        expect(lines).toEqual([-100, 100])
        await pass()
        expect(await linesOf(orderId)).toEqual(lines)
      })
    })

    describe("before any gateway was told", () => {
      it("lose the refund, which can be made then", async () => {
        const { orderId, paymentId, reference } = await captured()
        await untold("refund", paymentId, 100)
        expect((await shop.admin.refund(paymentId, 100)).data.message).toMatch(/more than/)
        await pass()
        expect(await rowsOf("refund", paymentId)).toEqual([])
        expect((await shop.admin.refund(paymentId, 100)).status).toBe(200)
        expect(ledger("refund", reference)).toEqual(["100.00"])
        expect(await linesOf(orderId)).toEqual([-100, 100])
      })

      it("lose the capture, which can be made then", async () => {
        const { paymentId, reference } = await reserved()
        await untold("capture", paymentId, 100)
        await pass()
        expect(await rowsOf("capture", paymentId)).toEqual([])
        expect((await capture(paymentId)).status).toBe(200)
        expect(ledger("capture", reference)).toEqual(["100.00"])
      })

      it("keep a capture that was made at the gateway itself", async () => {
        const { paymentId, reference } = await reserved()
        await untold("capture", paymentId, 100)
        await shop.database("gateway_order").where({ reference }).update({ state: "paid" })
        await pass()
        expect(await rowsOf("capture", paymentId)).toEqual([100])
      })

      it("call nothing refunded that is due and that nobody gave back", async () => {
        const { orderId, paymentId, reference } = await captured()
        await untold("refund", paymentId, 100)
        expect((await shop.admin.post(`/admin/orders/${orderId}/cancel`, {})).status).toBe(200)
        const [due] = await eventually(
          async () => await listed(reference),
          ({ length }) => length > 0
        )
        expect(due).toMatchObject({ kind: "refund_due", amount: 100, state: "open" })
        const early = await shop.admin.post(`${route}/${due.id}/refund`, {})
        expect(early.status).toBe(400)
        expect(early.data.message).toMatch(/100 EUR of .* are due, and Medusa has 0 left/)
        await pass()
        const answer = await shop.admin.post(`${route}/${due.id}/refund`, {})
        expect(answer.data).toMatchObject({ payment_exception: { state: "refunded" } })
        expect(ledger("refund", reference)).toEqual(["100.00"])
      })
    })

    describe("after the gateway acted", () => {
      it("are listed as lacking a refund until somebody repeats it, and nothing is sent again", async () => {
        const { orderId, paymentId, reference } = await captured()
        shop.quietCards.faults.add({ kind: "answer-lost", path: `${moves}#RF` })
        expect((await shop.admin.refund(paymentId, 40)).status).toBe(400)
        expect(await rowsOf("refund", paymentId)).toEqual([])

        await pass()

        const [line] = await listed(`${reference.slice(0, 26)}R1`)
        expect(line).toMatchObject({
          kind: "refund_not_booked",
          amount: 40,
          order_id: orderId,
          payment_id: paymentId,
          state: "open",
        })
        expect(await feedAbout(line.reference)).toHaveLength(1)
        for (const [action, body] of [
          ["refund", {}],
          ["attach", { order_id: orderId }],
        ] as const) {
          const refused = await shop.admin.post(`${route}/${line.id}/${action}`, body)
          expect(refused.status).toBe(400)
          expect(refused.data.message).toMatch(/Repeat the refund of 40.* EUR on the payment/)
        }

        expect((await shop.admin.refund(paymentId, 40)).status).toBe(200)
        expect(ledger("refund", reference)).toEqual(["40.00"])
        expect(await linesOf(orderId)).toEqual([-40, 100])
        await expectClosed(line.reference)
      })

      it("are listed as lacking a refund that was known before its server died", async () => {
        const { paymentId, reference } = await captured()
        await refundOfDyingServer(paymentId, 40)
        await shop.database("refund").where({ payment_id: paymentId }).delete()
        await pass()
        expect(await listed(`${reference.slice(0, 26)}R1`)).toMatchObject([
          { kind: "refund_not_booked", state: "open" },
        ])
        await pass()
        expect(await listed(`${reference.slice(0, 26)}R1`)).toHaveLength(1)
      })

      it("are listed as lacking a capture until somebody repeats it", async () => {
        const { orderId, paymentId, reference } = await reserved()
        shop.quietCards.faults.add({ kind: "answer-lost", path: `${moves}#CP` })
        expect((await capture(paymentId)).status).toBe(400)

        await pass()

        const [line] = await listed(`${reference.slice(0, 26)}C1`)
        expect(line).toMatchObject({ kind: "capture_not_booked", amount: 100, state: "open" })
        expect((await capture(paymentId)).status).toBe(200)
        expect(ledger("capture", reference)).toEqual(["100.00"])
        expect(await linesOf(orderId)).toEqual([100])
        await expectClosed(line.reference)
      })

      it("are listed as lacking a capture that was made in the gateway's own dashboard", async () => {
        const { orderId, paymentId, reference } = await reserved()
        shop.quietCards.say(reference, "capturesuccess")
        await pass()
        await pass()
        const [line, ...others] = await listed(reference)
        expect(others).toEqual([])
        expect(line).toMatchObject({
          kind: "capture_not_booked",
          amount: 100,
          order_id: orderId,
          payment_id: paymentId,
          state: "open",
        })
        shop.quietCards.calls.clear()
        expect((await capture(paymentId)).status).toBe(200)
        expect(shop.quietCards.calls.list()).toEqual([]) // nothing is left to send
        expect(await linesOf(orderId)).toEqual([100])
        await expectClosed(reference)
      })

      it("are due to the shopper where the gateway took the money of a canceled order", async () => {
        const { orderId, reference } = await reserved()
        shop.quietCards.faults.add({ kind: "http-error", path: `${moves}#RV`, times: "forever" })
        expect((await shop.admin.post(`/admin/orders/${orderId}/cancel`, {})).status).toBe(200)
        shop.quietCards.say(reference, "capturesuccess")
        await pass()
        await pass()
        const open = (await listed(reference)).filter(
          ({ state }: { state: string }) => state === "open"
        )
        expect(open).toMatchObject([{ kind: "refund_due", amount: 100, order_id: orderId }])
        const answer = await shop.admin.post(`${route}/${open[0].id}/refund`, {})
        expect(answer.data).toMatchObject({ payment_exception: { state: "refunded" } })
        expect(ledger("refund", reference)).toEqual(["100.00"])
      })

      it("are a person's where the gateway never tells what became of a refund", async () => {
        const { paymentId, reference } = await captured()
        shop.quietCards.faults.add({ kind: "answer-lost", path: `${moves}#RF` })
        expect((await shop.admin.refund(paymentId, 40)).status).toBe(400)
        shop.quietCards.faults.add({ kind: "http-error", path: "*", times: "forever" })
        const longAgo = new Date(Date.now() - 365 * 24 * 3_600_000)
        await shop
          .database("gateway_operation")
          .where({ order_reference: reference })
          .update({ created_at: longAgo })
        await makeDue(shop)
        expect(await reconcile(shop)).toMatchObject({ given_up: 1 })
        const [item, ...others] = await feedAbout(`${reference.slice(0, 26)}R1`)
        expect(others).toEqual([])
        expect(item?.data).toMatchObject({
          title: "A gateway never told what became of a payment",
          description: expect.stringContaining("of 40.00 EUR was made is still not known"),
        })
      })
    })

    async function pass(): Promise<void> {
      await makeDue(shop)
      await reconcile(shop)
    }

    async function reserved() {
      const { cartId, session } = await shop.shopper().checkOut(provider)
      const { url = "", fields } = session.data.next_action
      await fetch(url, { method: "POST", body: new URLSearchParams(fields) })
      const { reference } = session.data
      shop.quietCards.pay(reference)
      await pass()
      const order: AdminOrder = await shop.orderOfCart(cartId)
      return {
        orderId: order.id,
        paymentId: order.payment_collections[0]!.payments[0]!.id,
        reference,
      }
    }

    async function captured() {
      const order = await reserved()
      expect((await capture(order.paymentId)).status).toBe(200)
      return order
    }

    async function capture(paymentId: string) {
      return await shop.admin.post(`/admin/payments/${paymentId}/capture`, {})
    }

    /** As far as a server gets that dies between the refund and its order's ledger. */
    async function refundOfDyingServer(payment_id: string, amount: number): Promise<void> {
      await shop.container.resolve(Modules.PAYMENT).refundPayment({ payment_id, amount })
    }

    /** As Medusa writes it before it calls the provider. */
    async function untold(table: "refund" | "capture", payment_id: string, amount: number) {
      await shop.database(table).insert({
        id: generateEntityId(undefined, table === "refund" ? "ref" : "capt"),
        payment_id,
        amount,
        raw_amount: { value: String(amount), precision: 20 },
      })
    }

    async function addLine(order_id: string, line: { amount: number; reference_id: string }) {
      const about = { order_id, currency_code: "eur", reference: "refund" }
      await shop.container.resolve(Modules.ORDER).addOrderTransactions([{ ...about, ...line }])
    }

    async function rowsOf(table: "refund" | "capture", payment_id: string): Promise<number[]> {
      const rows = await shop.database(table).where({ payment_id }).whereNull("deleted_at")
      return rows.map(({ amount }) => Number(amount))
    }

    async function linesOf(order_id: string): Promise<number[]> {
      const rows = await shop.database("order_transaction").where({ order_id, deleted_at: null })
      return rows.map(({ amount }) => Number(amount)).sort((one, other) => one - other)
    }

    async function listed(reference: string) {
      const { data } = await shop.admin.get(`${route}?q=${reference}&state[]=open&state[]=closed`)
      return data.payment_exceptions
    }

    /** By the subscriber of what was repeated, and without another look. */
    async function expectClosed(reference: string): Promise<void> {
      const found = await eventually(
        async () => await listed(reference),
        ([line]) => line.state === "closed"
      )
      expect(found).toMatchObject([{ state: "closed" }])
    }

    function ledger(kind: "capture" | "refund", reference: string): string[] {
      return shop.quietCards.ledger.entries({ kind, reference }).map(({ amount }) => amount)
    }

    const feedAbout = async (reference: string) => await itemsAbout(shop, reference)
  }
)
