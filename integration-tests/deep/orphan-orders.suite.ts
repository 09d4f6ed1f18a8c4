import { Modules } from "@medusajs/framework/utils"
import { createOrderWorkflow } from "@medusajs/medusa/core-flows"
import { mocasaProvider, type MocasaStore } from "../http/support/mocasa-store"
import { mocasaMessage } from "../http/support/mocasa-message"
import { eventually, suite } from "../http/support/shop"
import { endWorkOfKilled, makeDue, reconcile } from "../http/support/reconciliation"
import { startChildStore, type ChildStore } from "../http/support/child-store"

const stocked = 10

export const orphanOrders = suite<MocasaStore>(
  "orders that a killed server (SIGKILL) made and linked to no cart",
  (shop) => {
    let store: ChildStore | undefined
    let variantId: string

    beforeEach(async () => {
      await shop.keepOrRestore()
      shop.sandbox.set({ webhooksOn: false })
      variantId = await variantInStock()
    })

    afterEach(async () => {
      await store?.kill()
      store = undefined
    })

    it("are canceled and hold no stock, and no other order is touched", async () => {
      const { cartId, order: orphan } = await leftOver(["order_cart", "order_payment_collection"])
      const innocent = await ordersLike(cartId)
      const order = await completed(cartId)
      await endWorkOfKilled(shop)
      await reconcile(shop, 2)
      await expectTakenBack(orphan)
      expect(await reservedFor([orphan, order.id])).toEqual([0, 1])
      for (const id of innocent) {
        expect([id, await statusOf(id)]).toEqual([id, "pending"])
      }
      expect(await listed()).toEqual([])
      const kept = await shop.adminOrder(order.id)
      expect(kept).toMatchObject({ status: "pending", payment_status: "captured" })
      expect(kept.summary.pending_difference).toBe(0)
      expect(shop.sandbox.ledger.entries({ kind: "refund" })).toEqual([])

      await reconcile(shop)
      await expectTakenBack(orphan)
    })

    it("don't keep a paid cart from becoming an order where they hold its payments", async () => {
      const { cartId, order: orphan } = await leftOver(["order_cart"])
      // Until then core itself refuses: "Cannot create multiple links between 'order' and 'payment'".
      await endWorkOfKilled(shop)
      const order = await reconciled(cartId, orphan)
      await expectTakenBack(orphan)
      expect(await reservedFor([orphan, order.id])).toEqual([0, 1])
      expect(order).toMatchObject({ status: "pending", payment_status: "captured" })
      expect(shop.sandbox.ledger.entries({ kind: "refund" })).toEqual([])
    })

    it.each(["shopper", "message"] as const)(
      "are the cart's order, with its payments, where they were linked to the cart alone (for a %s)",
      async (by) => {
        const { cartId, order } = await leftOver(["order_payment_collection"], by)
        await endWorkOfKilled(shop)
        await eventually(
          async () => {
            await makeDue(shop)
            await reconcile(shop)
            return await shop.database("order_transaction").where({ order_id: order })
          },
          (lines) => lines.length > 0,
          60_000
        )
        expect(await shop.ordersOfCart(cartId)).toEqual([order])
        const kept = await shop.orderOfCart(cartId)
        expect(kept).toMatchObject({ status: "pending", payment_status: "captured" })
        expect(kept.summary.pending_difference).toBe(0)
        expect(await shop.database("order").select("id")).toEqual([{ id: order }])
        expect(shop.sandbox.ledger.entries({ kind: "refund" })).toEqual([])
      }
    )

    it("give nothing back to a shopper who asks for the order while they hold its payments", async () => {
      const { cartId, order } = await leftOver(["order_cart"], "message")
      const answer = await shop.shopper().complete(cartId)
      expect(shop.sandbox.ledger.entries({ kind: "refund" })).toEqual([])
      expect([answer.status, answer.data.code]).toEqual([409, "cart_is_being_completed"])
      await endWorkOfKilled(shop)
      const made = await reconciled(cartId, order)
      await expectTakenBack(order)
      expect(made).toMatchObject({ status: "pending", payment_status: "captured" })
      expect(shop.sandbox.ledger.entries({ kind: "refund" })).toEqual([])
    })

    it("are listed for a person, once, where somebody has worked on them", async () => {
      const { cartId, order: orphan } = await leftOver(["order_cart", "order_payment_collection"])
      await endWorkOfKilled(shop)
      await shop.container
        .resolve(Modules.ORDER)
        .updateOrders(orphan, { metadata: { packed: "yes" } })
      await eventually(
        async () => {
          await reconcile(shop)
          return await listed()
        },
        (entries) => entries.length > 0,
        90_000
      )
      await reconcile(shop)
      expect(await statusOf(orphan)).toBe("pending")
      expect(await listed()).toMatchObject([
        {
          reference: orphan,
          order_id: orphan,
          cart_id: cartId,
          state: "open",
          currency_code: "php",
        },
      ])
      const [{ id }] = await listed()
      const path = `/admin/gateway-payments/exceptions/${id}`
      expect((await shop.admin.post(`${path}/refund`, {})).status).toBe(400)
      expect((await shop.admin.post(`${path}/close`, { note: "Was sent" })).status).toBe(200)
      await reconcile(shop)
      expect(await listed()).toMatchObject([{ state: "closed" }])
    })

    /** By a shopper who tries again until the lease of the dead server has ended. */
    async function completed(cartId: string) {
      const answer = await eventually(
        async () => await shop.shopper().complete(cartId),
        ({ data }) => data.type === "order",
        90_000
      )
      expect([answer.status, answer.data.type, answer.data.message]).toEqual([
        200,
        "order",
        undefined,
      ])
      return await shop.orderOfCart(cartId)
    }

    /** The same without anybody at the storefront. Where it comes to nothing, what was found instead is told. */
    async function reconciled(cartId: string, orphan: string) {
      const orders = await eventually(
        async () => {
          await reconcile(shop)
          return await shop.ordersOfCart(cartId)
        },
        (found) => found.length > 0,
        150_000
      )
      if (orders.length === 0) {
        const facts = {
          orphan: await orderRow(orphan),
          exceptions: await shop.database("payment_exception").select(),
          leases: await shop.database("gateway_lease").select(),
          completions: await shop
            .database("workflow_execution")
            .select("workflow_id", "transaction_id", "state", "created_at"),
          runs: await shop.database("reconciliation_run").select(),
        }
        throw new Error(`Cart ${cartId} became no order: ${JSON.stringify(facts, null, 2)}`)
      }
      return await shop.orderOfCart(cartId)
    }

    /**
     * Held between making the order and writing these links, the server that completes a paid cart is killed.
     *
     * @param by who has it completed: the shopper, or the gateway's message, by which Medusa captures the payment first
     */
    async function leftOver(
      links: readonly string[],
      by: "shopper" | "message" = "shopper"
    ): Promise<{ cartId: string; order: string }> {
      // Without jobs of its own, which would be killed in the middle of other work than this.
      store = await startChildStore(shop.databaseUrl, { MEDUSA_WORKER_MODE: "server" })
      const { cartId, session } = await shop.shopper().checkOut(mocasaProvider, variantId)
      shop.sandbox.pay(session.data.reference)
      const transaction = await shop.database.transaction()
      await transaction.raw(`lock table ${links.join(", ")} in exclusive mode`)
      const completing = fetch(
        ...(by === "shopper" ? completion(store, cartId) : news(store, session.data.reference))
      ).catch(() => undefined)
      const reserved = await eventually(
        async () => await shop.database("reservation_item").select("id"),
        (rows) => rows.length > 0,
        60_000
      )
      expect(reserved).toHaveLength(1)
      for (const link of ["order_cart", "order_payment_collection"]) {
        const linked = await eventually(
          async () => await shop.database(link).select("order_id"),
          (rows) => rows.length > 0 || links.includes(link)
        )
        expect([link, linked.length]).toEqual([link, links.includes(link) ? 0 : 1])
      }
      await store.kill()
      await completing
      await transaction.rollback()
      const [order, ...others] = await shop.database("order").select("id")
      expect(others).toEqual([])
      expect(await shop.ordersOfCart(cartId)).toEqual(
        links.includes("order_cart") ? [] : [order.id]
      )
      return { cartId, order: order.id }
    }

    function completion({ url }: ChildStore, cartId: string): [string, RequestInit] {
      const headers = {
        "content-type": "application/json",
        "x-publishable-api-key": shop.store.publishableKey,
      }
      return [`${url}/store/carts/${cartId}/complete`, { method: "POST", headers, body: "{}" }]
    }

    function news({ url }: ChildStore, reference: string): [string, RequestInit] {
      const { webhookSecret } = shop.sandbox.credentials
      const message = mocasaMessage(reference, "success", webhookSecret)
      return [`${url}/hooks/payment/mocasa_mocasa`, { method: "POST", ...message }]
    }

    /** Made by people and by other plugins for the same shopper, of the same lines, at the same time. */
    async function ordersLike(cartId: string): Promise<string[]> {
      const cart = await shop.container.resolve(Modules.CART).retrieveCart(cartId, {
        relations: ["items", "shipping_address", "billing_address"],
      })
      const addressOf = (address: typeof cart.shipping_address) => ({
        first_name: address?.first_name,
        last_name: address?.last_name,
        address_1: address?.address_1,
        city: address?.city,
        country_code: address?.country_code,
        postal_code: address?.postal_code,
        phone: address?.phone,
      })
      const request = {
        region_id: cart.region_id,
        sales_channel_id: cart.sales_channel_id,
        customer_id: cart.customer_id,
        currency_code: cart.currency_code,
        email: cart.email,
        shipping_address: addressOf(cart.shipping_address),
        billing_address: addressOf(cart.billing_address),
        items: cart.items!.map(({ title, variant_id, quantity, unit_price }) => ({
          title,
          variant_id,
          quantity,
          unit_price,
        })),
      }
      const made: string[] = []
      for (const more of [{}, { is_draft_order: true }, { metadata: { by: "telephone" } }]) {
        const { result } = await createOrderWorkflow(shop.container).run({
          input: JSON.parse(JSON.stringify({ ...request, ...more })),
        })
        made.push(result.id)
        if ("is_draft_order" in more) {
          const { status } = await shop.admin.post(
            `/admin/draft-orders/${result.id}/convert-to-order`,
            {}
          )
          expect(status).toBe(200)
        }
      }
      return made
    }

    async function variantInStock(): Promise<string> {
      const id = shop.store.variants.whole
      await shop.container.resolve(Modules.PRODUCT).updateProductVariants(id, {
        manage_inventory: true,
      })
      const inventory = shop.container.resolve(Modules.INVENTORY)
      const [location] = await shop.container.resolve(Modules.STOCK_LOCATION).listStockLocations({})
      const item = await inventory.createInventoryItems({ sku: "COFFEE" })
      await inventory.createInventoryLevels([
        { inventory_item_id: item.id, location_id: location!.id, stocked_quantity: stocked },
      ])
      await shop.container.resolve("link").create({
        [Modules.PRODUCT]: { variant_id: id },
        [Modules.INVENTORY]: { inventory_item_id: item.id },
      })
      return id
    }

    async function reservedFor(orderIds: readonly string[]): Promise<number[]> {
      return await Promise.all(
        orderIds.map(async (order_id) => {
          const lines = await shop.database("order_item").where({ order_id }).select("item_id")
          const reserved = await shop
            .database("reservation_item")
            .whereIn(
              "line_item_id",
              lines.map(({ item_id }) => item_id)
            )
            .whereNull("deleted_at")
          return reserved.length
        })
      )
    }

    async function expectTakenBack(orphan: string): Promise<void> {
      const { status, metadata, no_notification } = await orderRow(orphan)
      expect({ status, no_notification }).toEqual({ status: "canceled", no_notification: true })
      expect(metadata.regional_payments_note).toMatch(/^Canceled by itself: the server died/)
      expect(await shop.database("gateway_audit_line").where({ subject_id: orphan })).toMatchObject(
        [{ actor: "system", action: "canceled" }]
      )
    }

    const orderRow = async (id: string) => await shop.database("order").where({ id }).first()
    const statusOf = async (id: string) => (await orderRow(id)).status
    const listed = async () =>
      await shop.database("payment_exception").where({ kind: "order_without_cart" })
  }
)
