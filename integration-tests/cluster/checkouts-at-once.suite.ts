import { checkOutThrough } from "../http/support/gateway-shop"
import { suite } from "../http/support/shop"
import { tell } from "../http/support/tell"
import type { ClusterShop } from "./support/cluster-shop"
import { untilBooksAgree, untilTrue } from "./support/patience"

/** Seconds for which shoppers come, unless CLUSTER_SECONDS says for how many. On a busy machine until so many came. */
const seconds = Number(process.env.CLUSTER_SECONDS ?? 60)
const fewest = 20
const shoppersAtOnce = 4
const lostShare = 0.1

export const checkoutsAtOnce = suite<ClusterShop>(
  "checkouts through all gateways at once",
  (shop) => {
    afterEach(() => shop.news.lose(0))

    it(`of which ${lostShare * 100} % of the messages are lost end with ledgers that agree`, async () => {
      const since = new Date()
      const { cluster, news, through } = shop
      news.lose(lostShare)
      const carts: string[] = []
      const references = new Map(through.map(({ providerId }) => [providerId, [] as string[]]))
      const began = performance.now()
      let next = 0
      const comeAndBuy = async () => {
        while (next < fewest || performance.now() - began < seconds * 1_000) {
          const turn = next++
          const selling = through[turn % through.length]!
          const server = cluster.servers[turn % cluster.servers.length]!
          const checkout = await checkOutThrough(server.shopper(shop, selling.country), selling)
          carts.push(checkout.cartId)
          references.get(selling.providerId)!.push(checkout.reference)
          selling.sandbox.pay(checkout.reference)
        }
      }
      await Promise.all(Array.from({ length: shoppersAtOnce }, comeAndBuy))
      const checkedOutAfter = (performance.now() - began) / 1_000
      // Those whose message was lost are asked about after half a minute, by the next run of the job.
      await untilTrue(async () => {
        const orders = await Promise.all(carts.map((cartId) => shop.ordersOfCart(cartId)))
        return orders.every(({ length }) => length > 0)
      })
      const doneAfter = (performance.now() - began) / 1_000
      tell(
        `cluster: ${carts.length} checkouts through ${through.length} gateways in ${checkedOutAfter.toFixed(1)} s ` +
          `(${(carts.length / checkedOutAfter).toFixed(1)} a second), ${news.lost()} messages lost, all orders after ` +
          `${doneAfter.toFixed(1)} s`
      )
      expect(news.lost()).toBeGreaterThan(0)
      await Promise.all(through.map(({ sandbox }) => sandbox.webhooksSettled()))
      await untilBooksAgree(shop, through, references, since)
    })
  }
)
