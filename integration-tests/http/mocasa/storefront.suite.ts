import Medusa from "@medusajs/js-sdk"
import { Modules } from "@medusajs/framework/utils"
import {
  completeCheckout,
  createStoreFetch,
  returnedPayment,
  waitForPayment,
  type StoreFetch,
} from "../../../src/storefront"
import { mocasaProvider, type MocasaStore } from "../support/mocasa-store"
import { suite } from "../support/shop"

/** The functions of the storefront's package against the store's own routes. */
export const storefront = suite<MocasaStore>(
  "a storefront that uses its part of the plugin",
  (shop) => {
    const quick = { everyMs: 50, patienceMs: 20_000 }

    const fetches: Record<string, () => StoreFetch> = {
      createStoreFetch: () => createStoreFetch(address()),
      "Medusa's SDK": () => {
        const sdk = new Medusa(address())
        return sdk.client.fetch.bind(sdk.client)
      },
    }

    function address() {
      return { baseUrl: shop.api.defaults.baseURL ?? "", publishableKey: shop.store.publishableKey }
    }

    it.each(Object.keys(fetches))(
      "gives a double tap, a webhook and a reload the one order, through %s",
      async (name) => {
        const storeFetch = fetches[name]!()
        const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
        const taps = [1, 2].map(() => completeCheckout(storeFetch, cartId, quick))
        shop.sandbox.pay(session.data.reference)
        const results = await Promise.all(taps)
        const reloaded = await completeCheckout(storeFetch, cartId, quick)
        const [orderId] = await shop.ordersOfCart(cartId)
        expect([...results, reloaded]).toEqual(Array(3).fill({ type: "ordered", orderId }))
      }
    )

    it.each(Object.keys(fetches))(
      "is told that the cart costs another amount by now, through %s",
      async (name) => {
        shop.sandbox.set({ webhooksOn: false })
        const { cartId } = await shop.shopper().checkOut(mocasaProvider)
        const carts = shop.container.resolve(Modules.CART)
        const { items } = await carts.retrieveCart(cartId, { relations: ["items"] })
        await carts.updateLineItems(items![0]!.id, { unit_price: 305 })
        const checkout = completeCheckout(fetches[name]!(), cartId, quick)
        await expect(checkout).rejects.toMatchObject({ code: "cart_changed" })
      }
    )

    it("knows in another browser, by the reference alone, that it is paid", async () => {
      const { session } = await shop.shopper().checkOut(mocasaProvider)
      shop.sandbox.pay(session.data.reference)
      const returned = returnedPayment(`?payment_reference=${session.data.reference}`)
      expect(returned).toEqual({ sessionId: session.id, reference: session.data.reference })
      const storeFetch = createStoreFetch(address())
      expect(await waitForPayment(storeFetch, returned!.sessionId, quick)).toBe("paid")
    })

    it("is told what it can show where there is no such cart, or no way to pay was chosen", async () => {
      const storeFetch = createStoreFetch(address())
      await expect(completeCheckout(storeFetch, "cart_0", quick)).rejects.toMatchObject({
        code: "cart_not_found",
      })
      const cartId = await shop.shopper().fillCart()
      await expect(completeCheckout(storeFetch, cartId, quick)).rejects.toMatchObject({
        code: "no_payment_chosen",
      })
      const stranger = createStoreFetch({ ...address(), publishableKey: "pk_unknown" })
      await expect(completeCheckout(stranger, cartId, quick)).rejects.toMatchObject({
        code: "refused",
      })
    })
  }
)
