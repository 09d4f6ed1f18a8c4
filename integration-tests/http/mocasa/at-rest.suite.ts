import { setTimeout as sleep } from "node:timers/promises"
import { startReconciliation } from "../../../src/workflows/reconciliation/reconcile-payments"
import { mocasaProvider, type MocasaStore } from "../support/mocasa-store"
import { reconcileToRest } from "../support/reconciliation"
import { eventually, suite } from "../support/shop"

/** What the models of the tests rely on before they hold Medusa's ledger against those of the gateways. */
export const atRest = suite<MocasaStore>("a shop that is brought to rest", (shop) => {
  it("has ended what another run of the reconciliation had taken over", async () => {
    shop.sandbox.set({ webhooksOn: false })
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(session.data.reference)
    const lock = await shop.database.transaction()
    await lock.raw("lock table payment in exclusive mode")
    await reconcileToRest(shop, async () => {
      // Such as the job's, which begins at the same moment.
      await startReconciliation(shop.container)
      await eventually(
        async () => await shop.database("received_money"),
        (rows) => rows.some((row) => row.order_reference === session.data.reference)
      )
      const { ended } = await startReconciliation(shop.container)
      void ended.then(async () => await sleep(1_000)).then(async () => await lock.rollback())
    })
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
  })
})
