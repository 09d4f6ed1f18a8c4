import expireUnpaidOrders from "../../../src/jobs/expire-unpaid-orders"
import { expireOrderWorkflow } from "../../../src/workflows"
import {
  cashyAfter as after,
  cashyBefore as before,
  type CardsAndCodesShop,
} from "../support/cards-and-codes-shop"
import { suite } from "../support/shop"

const payer = { id_number: "3310401123456" }

/** The same account twice: one sells before the money comes, the other as every gateway does. */
export const payCode = suite<CardsAndCodesShop>(
  "an order that is placed with a pay code",
  (shop) => {
    const checkOut = async (provider: string) =>
      await shop.shopper().checkOut(provider, undefined, { payer })

    it("is not placed before the payment unless the shop says so", async () => {
      const { cartId } = await checkOut(after)
      const answer = await shop.shopper().complete(cartId)
      expect(answer.data.type).not.toBe("order")
      expect(await shop.ordersOfCart(cartId)).toEqual([])
    })

    it("awaits the payment, and is paid by it once", async () => {
      const { cartId, session } = await checkOut(before)
      expect(session.data.next_action).toMatchObject({
        type: "pay_code",
        code: expect.any(String),
        expires_at: expect.any(String),
      })
      const placed = await shop.shopper().complete(cartId)
      expect(placed.data.type).toBe("order")
      const unpaid = await shop.adminOrder(placed.data.order.id)
      expect(unpaid.summary.pending_difference).toBe(1000)
      expect(unpaid.payment_collections[0]?.payments).toEqual([])
      shop.payCodes.pay(session.data.reference)
      await shop.payCodes.webhooks.settled()
      await shop.afterWorkflows()
      const paid = await shop.adminOrder(placed.data.order.id)
      expect(paid.summary.pending_difference).toBe(0)
      expect(paid.payment_collections[0]).toMatchObject({
        captured_amount: 1000,
        payments: [{ amount: 1000, captures: [{ amount: 1000 }] }],
      })
      expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
    })

    it("is canceled when its time is over and nothing came", async () => {
      const { cartId, session } = await checkOut(before)
      const placed = await shop.shopper().complete(cartId)
      await timeIsOver(session.data.reference)
      const { result } = await expireOrderWorkflow(shop.container).run({
        input: { session_id: session.id },
      })
      expect(result).toEqual({ state: "expired", canceled_order_id: placed.data.order.id })
      expect((await shop.adminOrder(placed.data.order.id)).status).toBe("canceled")
      const again = await expireOrderWorkflow(shop.container).run({
        input: { session_id: session.id },
      })
      expect(again.result.canceled_order_id).toBeNull()
      expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
    })

    it("is canceled by the job, also where the shop has learned before that it ended", async () => {
      const { session } = await checkOut(before)
      const { cart_id } = await shop
        .database("gateway_order")
        .where({ reference: session.data.reference })
        .first()
      const placed = await shop.shopper().complete(cart_id)
      shop.payCodes.decline(session.data.reference)
      await shop.payCodes.webhooks.settled()
      await shop.afterWorkflows()
      await timeIsOver(session.data.reference)
      await expireUnpaidOrders(shop.container)
      expect((await shop.adminOrder(placed.data.order.id)).status).toBe("canceled")
      const row = await shop.database("payment_session").where({ id: session.id }).first()
      expect(row.status).toBe("canceled")
    })

    it("is not canceled when it was paid in the last moment and no webhook came", async () => {
      const { session, cartId } = await checkOut(before)
      const placed = await shop.shopper().complete(cartId)
      shop.payCodes.set({ webhooksOn: false })
      shop.payCodes.pay(session.data.reference)
      await timeIsOver(session.data.reference)
      const { result } = await expireOrderWorkflow(shop.container).run({
        input: { session_id: session.id },
      })
      shop.payCodes.set({ webhooksOn: true })
      expect(result).toEqual({ state: "paid", canceled_order_id: null })
      const order = await shop.adminOrder(placed.data.order.id)
      expect(order.status).not.toBe("canceled")
      expect(order.summary.pending_difference).toBe(0)
    })

    it("names all that is missing of the payer at once, and calls nobody", async () => {
      shop.payCodes.calls.clear()
      const shopper = shop.shopper()
      const collectionId = await shopper.collectionOf(await shopper.fillCart())
      const answer = await shopper.choosePayment(collectionId, after, {
        payer: { email: `${"long".repeat(10)}@example.com` },
      })
      expect(answer.status).toBe(400)
      expect(answer.data.message).toMatch(/payer\.email has 52 characters, at most 32/)
      expect(answer.data.message).toMatch(/payer\.id_number is missing/)
      expect(shop.payCodes.calls.count("/api/payIn")).toBe(0)
    })

    it("keeps the identity number nowhere in the database", async () => {
      const { session } = await checkOut(after)
      const { rows: tables } = await shop.database.raw(
        "select table_name from information_schema.tables where table_schema = 'public'"
      )
      for (const { table_name } of tables) {
        const { rows } = await shop.database.raw(
          "select count(*) as hits from ?? as row where row::text like ?",
          [table_name, `%${payer.id_number}%`]
        )
        expect([table_name, Number(rows[0].hits)]).toEqual([table_name, 0])
      }
      expect(session.data.reference).toBeDefined()
    })

    async function timeIsOver(reference: string): Promise<void> {
      await shop
        .database("gateway_order")
        .where({ reference })
        .update({ expires_at: new Date(Date.now() - 3_600_000) })
    }
  }
)
