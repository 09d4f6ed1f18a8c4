import { setTimeout as sleep } from "node:timers/promises"
import { describeMocasaStore, mocasaProvider } from "../http/support/mocasa-store"
import { startChildStore, type ChildStore } from "./support/child-store"
import { mocasaMessage } from "./support/mocasa-message"
import { tell } from "./support/tell"

jest.setTimeout(600_000)

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

  // 50 ms is in the middle of the question to the gateway, the others in the middle of making the order.
  it.each([50, 300, 600])(
    "%d ms later has one order of what was paid when it is back",
    async (delayMs) => {
      shop.sandbox.set({ webhooksOn: false })
      store = await startChildStore(shop.databaseUrl)
      const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
      const { reference } = session.data
      shop.sandbox.pay(reference)

      const message = mocasaMessage(reference, "success", shop.sandbox.credentials.webhookSecret)
      const answer = await fetch(`${store.url}/hooks/payment/mocasa_mocasa`, {
        method: "POST",
        ...message,
      })
      await sleep(delayMs)
      await store.kill()
      expect(answer.status).toBe(200)
      const left = await event()
      const ordersBefore = (await shop.ordersOfCart(cartId)).length
      // A fast machine can be through with it by then, and has its order.
      expect([
        ["waiting", 0],
        ["waiting", 1],
        ["done", 1],
      ]).toContainEqual([left.state, ordersBefore])

      // Until then nobody else takes it: the server that has it could still be at work.
      await shop.database("webhook_event").update({ claimed_until: new Date(0) })
      const restarted = Date.now()
      store = await startChildStore(shop.databaseUrl)
      await eventDone()
      tell(
        `killed server: ${delayMs} ms after the 200 it had made ${ordersBefore} orders; ` +
          `done ${Date.now() - restarted} ms after the restart began`
      )
      const order = await shop.orderOfCart(cartId)
      expect(await shop.ordersOfCart(cartId)).toHaveLength(1)
      expect(order.payment_collections).toMatchObject([{ captured_amount: 112 }])
      expect(order.summary.pending_difference).toBe(0)
      expect(await event()).toMatchObject({ state: "done", outcome: "paid", error: null })
      expect(shop.sandbox.ledger.entries({ reference })).toHaveLength(1)
    }
  )

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
