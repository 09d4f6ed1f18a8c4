import { Modules } from "@medusajs/framework/utils"
import { processWebhookEvent } from "../../../src/workflows/webhooks/process-webhook"
import { createVariant } from "../support/seed-store"
import { eventually, suite } from "../support/shop"
import { mocopayProvider, type TwoGateways } from "../support/two-gateways"

export const orderNotMade = suite<TwoGateways>("money that no order stands for", (shop) => {
  describe("because no order can be made of its cart", () => {
    const notMade = /could not be made an order yet$/
    const finals: Record<
      string,
      { why: RegExp; change: (cartId: string, variantId: string) => Promise<unknown> }
    > = {
      "it is sold out": {
        why: /^Not enough stock/,
        change: async (_cart, variantId) => await sellOut(variantId),
      },
      "it has no delivery": {
        why: /^No shipping method/,
        change: async (cart_id) =>
          await shop
            .database("cart_shipping_method")
            .where({ cart_id })
            .update({ deleted_at: new Date() }),
      },
      "its variant was deleted": {
        why: /^something that the cart needs was deleted/,
        change: async (_cart, variantId) =>
          await shop.container.resolve(Modules.PRODUCT).deleteProductVariants([variantId]),
      },
      "its region has the provider no more": {
        why: /is not enabled in the cart's region/,
        change: async () => await shop.database("region_payment_provider").delete(),
      },
    }

    let enabled: object[] = []

    beforeEach(async () => {
      enabled = await shop.database("region_payment_provider")
    })

    afterEach(async () => {
      await shop.database("region_payment_provider").insert(enabled).onConflict().ignore()
      await shop.database.raw("drop function if exists fails cascade")
    })

    it.each(Object.keys(finals))("is told after the first try where %s", async (name) => {
      const { why, change } = finals[name]!
      let reference = ""
      let told: Awaited<ReturnType<typeof exceptionsOf>> = []
      // A first try that a busy machine's lock or database failed says nothing of the cart; that of another cart may. Had it to
      // be a later try that tells, none of them would.
      for (let carts = 0; carts < 3 && told.length === 0; carts += 1) {
        await shop.database("region_payment_provider").insert(enabled).onConflict().ignore()
        reference = await triedOnce(change)
        await shop.afterNews()
        told = await exceptionsOf(reference)
      }
      const [row, ...others] = told
      expect(others).toEqual([])
      expect(row).toMatchObject({
        state: "open",
        kind: "order_not_made",
      })
      expect(await linesOf(row.id)).toMatchObject([
        { actor: "system", action: "order not made", note: expect.stringMatching(why) },
      ])
      const feed = await shop
        .database("notification")
        .whereRaw("data->>'description' like ?", [`%${reference}%`])
      expect(feed).toMatchObject([{ data: { description: expect.stringContaining(". Why: ") } }])
    })

    it("is not told after the first try where only the database failed, and it can be tried again", async () => {
      const reference = await triedOnce(
        async () => await failAt("insert on order_line_item", "delete on payment_session")
      )
      await shop.afterNews()
      expect(await exceptionsOf(reference)).toEqual([])
    })

    it("is told after the first try where only the database failed, but Medusa let go of the session", async () => {
      const reference = await triedOnce(async () => await failAt("insert on order_line_item"))
      const [row, ...others] = await exceptionsOf(reference)
      expect(others).toEqual([])
      expect(row).toMatchObject({ state: "open", kind: "order_not_made" })
      expect(await linesOf(row.id)).toMatchObject([
        { action: "order not made", note: expect.stringMatching(/^something failed that passes/) },
      ])
    })

    it("is told each reason once, also of what was listed before it was known", async () => {
      let cartId = ""
      const reference = await triedOnce(async (id) => {
        cartId = id
        await finals["its region has the provider no more"]!.change(id, "")
      })
      await tryAgain(reference)
      await shop.database("region_payment_provider").insert(enabled)
      await finals["it has no delivery"]!.change(cartId, "")
      await tryAgain(reference)
      const [row, ...others] = await exceptionsOf(reference)
      expect(others).toEqual([])
      const notes = (await linesOf(row.id)).map(({ note }) => note)
      expect(notes).toEqual([
        expect.stringMatching(/is not enabled in the cart's region/),
        expect.stringMatching(/^No shipping method/),
      ])
    })

    async function tryAgain(reference: string) {
      const waiting = (await eventsOf(reference)).filter(({ state }) => state === "waiting")
      for (const { id } of waiting) {
        await shop
          .database("webhook_event")
          .where({ id })
          .update({ next_try_at: new Date(0) })
        await processWebhookEvent(shop.container, id)
      }
      await shop.afterNews()
    }

    /**
     * Paid at a gateway without refunds: what Medusa itself can't give back.
     *
     * @returns the reference, once Medusa was asked for the order and could not make it
     */
    async function triedOnce(
      change: (cartId: string, variantId: string) => Promise<unknown>
    ): Promise<string> {
      const { container, store } = shop
      const variantId = await createVariant(container, store, "Pandan tea", "whole")
      const shopper = shop.shopper(undefined, "hr")
      const { cartId, session } = await shopper.checkOut(mocopayProvider, variantId)
      const { reference } = session.data
      await change(cartId, variantId)
      shop.mocopay.pay(reference)
      // Another error, such as of a gateway that a busy machine was too slow for, is no try to make the order.
      const events = await eventually(
        async () => await eventsOf(reference),
        (told) => told.some(({ error }) => notMade.test(error ?? ""))
      )
      expect(events.map(({ error }) => error)).toContainEqual(expect.stringMatching(notMade))
      return reference
    }

    async function failAt(...writes: string[]) {
      await shop.database.raw(`
        create function fails() returns trigger language plpgsql as
          $$ begin raise exception 'deadlock' using errcode = '40P01'; end $$`)
      for (const write of writes) {
        const name = `fails_at_${write.replaceAll(" ", "_")}`
        await shop.database.raw(
          `create trigger ${name} before ${write} for each row execute function fails()`
        )
      }
    }

    async function sellOut(id: string) {
      await shop.container
        .resolve(Modules.PRODUCT)
        .updateProductVariants(id, { manage_inventory: true })
      const inventory = shop.container.resolve(Modules.INVENTORY)
      const [location] = await shop.container.resolve(Modules.STOCK_LOCATION).listStockLocations({})
      const item = await inventory.createInventoryItems({ sku: `SOLD-OUT-${id}` })
      await inventory.createInventoryLevels([
        { inventory_item_id: item.id, location_id: location!.id, stocked_quantity: 0 },
      ])
      await shop.container.resolve("link").create({
        [Modules.PRODUCT]: { variant_id: id },
        [Modules.INVENTORY]: { inventory_item_id: item.id },
      })
    }
  })

  async function exceptionsOf(reference: string) {
    return await shop
      .database("payment_exception")
      .where({ reference })
      .orderBy(["created_at", "id"])
  }

  async function linesOf(subject_id: string) {
    return await shop
      .database("gateway_audit_line")
      .where({ subject_id })
      .orderBy(["created_at", "id"])
  }

  async function eventsOf(reference: string) {
    return await shop.database("webhook_event").where({ reference }).orderBy(["created_at", "id"])
  }
})
