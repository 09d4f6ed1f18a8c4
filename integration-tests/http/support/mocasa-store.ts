import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { AxiosInstance } from "axios"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { startMocasaSandbox, type MocasaSandbox } from "../../sandbox/mocasa"
import { Admin } from "./admin"
import { seedStore, type SeededStore } from "./seed-store"
import { Shopper } from "./shopper"

export const mocasaProvider = "pp_mocasa_mocasa"

export type MocasaStore = {
  api: AxiosInstance
  container: MedusaContainer
  database: Knex
  databaseUrl: string
  sandbox: MocasaSandbox
  store: SeededStore
  admin: Admin
  /** A guest, unless a token is given. */
  shopper(token?: string): Shopper
  /** The orders that a cart became; more than one would be a defect. */
  ordersOfCart(cartId: string): Promise<string[]>
  /** Waits for the order that a webhook makes. */
  orderOfCart(cartId: string): Promise<AdminOrder>
  adminOrder(orderId: string): Promise<AdminOrder>
  /** Medusa answers a webhook before it works on it; this waits until it has. */
  afterWebhooks(): Promise<void>
}

export type AdminOrder = {
  id: string
  total: number
  payment_status: string
  summary: { pending_difference: number; paid_total: number }
  payment_collections: {
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

/** A real Medusa with a real PostgreSQL that sells through the Mocasa sandbox. */
export function describeMocasaStore(name: string, suite: (store: MocasaStore) => void): void {
  let sandbox: MocasaSandbox

  beforeAll(async () => {
    sandbox = await startMocasaSandbox({ webhookRetryDelayMs: 50 })
    process.env.MOCASA_URL = sandbox.url
    process.env.MOCASA_CLIENT_KEY = sandbox.credentials.clientKey
    process.env.MOCASA_CLIENT_SECRET = sandbox.credentials.clientSecret
  })

  afterAll(async () => {
    await sandbox.close()
  })

  medusaIntegrationTestRunner({
    testSuite: ({ api, getContainer, dbConfig }) => {
      let store: SeededStore
      let admin: Admin

      beforeAll(async () => {
        const container = getContainer()
        // Medusa 2.21 does not read this option from the config: without it each webhook waits 5 s.
        Object.assign(container.resolve(Modules.PAYMENT), { options: { webhook_delay: 1 } })
        store = await seedStore(container, [mocasaProvider, "pp_system_default"])
        admin = await Admin.logIn(api, container)
      })

      beforeEach(() => {
        sandbox.faults.clear()
        sandbox.calls.clear()
        sandbox.set({
          webhookUrl: `${api.defaults.baseURL}/hooks/payment/mocasa_mocasa`,
          webhooksOn: true,
          webhookCopies: 1,
          webhookAmount: null,
          forgeWebhooks: false,
          refundStatus: "success",
        })
      })

      afterEach(async () => {
        await sandbox.webhooks.settled()
      })

      const harness: MocasaStore = {
        api,
        databaseUrl: dbConfig.clientUrl,
        get database() {
          return getContainer().resolve(ContainerRegistrationKeys.PG_CONNECTION)
        },
        get container() {
          return getContainer()
        },
        get sandbox() {
          return sandbox
        },
        get store() {
          return store
        },
        get admin() {
          return admin
        },
        shopper: (token) => new Shopper(api, store, token),
        ordersOfCart: async (cartId) => {
          const { data } = await getContainer()
            .resolve("query")
            .graph({ entity: "order_cart", fields: ["order_id"], filters: { cart_id: cartId } })
          return data.map((row: { order_id: string }) => row.order_id)
        },
        orderOfCart: async (cartId) => {
          const [orderId] = await eventually(
            () => harness.ordersOfCart(cartId),
            (orders) => orders.length > 0
          )
          return await harness.adminOrder(orderId!)
        },
        afterWebhooks: async () => {
          await sandbox.webhooks.settled()
          await new Promise((resolve) => setTimeout(resolve, 300))
          await eventually(
            async () =>
              await harness
                .database("workflow_execution")
                .whereIn("state", ["invoking", "compensating"])
                .select("id"),
            (running) => running.length === 0
          )
        },
        adminOrder: async (orderId) => {
          const fields =
            "+summary,*payment_collections,*payment_collections.payments,+payment_collections.payments.data," +
            "*payment_collections.payments.captures,*payment_collections.payments.refunds"
          const { data } = await admin.get(`/admin/orders/${orderId}?fields=${fields}`)
          return data.order
        },
      }

      describe(name, () => suite(harness))
    },
  })
}

/** Asks until the answer is good, or answers with the last one after ten seconds. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isGood: (answer: T) => boolean
): Promise<T> {
  const giveUpAt = Date.now() + 10_000
  for (;;) {
    const answer = await ask()
    if (isGood(answer) || Date.now() > giveUpAt) {
      return answer
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
