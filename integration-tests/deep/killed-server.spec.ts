import { setTimeout as sleep } from "node:timers/promises"
import { describeMocasaStore, eventually, mocasaProvider } from "../http/support/mocasa-store"
import { startChildStore, type ChildStore } from "./support/child-store"
import { mocasaMessage } from "./support/mocasa-message"
import { tell } from "./support/tell"

jest.setTimeout(600_000)

const query = "/payment/order/query"
/** Shorter than the shop waits for an answer, and long enough to look at it and to kill it meanwhile. */
const heldMs = 1_400
/** For how long a message is whose it is that works on it. */
const leaseMs = 3 * 60_000
/** Longer than a store takes to boot and its job to come by once. */
const waitedForMs = 40_000
/** The job comes by every ten seconds. */
const patienceMs = 60_000

// The jobs of the store beside it would do what the restarted one has to prove that it does.
process.env.MEDUSA_WORKER_MODE = "server"

describeMocasaStore("a server that is killed (SIGKILL) after it answered a webhook", (shop) => {
  let store: ChildStore | undefined

  afterEach(async () => {
    await store?.kill()
  })

  afterAll(() => {
    delete process.env.MEDUSA_WORKER_MODE
  })

  it.each<[string, Hold]>([
    ["while the gateway is asked", holdTheAnswer],
    ["while Medusa writes the order", holdTheOrder],
  ])("%s has one order of what was paid when it is back", async (_when, hold) => {
    shop.sandbox.set({ webhooksOn: false })
    store = await startChildStore(shop.databaseUrl)
    const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
    const { reference } = session.data
    shop.sandbox.pay(reference)
    const held = await hold()
    const message = mocasaMessage(reference, "success", shop.sandbox.credentials.webhookSecret)
    const answer = await fetch(`${store.url}/hooks/payment/mocasa_mocasa`, {
      method: "POST",
      ...message,
    })
    expect(answer.status).toBe(200)
    expect(await eventually(held.isReached, (isReached) => isReached)).toBe(true)
    await store.kill()
    const left = await event()
    expect(left).toMatchObject({ state: "waiting", attempts: 1, outcome: null, error: null })
    expect(await shop.ordersOfCart(cartId)).toEqual([])
    await held.letGo()

    // Until then nobody else takes it: the server that has it could still be at work. All but the end of that
    // time is passed over, and the end of it is waited for.
    expect(left.claimed_until.getTime() - left.updated_at.getTime()).toBe(leaseMs)
    const freeAt = new Date(Date.now() + waitedForMs)
    await shop.database("webhook_event").update({ claimed_until: freeAt })
    store = await startChildStore(shop.databaseUrl)
    let looks = 0
    for (let now = await event(); new Date() < freeAt; now = await event()) {
      expect(now).toMatchObject({ state: "waiting", attempts: 1 })
      looks += 1
      await sleep(100)
    }
    await eventDone()
    tell(`killed server: the restarted one left it alone at ${looks} looks, then took it over`)
    const order = await shop.orderOfCart(cartId)
    expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
    expect(order.payment_collections).toMatchObject([{ captured_amount: 112 }])
    expect(order.summary.pending_difference).toBe(0)
    expect(await event()).toMatchObject({
      state: "done",
      outcome: "paid",
      attempts: 2,
      error: null,
    })
    expect(shop.sandbox.ledger.entries({ reference })).toHaveLength(1)
  })

  /** The server's work stands still, at a place that is known, until it is killed. */
  type Hold = () => Promise<{ isReached(): Promise<boolean>; letGo(): Promise<void> }>

  async function holdTheAnswer(): ReturnType<Hold> {
    const asked = shop.sandbox.calls.count(query)
    shop.sandbox.faults.add({ kind: "latency", path: query, ms: heldMs, times: "forever" })
    return {
      isReached: async () => shop.sandbox.calls.count(query) > asked,
      letGo: async () => shop.sandbox.faults.clear(),
    }
  }

  async function holdTheOrder(): ReturnType<Hold> {
    const transaction = await shop.database.transaction()
    await transaction.raw('lock table "order" in exclusive mode')
    return {
      isReached: async () => {
        const waiting = await shop
          .database("pg_locks")
          .join("pg_class", "pg_class.oid", "pg_locks.relation")
          .where({ relname: "order", granted: false })
        return waiting.length > 0
      },
      letGo: async () => void (await transaction.rollback()),
    }
  }

  async function event() {
    return await shop.database("webhook_event").first()
  }

  async function eventDone(): Promise<void> {
    const giveUpAt = Date.now() + patienceMs
    while ((await event()).state === "waiting" && Date.now() < giveUpAt) {
      await sleep(100)
    }
  }
})
