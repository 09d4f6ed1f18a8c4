import { setImmediate } from "node:timers/promises"
import { inspect } from "node:util"
import type { MedusaContainer } from "@medusajs/framework/types"
import type { AxiosInstance } from "axios"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { messageLogOf } from "../../../src/workflows/providers/message-log"
import { webhookWorkerOf } from "../../../src/workflows/webhooks/process-webhook"
import { Admin } from "./admin"
import { CartCopies } from "./cart-copies"
import { Medusa } from "./medusa"
import { seedStore, type Market, type SeededStore } from "./seed-store"
import { Shopper } from "./shopper"
import { subscribersAtWork } from "./subscribers-at-work"

/** Which nothing takes that comes at all, on a busy machine neither. */
const usualPatienceMs = 120_000

const yearMs = 365 * 24 * 3_600_000

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
  /** Medusa answers a webhook before it works on it; this waits until it has, and until no subscriber is at work. */
  afterWorkflows(): Promise<void>
  /** The first time it keeps the database as it is; each further time it puts that back. */
  keepOrRestore(): Promise<void>
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

/** The same shop, whose shoppers are in that country unless another one is named. */
export function shopIn<S extends Shop>(country: string, shop: S): S {
  const shopper: Shop["shopper"] = (token, other = country) => shop.shopper(token, other)
  return Object.create(shop, { shopper: { value: shopper } })
}

/** Tests of one concept that share the shop which a spec boots. */
export function suite<S extends Shop>(name: string, declare: (shop: S) => void): (shop: S) => void {
  return (shop) => describe(name, () => declare(shop))
}

/**
 * A real Medusa with a real PostgreSQL that sells through the sandboxes: booted once for all tests of a spec, over one
 * database. What a test leaves behind is in the next one's database, and due to nobody any more.
 */
export function describeShop(name: string, plan: ShopPlan, declare: (shop: Shop) => void): void {
  // What the suite itself starts and stops does so while the shop is there.
  describe("", () => {
    const medusa = new Medusa()
    const copies = new CartCopies(() => medusa.database)
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

    afterEach(async () => {
      jest.restoreAllMocks()
      await shop.afterWorkflows()
      await nothingIsDue(medusa.database)
    })

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
        new Shopper(medusa.api, store, country, { token, copies }),
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
      afterWorkflows: async () => await untilQuiet(medusa.container, medusa.database),
      keepOrRestore: async () => await medusa.keepOrRestore(),
      adminOrder: async (orderId) => {
        const fields =
          "+summary,+status,*payment_collections,*payment_collections.payments,+payment_collections.payments.data," +
          "*payment_collections.payments.captures,*payment_collections.payments.refunds"
        const { data } = await admin.get(`/admin/orders/${orderId}?fields=${fields}`)
        return data.order
      },
    }

    describe(name, () => declare(shop))
  })
}

/** No message is worked on, here or by another server, no workflow runs, and no subscriber. */
async function untilQuiet(container: MedusaContainer, database: Knex): Promise<void> {
  // An event is on its way to its subscribers within a tick of the workflow's end.
  await setImmediate()
  await webhookWorkerOf(container).drain()
  // A server that was killed may keep its claim for longer than anybody waits here.
  await lastAnswer(
    async () => {
      const [messages, workflows] = await Promise.all([
        database("webhook_event")
          .where({ state: "waiting" })
          .where((event) =>
            event
              .where((isNew) => isNew.where({ attempts: 0 }).where("next_try_at", "<=", new Date()))
              .orWhere("claimed_until", ">", new Date())
          )
          .select("id"),
        database("workflow_execution").whereIn("state", ["invoking", "compensating"]).select("id"),
      ])
      return messages.length + workflows.length + subscribersAtWork()
    },
    (atWork) => atWork === 0
  )
  // What is written once a second would else come when the shop's database is gone.
  await messageLogOf(container).flush()
}

/** Neither a job nor a later test's own run takes up what a test has left open. */
async function nothingIsDue(database: Knex): Promise<void> {
  const never = new Date(Date.now() + yearMs)
  await Promise.all([
    database("gateway_order").whereNotNull("next_check_at").update({ next_check_at: null }),
    database("gateway_operation").whereNotNull("next_check_at").update({ next_check_at: null }),
    database("webhook_event").where({ state: "waiting" }).update({ next_try_at: never }),
    database("payment_exception").whereNull("told_at").update({ told_at: new Date() }),
    // The ledger check has read all that there is.
    database.raw(
      `insert into gateway_cursor (id, list, provider_id, place, next_at)
        select distinct 'gwcur_' || provider_id, 'ledger', provider_id, ?::jsonb, ?::timestamptz from gateway_order
        on conflict (list, provider_id) do update set place = excluded.place, next_at = excluded.next_at`,
      [JSON.stringify({ readUntil: new Date(), again: [] }), never]
    ),
  ])
}

/** The days, by UTC, on which something was done: one, or two where midnight passed meanwhile. */
export async function daysOf(act: () => Promise<void>): Promise<string[]> {
  const today = () => new Date().toISOString().slice(0, 10)
  const first = today()
  await act()
  return [...new Set([first, today()])]
}

/** Asks until the answer is good, and fails with the last one when its time is over. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isGood: (answer: T) => boolean,
  patienceMs = usualPatienceMs
): Promise<T> {
  const answer = await lastAnswer(ask, isGood, patienceMs)
  if (!isGood(answer)) {
    throw new Error(`After ${patienceMs} ms it was still ${inspect(answer, { depth: 5 })}`)
  }
  return answer
}

/** The same where it may never be good: answers with the last one then. */
export async function lastAnswer<T>(
  ask: () => Promise<T>,
  isGood: (answer: T) => boolean,
  patienceMs = usualPatienceMs
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
