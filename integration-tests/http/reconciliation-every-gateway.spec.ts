import { payerFields } from "../../src/providers/base/storefront-input"
import { gateways } from "../conformance/gateways"
import type { GatewayData, GatewaySandbox } from "../conformance/gateway-data"
import { payerData } from "../conformance/support/payer"
import { makeDue, reconcile } from "./support/reconciliation"
import { gatewayEntry } from "./support/gateway-entry"
import { startRelay, type Relay } from "./support/relay"
import type { Market } from "./support/seed-store"
import { describeShop, type AdminOrder } from "./support/shop"

jest.setTimeout(300_000)

/** A market for each gateway: any country will do, its currency is the gateway's first. */
const countries = ["ph", "hr", "kh", "pk", "de", "fr", "es", "it"]

const shopGateways = gateways
  .filter(({ variant }) => variant === undefined)
  .map((gateway, index) => ({
    gateway,
    country: countries[index]!,
    providerId: `pp_${gateway.identifier}_main`,
  }))

const markets: Market[] = shopGateways.map(({ gateway, country, providerId }) => ({
  country,
  currency: Object.keys(gateway.currencies)[0]!,
  tax: 0,
  prices: { whole: 100, odd: 150 },
  providers: [providerId],
}))

const sandboxes = new Map<string, GatewaySandbox>()
let relay: Relay

describeShop(
  "the reconciliation, where no webhook ever arrives, of",
  {
    markets,
    start: async () => {
      // It never hears where the shop is, and answers every webhook by 503.
      relay = await startRelay()
      return await Promise.all(
        shopGateways.map(async ({ gateway }) => {
          const sandbox = await gateway.startSandbox({
            webhookUrl: `${relay.url}/hooks/payment/${gateway.identifier}_main`,
            signsWith: "current",
          })
          sandboxes.set(gateway.identifier, sandbox)
          return gatewayEntry(gateway, sandbox)
        })
      )
    },
    stop: async () => {
      await Promise.all([...sandboxes.values()].map(async (sandbox) => await sandbox.close()))
      await relay.close()
    },
  },
  (shop) => {
    describe.each(shopGateways)("$gateway.identifier", ({ gateway, country, providerId }) => {
      const { capabilities, wire } = gateway
      const sandbox = () => sandboxOf(gateway)

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

      if (capabilities.refunds !== "none") {
        it("never sends a refund whose answer was lost, whose repeat moves no money twice", async () => {
          const { cartId, reference } = await checkOut()
          sandbox().pay(reference)
          await makeDue(shop)
          await reconcile(shop)
          const payment = paymentOf(await shop.orderOfCart(cartId))
          if (capabilities.captures !== "at_once") {
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

function sandboxOf({ identifier }: GatewayData): GatewaySandbox {
  const sandbox = sandboxes.get(identifier)
  if (!sandbox) {
    throw new Error(`The sandbox of ${identifier} was not started`)
  }
  return sandbox
}

function paymentOf(order: AdminOrder) {
  return order.payment_collections[0]!.payments[0]!
}
