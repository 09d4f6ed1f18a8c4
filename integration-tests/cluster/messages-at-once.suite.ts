import { checkOutThrough } from "../http/support/gateway-shop"
import { suite } from "../http/support/shop"
import type { ClusterShop } from "./support/cluster-shop"
import { untilBooksAgree, untilTrue } from "./support/patience"

export const messagesAtOnce = suite<ClusterShop>(
  "a message that comes to both servers at once",
  (shop) => {
    it.each(["mocasa", "mocopay", "cashy", "paymentz"])("makes one order: %s", async (name) => {
      const { cluster, news } = shop
      const since = new Date()
      const selling = shop.selling(name)
      const shopper = cluster.servers[0]!.shopper(shop, selling.country)
      const { cartId, reference } = await checkOutThrough(shopper, selling)
      news.deliver({ servers: cluster.urls, toAll: true })
      selling.sandbox.pay(reference)
      // The shopper is back at the other server meanwhile.
      const completed = cluster.servers[1]!.shopper(shop, selling.country).complete(cartId)
      await selling.sandbox.webhooksSettled()
      await completed
      await untilTrue(async () => {
        const waiting = await shop.database("webhook_event").where({ reference, state: "waiting" })
        return waiting.length === 0 && (await shop.ordersOfCart(cartId)).length > 0
      })
      const references = new Map([[selling.providerId, [reference]]])
      await untilBooksAgree(shop, [selling], references, since)
      expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
      const order = await shop.orderOfCart(cartId)
      expect(order.payment_collections).toMatchObject([{ captured_amount: 100 }])
    })
  }
)
