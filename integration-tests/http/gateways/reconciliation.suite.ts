import { payerFields } from "../../../src/providers/base/storefront-input"
import { payerData } from "../../../src/testing/conformance/support/shopper"
import { makeDue, reconcile } from "../support/reconciliation"
import { mainGateways as main, type GatewayShop } from "../support/gateway-shop"
import { suite, type AdminOrder } from "../support/shop"

export const reconciliation = suite<GatewayShop>(
  "the reconciliation, where no webhook ever arrives, of",
  (shop) => {
    beforeEach(() => {
      shop.pauseWebhooks(true)
    })

    afterEach(async () => {
      // What was refused is sent again a few times, and no more.
      await Promise.all(shop.through.map(async ({ sandbox }) => await sandbox.webhooksSettled()))
      shop.pauseWebhooks(false)
      for (const { gateway, sandbox } of shop.through) {
        if (gateway.capabilities.webhooks !== "none") {
          sandbox.setWebhooks({ copies: 1 }) // a gateway that was refused too often has stopped
        }
      }
    })

    describe.each(main(shop.through))("$name", (selling) => {
      const { gateway, country, providerId } = selling
      const { capabilities, wire } = gateway
      const sandbox = () => selling.sandbox

      it("makes exactly one order of what was paid by a shopper who closed the page", async () => {
        const { cartId, reference } = await checkOut()
        sandbox().pay(reference)
        await makeDue(shop)
        expect(await reconcile(shop, 2)).toMatchObject({ checked: 1, settled: 1, errors: 0 })
        const order = await shop.orderOfCart(cartId)
        expect(order.summary.pending_difference).toBe(0)
        await makeDue(shop)
        expect(await reconcile(shop)).toMatchObject({ settled: 0, errors: 0 })
        expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
      })

      if (wire.tellsFailure) {
        it("marks what was declined", async () => {
          const { cartId, reference } = await checkOut()
          sandbox().fail(reference)
          await makeDue(shop)
          expect(await reconcile(shop)).toMatchObject({ checked: 1, failed: 1, errors: 0 })
          expect((await orderRow(reference)).state).not.toBe("open")
          expect(await shop.ordersOfCart(cartId)).toEqual([])
        })
      }

      if (wire.expires) {
        it("marks what was not paid in time, looks once more a day later, and ends then", async () => {
          const { reference } = await checkOut()
          const yesterday = new Date(Date.now() - 24 * 3_600_000)
          await shop
            .database("gateway_order")
            .where({ reference })
            .update({ expires_at: yesterday })
          await makeDue(shop)
          expect(await reconcile(shop)).toMatchObject({ checked: 1, failed: 1 })
          const { state, next_check_at } = await orderRow(reference)
          expect(state).toBe("expired")
          expect(next_check_at.getTime() - Date.now()).toBeGreaterThan(23 * 3_600_000)
          await makeDue(shop)
          await reconcile(shop)
          expect((await orderRow(reference)).next_check_at).toBeNull()
        })
      }

      if (capabilities.refund !== "none") {
        it("never sends a refund whose answer was lost, whose repeat moves no money twice", async () => {
          const { cartId, reference } = await checkOut()
          sandbox().pay(reference)
          await makeDue(shop)
          await reconcile(shop)
          const payment = paymentOf(await shop.orderOfCart(cartId))
          if (capabilities.capture !== "automatic") {
            await shop.admin.post(`/admin/payments/${payment.id}/capture`, {})
          }
          sandbox().fault("refund", { kind: "answer-lost" })
          expect((await shop.admin.refund(payment.id)).status).toBe(400)
          sandbox().clearFaults()
          const sent = sandbox().calls("refund")
          await makeDue(shop)
          expect(await reconcile(shop)).toMatchObject({ errors: 0 })
          expect(sandbox().calls("refund")).toBe(sent)
          expect((await shop.admin.refund(payment.id)).status).toBe(200)
          expect(sandbox().moves("refund", reference)).toHaveLength(1)
        })
      }

      async function checkOut() {
        const data = payerData(payerFields(capabilities.payer))
        const { cartId, session } = await shop
          .shopper(undefined, country)
          .checkOut(providerId, undefined, data)
        const { type, url = "", fields } = session.data.next_action
        if (type === "post_form") {
          await fetch(url, { method: "POST", body: new URLSearchParams(fields) })
        }
        return { cartId, reference: session.data.reference }
      }
    })

    const orderRow = async (reference: string) =>
      await shop.database("gateway_order").where({ reference }).first()
  }
)

function paymentOf(order: AdminOrder) {
  return order.payment_collections[0]!.payments[0]!
}
