import { setTimeout as sleep } from "node:timers/promises"
import axios from "axios"
import { describeMocasaStore, eventually, mocasaProvider } from "../http/support/mocasa-store"
import { Shopper, type Checkout } from "../http/support/shopper"
import { startChildStore, type ChildStore } from "./support/child-store"
import { mocasaMessage } from "./support/mocasa-message"
import { startRedisServer, type RedisServer } from "./support/redis-server"
import { tell } from "./support/tell"

jest.setTimeout(600_000)

const query = "/payment/order/query"
/** Shorter than the shop waits for an answer, and long enough to look at it and to kill it meanwhile. */
const heldMs = 1_400
/** For how long a message, and a lease, is whose it is that works on it. */
const leaseMs = 30_000
/** So long Medusa's own lock on a cart that is completed lasts in Redis. What a dead server held is taken over before. */
const lockOfMedusaMs = 120_000

// The jobs of the store beside it would do what the second one has to prove that it does.
process.env.MEDUSA_WORKER_MODE = "server"

describeMocasaStore("a server that is killed (SIGKILL) at its work", (shop) => {
  let redis: RedisServer
  let stores: ChildStore[] = []

  beforeAll(async () => {
    redis = await startRedisServer()
  })

  afterEach(async () => {
    await Promise.all(stores.map((store) => store.kill()))
    stores = []
  })

  afterAll(async () => {
    await redis?.stop()
    delete process.env.MEDUSA_WORKER_MODE
  })

  it.each([
    ["its own memory", ""],
    ["PostgreSQL", "postgres"],
    ["Redis", "redis"],
  ])(
    "and that locks carts in %s leaves nothing that another can't take over",
    async (_where, locking) => {
      shop.sandbox.set({ webhooksOn: false })
      const start = async () => {
        const store = await startChildStore(shop.databaseUrl, {
          SHOP_LOCKING: locking,
          SHOP_REDIS_URL: redis.url,
        })
        stores.push(store)
        return store
      }
      const first = await start()
      const asked = await paidCheckout()
      const made = await paidCheckout()
      const completed = await paidCheckout()

      const held = await holdOrders()
      await tellOf(first, made)
      await eventually(held.waiting, (waiting) => waiting === 1)
      const shopper = new Shopper(axios.create({ baseURL: first.url }), shop.store, "ph")
      const gone = shopper.complete(completed.cartId).catch(() => "gone with its server")
      await eventually(held.waiting, (waiting) => waiting === 2)
      const questions = shop.sandbox.calls.count(query)
      shop.sandbox.faults.add({ kind: "latency", path: query, ms: heldMs, times: "forever" })
      await tellOf(first, asked)
      await eventually(
        async () => shop.sandbox.calls.count(query),
        (count) => count > questions
      )
      await first.kill()
      const killedAt = Date.now()
      expect(await gone).toBe("gone with its server")
      shop.sandbox.faults.clear()
      await held.letGo()
      expect(await shop.database("order")).toEqual([])
      const left = await shop.database("webhook_event").orderBy("created_at")
      expect(left).toMatchObject([
        { state: "waiting", attempts: 1, outcome: null, error: null },
        { state: "waiting", attempts: 1, outcome: null, error: null },
      ])
      for (const { claimed_until, updated_at } of left) {
        expect(claimed_until.getTime() - updated_at.getTime()).toBe(leaseMs)
      }

      const second = await start()
      await tellOf(second, completed)
      const giveUpAt = killedAt + lockOfMedusaMs
      while ((await settled()) < 3 && Date.now() < giveUpAt) {
        await sleep(100)
      }
      tell(`killed server: all was taken over ${Date.now() - killedAt} ms after it was killed`)
      expect(await shop.database("webhook_event").select("state", "outcome", "error")).toEqual([
        done,
        done,
        done,
      ])
      for (const { cartId, session } of [asked, made, completed]) {
        expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
        const order = await shop.orderOfCart(cartId)
        expect(order.payment_collections).toMatchObject([{ captured_amount: 112 }])
        expect(order.summary.pending_difference).toBe(0)
        const lines = await shop.database("order_transaction").where({ order_id: order.id })
        expect(lines).toMatchObject([{ reference: "capture" }])
        const { reference } = session.data
        expect(shop.sandbox.ledger.entries({ reference })).toHaveLength(1)
      }
      expect(await shop.database("order")).toHaveLength(3)
      // Of payments there may be some: the reconciliation goes on asking about them.
      const leases = shop.database("gateway_lease").whereLike("key", "cart-completion:%")
      expect(await leases).toEqual([])
    }
  )

  const done = { state: "done", outcome: "paid", error: null }

  async function settled(): Promise<number> {
    return (await shop.database("webhook_event").where({ state: "done" })).length
  }

  async function paidCheckout(): Promise<Checkout> {
    const checkout = await shop.shopper().checkOut(mocasaProvider)
    shop.sandbox.pay(checkout.session.data.reference)
    return checkout
  }

  async function tellOf(store: ChildStore, { session }: Checkout): Promise<void> {
    const { webhookSecret } = shop.sandbox.credentials
    const message = mocasaMessage(session.data.reference, "success", webhookSecret)
    const answer = await fetch(`${store.url}/hooks/payment/mocasa_mocasa`, {
      method: "POST",
      ...message,
    })
    expect(answer.status).toBe(200)
  }

  /** Whoever writes an order stands still, until it is let go or killed. */
  async function holdOrders() {
    const transaction = await shop.database.transaction()
    await transaction.raw('lock table "order" in exclusive mode')
    return {
      waiting: async () => {
        const waiting = await shop
          .database("pg_locks")
          .join("pg_class", "pg_class.oid", "pg_locks.relation")
          .where({ relname: "order", granted: false })
        return waiting.length
      },
      letGo: async () => void (await transaction.rollback()),
    }
  }
})
