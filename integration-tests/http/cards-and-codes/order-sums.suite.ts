import { generateEntityId, Modules } from "@medusajs/framework/utils"
import { leaseKeys, withLeaseOf } from "../../../src/workflows/leases"
import { holdingQuietly as provider, type CardsAndCodesShop } from "../support/cards-and-codes-shop"
import { makeDue, reconcile } from "../support/reconciliation"
import { eventually, suite } from "../support/shop"

const refunds = "/transactionServices/REST/v1/payments/:id#RF"

/** A gateway that refunds in parts, so that an order can be refunded by several people and canceled by another. */
export const orderSums = suite<CardsAndCodesShop>(
  "what Medusa shows of an order whose money several people move at once",
  (shop) => {
    const restored: (() => void)[] = []

    beforeEach(() => {
      shop.quietCards.faults.clear()
    })

    afterEach(async () => {
      restored.splice(0).forEach((restore) => restore())
      await shop.afterWorkflows() // the subscribers of what was moved last
    })

    it("is what was moved where it is canceled and refunded at once", async () => {
      const { orderId, paymentId, reference } = await captured()
      const isRefundAnswered = meetingAtTheirWorst(paymentId)
      const [canceled, refunded] = await Promise.all([
        shop.admin.post(`/admin/orders/${orderId}/cancel`, {}),
        shop.admin.refund(paymentId, 40).finally(isRefundAnswered),
      ])
      const left = 100 - refundedAtGateway(reference)
      expect({ shown: await shownOf(orderId), lines: await linesOf(orderId) }).toEqual({
        shown: left,
        lines: left,
      })
      expect([canceled.status, refunded.status].sort()).toEqual([200, 400])
    })

    it("is moved by nobody while it is changed", async () => {
      const { orderId, paymentId, reference } = await captured()
      const answers = await whileChanging(orderId, async () => {
        const codes: unknown[] = []
        for (const { path, body } of movesOf(orderId, paymentId)) {
          codes.push((await shop.admin.post(path, body)).data.code)
        }
        return codes
      })
      expect(answers).toEqual(movesOf(orderId, paymentId).map(() => "order_being_changed"))
      expect(refundedAtGateway(reference)).toBe(0)
      expect((await shop.admin.refund(paymentId, 40)).status).toBe(200)
    })

    it("waits with every other change until the one before it has ended", async () => {
      const { orderId, paymentId } = await captured()
      for (const { path, body } of await changesOf(orderId)) {
        let isAnswered = false
        const { asked, early } = await whileChanging(orderId, async () => {
          const asked = shop.admin.post(path, body).finally(() => {
            isAnswered = true
          })
          await shop.admin.refund(paymentId, 1) // as long as a request takes
          return { asked, early: isAnswered }
        })
        // What it is answered then is core's own: it asks for nothing that is possible.
        const { data } = await asked
        expect({ path, early, code: data.code }).not.toMatchObject({ code: "order_being_changed" })
        expect({ path, early }).toEqual({ path, early: false })
      }
    })

    it("is as it ever was of an order that was paid through others", async () => {
      const { orderId, paymentId } = await captured()
      await shop.database("payment").where({ id: paymentId }).update({ provider_id: "pp_system_x" })
      const code = await whileChanging(orderId, async () => {
        return (await shop.admin.refund(paymentId, 1)).data.code
      })
      expect(code).not.toBe("order_being_changed")
    })

    describe("and who has left wrong sums", () => {
      it("has them set right by the next check of what changed", async () => {
        const usual = await captured()
        expect((await shop.admin.refund(usual.paymentId, 40)).status).toBe(200)
        const { orderId, paymentId } = await captured()
        expect((await shop.admin.refund(paymentId, 40)).status).toBe(200)
        await showAnother(orderId)
        expect(await shownOf(orderId)).toBe(20)
        await sumsWere("all looked at")
        await makeDue(shop)
        await reconcile(shop)
        const [order, other] = [
          await shop.adminOrder(orderId),
          await shop.adminOrder(usual.orderId),
        ]
        expect(order.summary).toEqual(other.summary)
      })

      it("has them set right once, however long ago that was", async () => {
        const { orderId } = await captured()
        await showAnother(orderId)
        await sumsWere("not looked at")
        await reconcileNow()
        expect(await shownOf(orderId)).toBe(100)
        const [{ place }] = await shop
          .database("gateway_cursor")
          .where({ list: "ledger", provider_id: provider })
        expect(place).toMatchObject({ sumsAfter: null })
        await showAnother(orderId)
        await reconcileNow()
        expect(await shownOf(orderId)).toBe(60) // nothing leads there any more: no change, and all were looked at
      })
    })

    async function whileChanging<Result>(orderId: string, work: () => Promise<Result>) {
      return await withLeaseOf(shop.container, leaseKeys.changeOfOrder(orderId), work)
    }

    /** With bodies that core takes: it reads them before anything stands in its way. */
    function movesOf(orderId: string, paymentId: string): Request[] {
      return [
        { path: `/admin/payments/${paymentId}/refund`, body: { amount: 1 } },
        { path: `/admin/payments/${paymentId}/capture`, body: {} },
        { path: `/admin/orders/${orderId}/cancel`, body: {} },
        {
          path: `/admin/orders/${orderId}/credit-lines`,
          body: { amount: 1, reference: "order", reference_id: orderId },
        },
      ]
    }

    async function changesOf(order_id: string): Promise<Request[]> {
      const rowIn = async (table: string, more = {}) => {
        const id = generateEntityId(undefined, "test")
        await shop.database(table).insert({ id, order_id, order_version: 1, ...more })
        return id
      }
      const [returned, claim, exchange] = [
        await rowIn("return"),
        await rowIn("order_claim", { type: "refund" }),
        await rowIn("order_exchange"),
      ]
      const items = [{ id: "ordli_none", quantity: 1 }]
      const ofOrder = `/admin/orders/${order_id}`
      return [
        { path: `${ofOrder}/fulfillments`, body: { items } },
        { path: `${ofOrder}/fulfillments/ful_none/cancel`, body: {} },
        { path: `${ofOrder}/fulfillments/ful_none/mark-as-delivered`, body: {} },
        { path: `${ofOrder}/fulfillments/ful_none/shipments`, body: { items } },
        {
          path: `${ofOrder}/payment-sessions/authorize`,
          body: { payment_session_id: "payses_none" },
        },
        { path: `/admin/order-edits/${order_id}/confirm`, body: {} },
        { path: `/admin/returns/${returned}/request`, body: {} },
        { path: `/admin/returns/${returned}/receive/confirm`, body: {} },
        { path: `/admin/returns/${returned}/cancel`, body: {} },
        { path: `/admin/claims/${claim}/request`, body: {} },
        { path: `/admin/claims/${claim}/cancel`, body: {} },
        { path: `/admin/exchanges/${exchange}/request`, body: {} },
        { path: `/admin/exchanges/${exchange}/cancel`, body: {} },
      ]
    }

    /** As Medusa leaves it where a line is taken out of an earlier version alone. */
    async function showAnother(order_id: string): Promise<void> {
      await shop.database.raw(
        `update order_summary set totals = totals || jsonb_build_object(
            'transaction_total', (totals->>'transaction_total')::numeric - 40,
            'raw_transaction_total', jsonb_build_object(
              'value', ((totals->>'transaction_total')::numeric - 40)::text, 'precision', 20),
            'refunded_total', (totals->>'refunded_total')::numeric + 40,
            'raw_refunded_total', jsonb_build_object(
              'value', ((totals->>'refunded_total')::numeric + 40)::text, 'precision', 20),
            'pending_difference', (totals->>'pending_difference')::numeric + 40,
            'raw_pending_difference', jsonb_build_object(
              'value', ((totals->>'pending_difference')::numeric + 40)::text, 'precision', 20))
          where order_id = ?`,
        [order_id]
      )
    }

    /** As of a shop whose orders' sums were all looked at, or as none were yet. */
    async function sumsWere(looked: "all looked at" | "not looked at"): Promise<void> {
      const after = looked === "all looked at" ? { sumsAfter: null } : {}
      await shop
        .database("gateway_cursor")
        .where({ list: "ledger" })
        .update({
          place: shop.database.raw("(place - 'sumsAfter') || ?::jsonb", [JSON.stringify(after)]),
        })
    }

    /** A run that finds no change since the last. */
    async function reconcileNow(): Promise<void> {
      await shop
        .database("gateway_cursor")
        .where({ list: "ledger" })
        .update({ next_at: new Date(0) })
      await reconcile(shop)
    }

    /**
     * The cancellation gives back what it read of the order while the refund is at the gateway; the refund is first to
     * make the order's next version, so that the cancellation fails; and the cancellation takes its line back only when
     * the refund has been answered. What does not come to pass keeps nobody waiting after that.
     *
     * @returns to be called when the refund was answered
     */
    function meetingAtTheirWorst(paymentId: string): () => void {
      const [answered, isAnswered] = signal()
      const [begun, isBegun] = signal()
      const [failed, isFailed] = signal()
      const untilAnsweredOr = async (event: Promise<unknown>) =>
        await Promise.race([answered, event])
      const payments = shop.container.resolve(Modules.PAYMENT)
      const orders = shop.container.resolve(Modules.ORDER)

      shop.quietCards.faults.add({ kind: "latency", path: refunds, ms: 300 })
      around(payments, "refundPayment", async (refund, [input]) => {
        if (isOf(100, input)) {
          await untilAnsweredOr(rowOfRefund(paymentId))
        }
        return await refund()
      })
      around(orders, "createOrderChange", async (create, _given, nth) => {
        if (nth > 1) {
          const made = await create()
          isBegun()
          return made
        }
        await untilAnsweredOr(begun)
        try {
          return await create()
        } catch (error) {
          isFailed()
          throw error
        }
      })
      around(orders, "confirmOrderChange", async (confirm) => {
        await untilAnsweredOr(failed)
        return await confirm()
      })
      around(orders, "deleteOrderTransactions", async (take) => {
        await answered
        return await take()
      })
      return isAnswered
    }

    type Around = (
      call: () => Promise<unknown>,
      given: readonly unknown[],
      nth: number
    ) => Promise<unknown>

    function around(service: object, method: string, advice: Around): void {
      const original: unknown = Reflect.get(service, method)
      if (typeof original !== "function") {
        throw new Error(`There is no ${method}`)
      }
      let calls = 0
      const call = async (...given: unknown[]) => {
        calls += 1
        return await advice(async () => await Reflect.apply(original, service, given), given, calls)
      }
      Reflect.set(service, method, call)
      restored.push(() => Reflect.set(service, method, original))
    }

    async function rowOfRefund(payment_id: string): Promise<void> {
      await eventually(
        async () => await shop.database("refund").where({ payment_id }),
        ({ length }) => length > 0
      )
    }

    async function shownOf(id: string): Promise<number> {
      const { totals } = await shop
        .database({ summary: "order_summary" })
        .join({ order: "order" }, (join) => {
          join.on("order.id", "summary.order_id").andOn("order.version", "summary.version")
        })
        .where({ "order.id": id, "summary.deleted_at": null })
        .first("summary.totals")
      return totals.transaction_total
    }

    async function linesOf(order_id: string): Promise<number> {
      const lines = await shop.database("order_transaction").where({ order_id, deleted_at: null })
      return lines.reduce((sum, { amount }) => sum + Number(amount), 0)
    }

    function refundedAtGateway(reference: string): number {
      return shop.quietCards.ledger
        .entries({ kind: "refund", reference })
        .reduce((sum, { amount }) => sum + Number(amount), 0)
    }

    async function captured() {
      const { cartId, session } = await shop.shopper().checkOut(provider)
      const { url = "", fields } = session.data.next_action
      await fetch(url, { method: "POST", body: new URLSearchParams(fields) })
      const { reference } = session.data
      shop.quietCards.pay(reference)
      await makeDue(shop)
      await reconcile(shop)
      const order = await shop.orderOfCart(cartId)
      const paymentId = order.payment_collections[0]!.payments[0]!.id
      expect((await shop.admin.post(`/admin/payments/${paymentId}/capture`, {})).status).toBe(200)
      return { orderId: order.id, paymentId, reference }
    }
  }
)

type Request = { path: string; body: Record<string, unknown> }

function isOf(amount: number, input: unknown): boolean {
  return (
    typeof input === "object" && input !== null && Number(Reflect.get(input, "amount")) === amount
  )
}

function signal(): [Promise<void>, () => void] {
  let tell = () => {}
  const told = new Promise<void>((resolve) => {
    tell = resolve
  })
  return [told, tell]
}
