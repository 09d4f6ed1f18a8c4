import { generateEntityId } from "@medusajs/framework/utils"
import { logOf } from "../http/support/log-of"
import { describeMocasaStore, mocasaProvider } from "../http/support/mocasa-store"
import { seedOfRun, shuffled } from "./support/chance"
import { postAll } from "./support/connections"
import { mocasaMessage, type MocasaMessage } from "./support/mocasa-message"
import { tell } from "./support/tell"

jest.setTimeout(600_000)

const paidCarts = 24
const shoppersAtOnce = 8
/** Each with several orders opened one after the other, as when a shopper chooses the method again. */
const unpaidCarts = 4
const ordersOfUnpaidCart = 5
const webhooks = 1_000
const copies = 5
const connections = 20
const inOrder = 120_000
const query = "/payment/order/query"
/** What an event of a paid order came to. */
const done = { state: "done", outcome: "paid", error: null }
/** When it comes, before Medusa makes the order of it, and when one that is not paid is looked at again. */
const questionsPerEvent = 3

describeMocasaStore("a flood of webhooks", (shop) => {
  const seed = seedOfRun()

  it(`of which ${webhooks} are told ${copies} times makes exactly the orders that were paid (seed ${seed})`, async () => {
    shop.sandbox.set({ webhooksOn: false })
    const paid = await paidCheckouts()
    const unpaid = await unpaidCheckouts()
    const messages = [
      ...paid.flatMap(({ reference }) => [tellOf(reference, "failed"), tellOf(reference)]),
      ...unpaid.flatMap(({ reference }) => [tellOf(reference, "failed"), tellOf(reference)]),
    ]
    while (messages.length < webhooks) {
      messages.push(tellOf(unknownReference()))
    }
    tell(
      `webhook flood: seed ${seed}; ${messages.length} webhooks x ${copies} from ${connections} connections: ` +
        `${paid.length} paid orders, ${unpaid.length} unpaid orders`
    )

    const logged = logOf(shop.container)
    const asked = shop.sandbox.calls.count(query)
    const all = Array.from({ length: copies }, () => messages).flat()
    const started = Date.now()
    const answers = await postAll(
      `${shop.api.defaults.baseURL}/hooks/payment/mocasa_mocasa`,
      shuffled(all, seed),
      connections
    )
    const answeredMs = Date.now() - started
    await allWorkedOn()
    const doneMs = Date.now() - started
    const questions = shop.sandbox.calls.count(query) - asked

    expect([...answers]).toEqual([[200, webhooks * copies]])
    const orders = await shop.database("order_cart").whereNull("deleted_at").select("cart_id")
    expect(orders.map(({ cart_id }) => cart_id).sort()).toEqual(
      paid.map(({ cartId }) => cartId).sort()
    )
    expect(await captured()).toEqual(paid.map(() => 112))
    const events = await shop.database("webhook_event").select("event_key")
    expect(events).toHaveLength(webhooks)
    expect(new Set(events.map(({ event_key }) => event_key)).size).toBe(webhooks)
    expect(await shop.database("webhook_event").where({ state: "dead" })).toEqual([])
    expect(await shop.database("unmatched_payment")).toEqual([])
    const told = await shop
      .database("webhook_event")
      .whereIn("reference", references(paid))
      .select("state", "outcome", "error")
    expect(told).toEqual(paid.flatMap(() => [done, done]))
    expect(logged().filter((line) => line.startsWith("error: "))).toEqual([])
    // Copies are not asked about, and neither is what this shop never opened.
    const known = 2 * (paid.length + unpaid.length)
    expect(questions).toBeGreaterThanOrEqual(paid.length + unpaid.length)
    expect(questions).toBeLessThanOrEqual(known * questionsPerEvent)
    tell(
      `webhook flood: all answered after ${answeredMs} ms, all worked on after ${doneMs} ms, ` +
        `${questions} questions to the gateway`
    )
  })

  const references = (orders: readonly { reference: string }[]) =>
    orders.map(({ reference }) => reference)

  async function paidCheckouts() {
    return await inTurns(paidCarts, async () => {
      const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
      shop.sandbox.pay(session.data.reference)
      return { cartId, reference: session.data.reference }
    })
  }

  async function unpaidCheckouts(): Promise<{ reference: string }[]> {
    const orders = await inTurns(unpaidCarts, async () => {
      const shopper = shop.shopper()
      const { collectionId, session } = await shopper.checkOut(mocasaProvider)
      const references = [{ reference: session.data.reference }]
      while (references.length < ordersOfUnpaidCart) {
        const { data } = await shopper.choosePayment(collectionId, mocasaProvider)
        const [next] = data.payment_collection.payment_sessions
        references.push({ reference: next.data.reference })
      }
      return references
    })
    return orders.flat()
  }

  async function inTurns<T>(howMany: number, work: () => Promise<T>): Promise<T[]> {
    const done: T[] = []
    const turns = Array.from({ length: howMany }).values()
    const workThrough = async () => {
      for (const _turn of turns) {
        done.push(await work())
      }
    }
    await Promise.all(Array.from({ length: shoppersAtOnce }, workThrough))
    return done
  }

  function tellOf(reference: string, txStatus: "success" | "failed" = "success"): MocasaMessage {
    return mocasaMessage(reference, txStatus, shop.sandbox.credentials.webhookSecret)
  }

  /** As this shop would have made it, before its database was set back. */
  function unknownReference(): string {
    return `${generateEntityId(undefined, "payses").slice("payses_".length)}0`
  }

  /** Each was looked at, and each paid one booked; those that are not paid yet are looked at again later. */
  async function allWorkedOn(): Promise<void> {
    const giveUpAt = Date.now() + inOrder
    for (;;) {
      const left = await shop
        .database("webhook_event")
        .where({ state: "waiting" })
        .where((event) => {
          event.where({ attempts: 0 }).orWhereNotNull("claimed_until")
        })
      const orders = await shop.database("order_cart")
      if (left.length === 0 && orders.length >= paidCarts) {
        return await shop.afterWorkflows()
      }
      if (Date.now() > giveUpAt) {
        throw new Error(`${left.length} webhooks are still not worked on`)
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }

  async function captured(): Promise<number[]> {
    const rows = await shop.database("capture").select("amount")
    return rows.map(({ amount }) => Number(amount))
  }
})
