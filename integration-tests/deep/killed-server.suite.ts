import axios from "axios"
import { leaseMs } from "../../src/shared/held-claim"
import { mocasaProvider, type MocasaStore } from "../http/support/mocasa-store"
import { eventually, suite } from "../http/support/shop"
import { Shopper, type Checkout } from "../http/support/shopper"
import { startChildStore, type ChildStore } from "../http/support/child-store"
import { mocasaMessage } from "../http/support/mocasa-message"
import { lackOfRedis, sharedRedis, type RedisServer } from "../http/support/redis-server"
import { tell } from "../http/support/tell"

const query = "/payment/order/query"
/** Shorter than the shop waits for an answer, and long enough to look at it and to kill it meanwhile. */
const heldMs = 1_400
/** A busy machine takes its time to come as far as a cart's order. */
const patienceMs = 60_000
/** What was the dead server's is another one's so long after it was free: a minute after the kill, at most. */
const takeoverMs = 60_000 - leaseMs
/** Medusa's own lock on a cart that is completed lasts so long in Redis. Nobody waits for its end. */
const lockOfMedusaMs = 120_000

export const killedServer = suite<MocasaStore>(
  "a server that is killed (SIGKILL) at its work",
  (shop) => {
    const lack = lackOfRedis()
    let redis: RedisServer | undefined
    let stores: ChildStore[] = []

    beforeAll(async () => {
      redis = lack ? undefined : await sharedRedis()
    })

    beforeEach(async () => await shop.keepOrRestore())

    afterEach(async () => {
      await Promise.all(stores.map((store) => store.kill()))
      stores = []
    })

    afterAll(async () => {
      await redis?.stop()
    })

    const places = [
      { where: "its own memory", locking: "" },
      { where: "PostgreSQL", locking: "postgres" },
      { where: "Redis", locking: "redis" },
    ]
    if (lack) {
      it.skip(`and that locks carts in Redis [skipped: ${lack}]`, () => undefined)
    }
    it.each(lack ? places.slice(0, -1) : places)(
      "and that locks carts in $where leaves nothing that another can't take over",
      async ({ locking }) => {
        shop.sandbox.set({ webhooksOn: false })
        const start = async () => {
          const store = await startChildStore(shop.databaseUrl, {
            SHOP_LOCKING: locking,
            SHOP_REDIS_URL: redis?.url ?? "",
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
        await held.by(1)
        const shopper = new Shopper(axios.create({ baseURL: first.url }), shop.store, "ph")
        const gone = shopper.complete(completed.cartId).catch(() => "gone with its server")
        await held.by(2)
        const questions = shop.sandbox.calls.count(query)
        shop.sandbox.faults.add({ kind: "latency", path: query, ms: heldMs, times: "forever" })
        await tellOf(first, asked)
        await reaches(async () => shop.sandbox.calls.count(query), questions + 1)
        await first.kill()
        const killedAt = await databaseTime()
        expect(await gone).toBe("gone with its server")
        shop.sandbox.faults.clear()
        await held.letGo()
        expect(await shop.database("order")).toEqual([])
        const messages = await shop.database("webhook_event").orderBy(["created_at", "id"])
        expect(messages).toMatchObject([
          { state: "waiting", attempts: 1, outcome: null, error: null },
          { state: "waiting", attempts: 1, outcome: null, error: null },
        ])
        for (const { claimed_until, updated_at } of messages) {
          expect(claimed_until.getTime() - updated_at.getTime()).toBe(leaseMs)
        }

        const ended = await endOfLeases()
        const dead = await owners()
        expect(dead).toHaveLength(4) // a question to the gateway, an order with its message, a shopper's order
        const second = await start()
        // A second one that has to boot first can't be at it before.
        const freeAt = Math.max(ended, await databaseTime())
        await tellOf(second, completed)
        const left = async () => (await owners()).filter((owner) => dead.includes(owner))
        await eventually(left, (owners) => owners.length === 0, lockOfMedusaMs)
        const takenAfterMs = (await databaseTime()) - freeAt
        await eventually(settled, (count) => count === 3, lockOfMedusaMs)
        const doneAfterMs = (await databaseTime()) - killedAt
        tell(
          `killed server: taken over ${takenAfterMs} ms after it was free, done ${doneAfterMs} ms after the kill`
        )
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
        expect(takenAfterMs).toBeLessThan(takeoverMs)
        expect(doneAfterMs).toBeLessThan(lockOfMedusaMs)
        expect(await owners()).toEqual([])
      }
    )

    const done = { state: "done", outcome: "paid", error: null }

    /** Not this machine's time: it is the database's by which leases end. In milliseconds, as the next. */
    async function databaseTime(): Promise<number> {
      const { rows } = await shop.database.raw("select now() as now")
      return rows[0].now.getTime()
    }

    /** When the last of what the dead server held is free. */
    async function endOfLeases(): Promise<number> {
      const messages = await shop.database("webhook_event").pluck("claimed_until")
      const leases = await shop.database("gateway_lease").pluck("expires_at")
      expect(leases).not.toEqual([])
      return Math.max(...[...messages, ...leases].map((end: Date) => end.getTime()))
    }

    /** Of messages that are worked on and of completions; of payments the reconciliation has leases at any time. */
    async function owners(): Promise<string[]> {
      const messages = shop.database("webhook_event").whereNotNull("claimed_by").pluck("claimed_by")
      const carts = shop
        .database("gateway_lease")
        .whereLike("key", "cart-completion:%")
        .pluck("owner")
      return [...(await messages), ...(await carts)]
    }

    async function reaches(count: () => Promise<number>, wanted: number): Promise<void> {
      const reached = await eventually(count, (reached) => reached >= wanted, patienceMs)
      expect(reached).toBeGreaterThanOrEqual(wanted)
    }

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
      const waiting = async () => {
        const locks = await shop
          .database("pg_locks")
          .join("pg_class", "pg_class.oid", "pg_locks.relation")
          .where({ relname: "order", granted: false })
        return locks.length
      }
      return {
        by: async (howMany: number) => await reaches(waiting, howMany),
        letGo: async () => void (await transaction.rollback()),
      }
    }
  }
)
