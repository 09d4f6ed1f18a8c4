import { setTimeout as sleep } from "node:timers/promises"
import { generateEntityId } from "@medusajs/framework/utils"
import { inboxOf, webhookWorkerOf } from "../../src/workflows/webhooks/process-webhook"
import { webhooksAtOnce } from "../../src/workflows/webhooks/webhook-worker"
import { logOf } from "../http/support/log-of"
import { mocasaProvider, type MocasaStore } from "../http/support/mocasa-store"
import { suite } from "../http/support/shop"
import { seedOfRun, shuffled } from "../http/support/chance"
import { postAll } from "./support/connections"
import { mocasaMessage, type MocasaMessage } from "../http/support/mocasa-message"
import { tell } from "../http/support/tell"

const paidCarts = 24
const shoppersAtOnce = 3
/** Each with several orders opened one after the other, as when a shopper chooses the method again. */
const unpaidCarts = 4
const ordersOfUnpaidCart = 5
const webhooks = 1_000
const copies = 5
const connections = 20
/** When a message that is still not worked on is taken for lost, however busy the machine. */
const lostAfterMs = 600_000
/** Messages that wait at once; DEEP_BURST makes them more. */
const fewWaiting = 5
const manyWaiting = Number(process.env.DEEP_BURST ?? 20)
const lookEveryMs = 50
const query = "/payment/order/query"
/** What an event of a paid order came to. */
const done = { state: "done", outcome: "paid", error: null }
/** When it comes, before Medusa makes the order of it, and when one that is not paid is looked at again. */
const questionsPerEvent = 3

export const webhookFlood = suite<MocasaStore>("a flood of webhooks", (shop) => {
  beforeEach(async () => await shop.keepOrRestore())

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
    expect(await shop.database("payment_exception")).toEqual([])
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

  it(`of which ${manyWaiting} wait is worked on ${webhooksAtOnce} at a time, the oldest first, with no more questions for each than of a few`, async () => {
    shop.sandbox.set({ webhooksOn: false })
    const few = await workedOnAtOnce(fewWaiting)
    const many = await workedOnAtOnce(manyWaiting)
    tell(
      `burst: ${few.eachMs} ms and ${few.statements} statements for each of ${fewWaiting} messages, ` +
        `${many.eachMs} ms and ${many.statements} for each of ${manyWaiting}`
    )
    expect(Math.max(few.most, many.most)).toBeLessThanOrEqual(webhooksAtOnce)
    // What jobs ask meanwhile is among them.
    expect(many.statements).toBeLessThan(1.5 * few.statements)
    expect(many.memory).toBeLessThan(2 * few.memory)
  })

  /** Each of so many paid carts becomes one order with one line in its ledger. */
  async function workedOnAtOnce(howMany: number) {
    const paid = await paidCheckouts(howMany)
    // The reconciliation would make orders of them too.
    await shop.database("gateway_order").update({ next_check_at: null })
    await shop.database("webhook_event").delete()
    const inbox = inboxOf(shop.container)
    const ids: string[] = []
    for (const { reference } of paid) {
      const { event } = await inbox.receive({
        provider_id: mocasaProvider,
        event_key: `${reference}|success`,
        reference,
        raw_status: "success",
        gateway_id: null,
        is_later: false,
        claimed_amount: null,
        body: null,
      })
      ids.push(event.id)
    }
    let most = 0
    let memory = 0
    let statements = 0
    const count = () => (statements += 1)
    shop.database.on("query", count)
    const started = performance.now()
    const worked = webhookWorkerOf(shop.container).drain()
    for (let left = howMany; left > 0;) {
      const events = await shop
        .database("webhook_event")
        .whereIn("id", ids)
        .orderBy(["created_at", "id"])
      statements -= 1
      const begun = events.filter(({ attempts }) => attempts > 0)
      const youngest = events.map(({ attempts }) => attempts > 0).lastIndexOf(true)
      // Older ones are passed over only by those who take one at the same moment.
      expect(youngest).toBeLessThan(begun.length + webhooksAtOnce - 1)
      left = events.filter(({ state }) => state === "waiting").length
      most = Math.max(most, events.filter(({ claimed_until }) => claimed_until !== null).length)
      memory = Math.max(memory, process.memoryUsage().rss)
      await sleep(lookEveryMs)
    }
    const eachMs = Math.round((performance.now() - started) / howMany)
    await worked
    shop.database.removeListener("query", count)
    const told = await shop.database("webhook_event").select("state", "outcome", "error")
    expect(told).toEqual(paid.map(() => done))
    for (const { cartId } of paid) {
      const [order_id, ...others] = await shop.ordersOfCart(cartId)
      expect(others).toEqual([])
      const lines = await shop.database("order_transaction").where({ order_id })
      expect(lines).toMatchObject([{ reference: "capture" }])
    }
    return { most, memory, eachMs, statements: Math.round(statements / howMany) }
  }

  const references = (orders: readonly { reference: string }[]) =>
    orders.map(({ reference }) => reference)

  async function paidCheckouts(howMany = paidCarts) {
    return await inTurns(howMany, async () => {
      const { cartId, session } = await shop.shopper().checkOut(mocasaProvider)
      shop.sandbox.pay(session.data.reference)
      return { cartId, reference: session.data.reference }
    })
  }

  async function unpaidCheckouts(): Promise<{ reference: string }[]> {
    const orders = await inTurns(unpaidCarts, async () => {
      const shopper = shop.shopper()
      const { collectionId, session } = await shopper.checkOut(mocasaProvider)
      const references = new Set([session.data.reference])
      while (references.size < ordersOfUnpaidCart) {
        const { data } = await shopper.choosePayment(collectionId, mocasaProvider)
        const [next] = data.payment_collection.payment_sessions
        expect(references).not.toContain(next.data.reference)
        references.add(next.data.reference)
      }
      return [...references].map((reference) => ({ reference }))
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
    const giveUpAt = Date.now() + lostAfterMs
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
