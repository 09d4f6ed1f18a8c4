import { createOrderWorkflow } from "@medusajs/medusa/core-flows"
import {
  cashyDesk as cashyProvider,
  kessQr as kessProvider,
  type CardsAndCodesShop,
} from "../support/cards-and-codes-shop"
import { makeDue, reconcile } from "../support/reconciliation"
import { eventually, suite } from "../support/shop"

const path = "/admin/gateway-payments/exceptions"

/** KESS takes one payment for an order and refunds in parts; Cashy takes several and refunds none. */
export const unmatchedAmounts = suite<CardsAndCodesShop>(
  "money that is not what was ordered",
  (shop) => {
    it("is attached with what came where less was paid, and given back as such", async () => {
      const { id, reference } = await scannedAndPaid({ amount: "6.00", currency: "USD" })
      expect(await one(id)).toMatchObject({ kind: "too_little", received_amount: 6 })
      const orderId = await unpaidOrder(10)
      const answer = await attach(id, orderId)
      expect([answer.status, answer.data.message]).toEqual([200, undefined])
      const order = await shop.adminOrder(orderId)
      expect(order.summary.pending_difference).toBe(4)
      const [payment] = order.payment_collections.flatMap(({ payments }) => payments)
      expect(payment).toMatchObject({ amount: 6, data: { reference }, captures: [{ amount: 6 }] })

      await makeDue(shop)
      expect(await reconcile(shop)).toMatchObject({ unmatched: 0, errors: 0 })
      expect((await shop.admin.refund(payment!.id, 7)).status).toBe(400)
      expect((await shop.admin.refund(payment!.id, 6)).status).toBe(200)
      expect(shop.qr.ledger.entries({ kind: "refund", reference })).toMatchObject([
        { amount: "6.00" },
      ])
    })

    it("is attached where more was paid, to an order that has as much due", async () => {
      const { id } = await scannedAndPaid({ amount: "12.00", currency: "USD" })
      const small = await unpaidOrder(10)
      const refused = await attach(id, small)
      expect([refused.status, refused.data.message]).toEqual([
        400,
        expect.stringMatching(/12.* can't be asked for order .* 10 are due/),
      ])
      expect(await one(id)).toMatchObject({ kind: "too_much", state: "open" })
      const large = await unpaidOrder(15)
      expect((await attach(id, large)).status).toBe(200)
      expect(await dueOn(small)).toBe(10)
      expect(await dueOn(large)).toBe(3)
    })

    it("is not attached after it was given back", async () => {
      const { id } = await scannedAndPaid({ amount: "6.00", currency: "USD" })
      expect((await shop.admin.post(`${path}/${id}/refund`, {})).status).toBe(200)
      const orderId = await unpaidOrder(10)
      expect((await attach(id, orderId)).status).toBe(400)
      expect(await dueOn(orderId)).toBe(10)
    })

    it("is refused in another currency, with what to do instead", async () => {
      const { id } = await scannedAndPaid({ amount: "10.00", currency: "KHR" })
      const orderId = await unpaidOrder(10)
      const refused = await attach(id, orderId)
      expect([refused.status, refused.data.message]).toEqual([
        400,
        expect.stringMatching(/10.* KHR came for .* in USD: .*mark what it pays for as paid/),
      ])
      expect(await dueOn(orderId)).toBe(10)
    })

    it("is refused where it came on top of a payment that has its order", async () => {
      const payer = { id_number: "3310401123456" }
      const { cartId, session } = await shop
        .shopper(undefined, "pk")
        .checkOut(cashyProvider, undefined, { payer })
      const { reference } = session.data
      shop.payDesk.pay(reference)
      await shop.payDesk.webhooks.settled()
      const order = await shop.orderOfCart(cartId)
      shop.payDesk.payPart(reference, "250")
      const [row] = await eventually(
        async () => await shop.database("payment_exception").where({ reference }),
        (rows) => rows.length > 0
      )
      expect(row).toMatchObject({ kind: "too_much", order_id: order.id })
      expect(await one(row.id)).toMatchObject({ amount: 250, received_amount: 1250 })
      const refused = await attach(row.id, order.id)
      expect([refused.status, refused.data.message]).toEqual([
        400,
        expect.stringMatching(/250 PKR came on top of .*close this with a note/),
      ])
      expect((await shop.adminOrder(order.id)).summary.pending_difference).toBe(0)
    })

    async function scannedAndPaid(money: { amount: string; currency: string }) {
      const { session } = await shop.shopper(undefined, "kh").checkOut(kessProvider)
      const { reference } = session.data
      shop.qr.pay(reference, money)
      await makeDue(shop)
      await reconcile(shop)
      const [row] = await shop.database("payment_exception").where({ reference })
      const id: string = row.id
      return { id, reference }
    }

    async function unpaidOrder(unit_price: number): Promise<string> {
      const { result } = await createOrderWorkflow(shop.container).run({
        input: {
          region_id: shop.store.regions.kh,
          sales_channel_id: shop.store.salesChannelId,
          currency_code: "usd",
          email: "shopper@example.com",
          items: [{ title: "By telephone", quantity: 1, unit_price }],
        },
      })
      return result.id
    }

    const attach = async (id: string, order_id: string) =>
      await shop.admin.post(`${path}/${id}/attach`, { order_id })
    const one = async (id: string) => (await shop.admin.get(`${path}/${id}`)).data.payment_exception
    const dueOn = async (orderId: string) =>
      (await shop.adminOrder(orderId)).summary.pending_difference
  }
)
