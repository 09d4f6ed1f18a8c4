import type { MedusaContainer } from "@medusajs/framework/types"
import type { AxiosInstance } from "axios"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { Admin } from "./admin"
import { Medusa } from "./medusa"
import { seedStore, type Market, type SeededStore } from "./seed-store"
import { Shopper } from "./shopper"

export type Shop = {
  api: AxiosInstance
  container: MedusaContainer
  database: Knex
  databaseUrl: string
  store: SeededStore
  admin: Admin
  /** In the first market, unless a country is named. A guest, unless a token is given. */
  shopper(token?: string, country?: string): Shopper
  /** The orders that a cart became; more than one would be a defect. */
  ordersOfCart(cartId: string): Promise<string[]>
  /** Waits for the order that a webhook makes. */
  orderOfCart(cartId: string): Promise<AdminOrder>
  adminOrder(orderId: string): Promise<AdminOrder>
  /** Medusa answers a webhook before it works on it; this waits until it has. */
  afterWorkflows(): Promise<void>
}

export type AdminOrder = {
  id: string
  status: string
  total: number
  payment_status: string
  summary: { pending_difference: number; paid_total: number; refunded_total: number }
  payment_collections: {
    id: string
    status: string
    captured_amount: number
    refunded_amount: number
    payments: {
      id: string
      amount: number
      data: Record<string, unknown> | null
      captures: { amount: number }[]
      refunds: { amount: number }[]
    }[]
  }[]
}

/** As in a shop's config: which gateway, under which id, with what options. */
export type ProviderEntry = { gateway: string; id: string; options: object }

export type ShopPlan = {
  markets: readonly Market[]
  /** Called before the store boots: starts what the options name. */
  start(): Promise<readonly ProviderEntry[]>
  /** Called when the store has its address. */
  onUrl?(url: string): void
  stop(): Promise<void>
}

/** A real Medusa with a real PostgreSQL that sells through the sandboxes. */
export function describeShop(name: string, plan: ShopPlan, suite: (shop: Shop) => void): void {
  // What the suite itself starts and stops does so while the shop is there.
  describe("", () => {
    const medusa = new Medusa()
    let store: SeededStore
    let admin: Admin

    beforeAll(async () => {
      const entries = await plan.start()
      const providers = entries.map(({ gateway, id, options }) => ({
        resolve: `./src/providers/${gateway}`,
        id,
        options,
      }))
      process.env.SHOP_PROVIDERS = JSON.stringify(providers)
      await medusa.start()
      plan.onUrl?.(medusa.url)
      store = await seedStore(medusa.container, plan.markets)
      admin = await Admin.logIn(medusa.api, medusa.container)
    })

    // Each test finds what there was before the first one.
    beforeEach(async () => await medusa.keepOrRestore())

    afterEach(async () => await untilWorkflowsEnded(medusa.database))

    afterAll(async () => {
      await medusa.stop()
      await plan.stop()
    })

    const shop: Shop = {
      api: medusa.api,
      get databaseUrl() {
        return medusa.databaseUrl
      },
      get database() {
        return medusa.database
      },
      get container() {
        return medusa.container
      },
      get store() {
        return store
      },
      get admin() {
        return admin
      },
      shopper: (token, country = store.countries[0]!) =>
        new Shopper(medusa.api, store, country, token),
      ordersOfCart: async (cartId) => {
        const { data } = await medusa.container
          .resolve("query")
          .graph({ entity: "order_cart", fields: ["order_id"], filters: { cart_id: cartId } })
        return data.map((row: { order_id: string }) => row.order_id)
      },
      orderOfCart: async (cartId) => {
        const [orderId] = await eventually(
          () => shop.ordersOfCart(cartId),
          (orders) => orders.length > 0
        )
        return await shop.adminOrder(orderId!)
      },
      afterWorkflows: async () => {
        await new Promise((resolve) => setTimeout(resolve, 300))
        // A busy machine takes longer for a message that it has answered.
        await eventually(
          async () =>
            await shop
              .database("webhook_event")
              .where({ state: "waiting" })
              .where((event) =>
                event.where({ attempts: 0 }).orWhere("claimed_until", ">", new Date())
              )
              .select("id"),
          (claimed) => claimed.length === 0
        )
        await untilWorkflowsEnded(shop.database)
      },
      adminOrder: async (orderId) => {
        const fields =
          "+summary,+status,*payment_collections,*payment_collections.payments,+payment_collections.payments.data," +
          "*payment_collections.payments.captures,*payment_collections.payments.refunds"
        const { data } = await admin.get(`/admin/orders/${orderId}?fields=${fields}`)
        return data.order
      },
    }

    describe(name, () => suite(shop))
  })
}

async function untilWorkflowsEnded(database: Knex): Promise<void> {
  await eventually(
    async () =>
      await database("workflow_execution")
        .whereIn("state", ["invoking", "compensating"])
        .select("id"),
    (running) => running.length === 0
  )
}

/** Asks until the answer is good, or answers with the last one when its time, ten seconds, is over. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isGood: (answer: T) => boolean,
  patienceMs = 10_000
): Promise<T> {
  const giveUpAt = Date.now() + patienceMs
  for (;;) {
    const answer = await ask()
    if (isGood(answer) || Date.now() > giveUpAt) {
      return answer
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
