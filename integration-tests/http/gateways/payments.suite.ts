import { payerFields } from "../../../src/providers/base/storefront-input"
import type { GatewayData } from "../../../src/testing/conformance/gateway-data"
import { payerData } from "../../../src/testing/conformance/support/shopper"
import { mainGateways as main, type GatewayShop } from "../support/gateway-shop"
import type { CheckoutSession } from "../support/shopper"
import { suite, eventually, type AdminOrder } from "../support/shop"

export const payments = suite<GatewayShop>("a shop that sells through", (shop) => {
  describe.each(main(shop.through))("$name", (selling) => {
    const { gateway, country, providerId } = selling
    const { capabilities } = gateway
    const hundred = (100).toFixed(gateway.currencies[currencyOf(gateway)])

    it("makes one order of a cart that was paid, with the right amount, and nothing is left to pay", async () => {
      const { order, reference } = await paidOrder()
      expect(order.summary.pending_difference).toBe(0)
      expect(order.payment_collections).toHaveLength(1)
      const [collection] = order.payment_collections
      expect(collection?.payments).toHaveLength(1)
      expect(collection?.captured_amount).toBe(capabilities.capture === "automatic" ? 100 : 0)
      expect(paid(reference)).toEqual([{ amount: "100", currency: currencyOf(gateway) }])
    })

    it("keeps every word that is secret or personal out of what the shopper can read", async () => {
      const { session } = await checkOut()
      const seen = JSON.stringify(session)
      for (const secret of selling.sandbox.secrets()) {
        expect(seen).not.toContain(secret)
      }
      expect(seen).not.toContain("ID-MARKED-0815")
    })

    it("asks about a payment on behalf of a shopper who waits, and tells nothing but its state", async () => {
      const { session } = await checkOut()
      const answer = await refresh(session.id)
      expect(answer.data).toEqual({ payment_session: { id: session.id, state: "pending" } })
    })

    if (capabilities.refund === "none") {
      it("says clearly that it can't refund, what to do instead, and books nothing", async () => {
        const { order, reference } = await paidOrder()
        expect(await told(order)).toMatchObject({ extent: "none", reason: "no_refunds" })
        const answer = await shop.admin.refund(paymentOf(order).id, 10)
        expect(answer.status).toBe(400)
        expect(answer.data.message).toMatch(/has no refunds\. .{20,}/)
        expect(await bookedRefunds(order)).toEqual([])
        expect(refunded(reference)).toEqual([])
      })
    } else {
      it("refunds the whole payment once, at the gateway and in Medusa's books", async () => {
        const { order, reference } = await paidOrder()
        await captureWhereNeeded(order)
        const extent = capabilities.refund === "full" ? "whole" : "part"
        expect(await told(order)).toMatchObject({ extent, amount: hundred })
        const answer = await shop.admin.refund(paymentOf(order).id)
        expect([answer.status, answer.data.message]).toEqual([200, undefined])
        expect(refunded(reference)).toEqual(["100"])
        expect(await bookedRefunds(order)).toEqual([100])
        expect(await told(order)).toMatchObject({ extent: "none", reason: "all_refunded" })
        const again = await shop.admin.refund(paymentOf(order).id, 1)
        expect(again.status).toBe(400)
        expect(refunded(reference)).toEqual(["100"])
      })
    }

    if (capabilities.refund === "full") {
      it("says clearly that it refunds no part", async () => {
        const { order, reference } = await paidOrder()
        const answer = await shop.admin.refund(paymentOf(order).id, 40)
        expect(answer.data.message).toMatch(/only refund a payment as a whole/)
        expect(refunded(reference)).toEqual([])
      })
    }

    if (capabilities.refund === "multiple_partial" || capabilities.refund === "single_partial") {
      it("refunds a part", async () => {
        const { order, reference } = await paidOrder()
        await captureWhereNeeded(order)
        const answer = await shop.admin.refund(paymentOf(order).id, 40)
        expect([answer.status, answer.data.message]).toEqual([200, undefined])
        expect(refunded(reference)).toEqual(["40"])
        expect(await told(order)).toMatchObject(
          capabilities.refund === "multiple_partial"
            ? { extent: "part", amount_in_medusa: "60" }
            : { extent: "none", reason: "refunded_once" }
        )
        const rest = await shop.admin.refund(paymentOf(order).id, 60)
        expect(rest.status).toBe(capabilities.refund === "multiple_partial" ? 200 : 400)
        expect(await bookedRefunds(order)).toEqual(
          capabilities.refund === "multiple_partial" ? [40, 60] : [40]
        )
      })
    }

    async function checkOut() {
      const data = payerData(payerFields(capabilities.payer))
      const shopper = shop.shopper(undefined, country)
      const checkout = await shopper.checkOut(providerId, undefined, data)
      await openPage(checkout.session.data.next_action)
      return checkout
    }

    /** Paid at the gateway; confirmed by its webhook, or by asking where it has none. */
    async function paidOrder(): Promise<{ order: AdminOrder; reference: string }> {
      const { cartId, session } = await checkOut()
      const { reference } = session.data
      selling.sandbox.pay(reference)
      if (capabilities.webhooks === "none") {
        expect((await refresh(session.id)).data.payment_session.state).toBe("paid")
      }
      const order = await shop.orderOfCart(cartId)
      await selling.sandbox.webhooksSettled()
      await shop.afterWorkflows()
      expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
      return { order: await shop.adminOrder(order.id), reference }
    }

    /** What the order's page says of a refund before one is sent. */
    async function told({ id }: AdminOrder) {
      const { data } = await shop.admin.get(`/admin/gateway-payments/orders/${id}`)
      return data.order_payments.payments[0].refund
    }

    async function refresh(sessionId: string) {
      const shopper = shop.shopper(undefined, country)
      return await eventually(
        async () => await shopper.post(`/store/payment-sessions/${sessionId}/refresh`, {}),
        ({ status }) => status === 200
      )
    }

    async function captureWhereNeeded(order: AdminOrder) {
      if (capabilities.capture !== "automatic") {
        const answer = await shop.admin.post(`/admin/payments/${paymentOf(order).id}/capture`, {})
        expect(answer.status).toBe(200)
      }
    }

    const paid = (reference: string) =>
      selling.sandbox
        .moves("payment", reference)
        .map(({ amount, currency }) => ({ amount: String(Number(amount)), currency }))
    const refunded = (reference: string) =>
      selling.sandbox.moves("refund", reference).map(({ amount }) => String(Number(amount)))
  })

  async function bookedRefunds(order: AdminOrder): Promise<number[]> {
    const rows = await shop
      .database("refund")
      .where({ payment_id: paymentOf(order).id })
      .orderBy("created_at")
    return rows.map(({ amount }) => Number(amount))
  }
})

function currencyOf({ currencies }: GatewayData): string {
  return Object.keys(currencies)[0]!
}

function paymentOf(order: AdminOrder) {
  return order.payment_collections[0]!.payments[0]!
}

/** What the shopper's browser does before the shopper can pay. */
async function openPage({ type, url = "", fields }: CheckoutSession["data"]["next_action"]) {
  if (type === "post_form") {
    const page = await fetch(url, { method: "POST", body: new URLSearchParams(fields) })
    expect(page.status).toBe(200)
  }
}
