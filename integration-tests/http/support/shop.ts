import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { AxiosInstance } from "axios"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { Admin } from "./admin"
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
  summary: { pending_difference: number; paid_total: number }
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
  beforeAll(async () => {
    const entries = await plan.start()
    const providers = entries.map(({ gateway, id, options }) => ({
      resolve: `./src/providers/${gateway}`,
      id,
      options,
    }))
    process.env.SHOP_PROVIDERS = JSON.stringify(providers)
  })

  afterAll(async () => {
    await plan.stop()
  })

  medusaIntegrationTestRunner({
    testSuite: ({ api, getContainer, dbConfig }) => {
      let store: SeededStore
      let admin: Admin

      beforeAll(async () => {
        const container = getContainer()
        plan.onUrl?.(String(api.defaults.baseURL))
        // Medusa 2.21 does not read this option from the config: without it each webhook waits 5 s.
        Object.assign(container.resolve(Modules.PAYMENT), { options: { webhook_delay: 1 } })
        store = await seedStore(container, plan.markets)
        admin = await Admin.logIn(api, container)
      })

      const shop: Shop = {
        api,
        databaseUrl: dbConfig.clientUrl,
        get database() {
          return getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
        },
        get container() {
          return getContainer()
        },
        get store() {
          return store
        },
        get admin() {
          return admin
        },
        shopper: (token, country = store.countries[0]!) => new Shopper(api, store, country, token),
        ordersOfCart: async (cartId) => {
          const { data } = await getContainer()
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
                .where("claimed_until", ">", new Date())
                .select("id"),
            (claimed) => claimed.length === 0
          )
          await eventually(
            async () =>
              await shop
                .database("workflow_execution")
                .whereIn("state", ["invoking", "compensating"])
                .select("id"),
            (running) => running.length === 0
          )
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
    },
  })
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
