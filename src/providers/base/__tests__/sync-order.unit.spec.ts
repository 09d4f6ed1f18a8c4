import { GatewayDeclinedError, GatewayUnknownError } from "../../../gateways/shared/errors"
import { decimal } from "../../../gateways/shared/money"
import { newOrder } from "../../../modules/payment-journal/__tests__/fixtures"
import { MemoryJournal } from "../../../testing/memory-journal"
import { buildMocasaGateway } from "../../mocasa/gateway"
import { mocasaOptions } from "../../mocasa/options"
import type { GatewayContext } from "../context"
import type { OrderReport } from "../gateway"
import { syncForShopper } from "../payment-status"
import { syncOrder } from "../sync-order"
import { FakeStore, referenceOf } from "../../../testing/fake-store"

const call = { gateway: "acme", operation: "query" }

/** An order that is open, and a gateway that answers each question so. */
async function asking(answer: () => Promise<OrderReport>, now = () => new Date()) {
  const journal = new MemoryJournal({ now })
  const { reference } = newOrder({})
  await journal.openOrder(newOrder({ reference }))
  const order = (await journal.changeOrder(reference, { state: "open" }))!
  let questions = 0
  const options = mocasaOptions.parse({
    baseUrl: "https://api.acme.example",
    clientKey: "key",
    clientSecret: "secret",
    returnUrl: "https://shop.example/return",
  })
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const context: GatewayContext = {
    gateway: {
      ...buildMocasaGateway(options, { now, onCall: () => {} }),
      queryOrder: async () => {
        questions += 1
        return await answer()
      },
    },
    journal,
    log,
    announce: async () => {},
    sleep: async () => {},
    noteFailure: async () => undefined,
    leaseMs: 1_000,
  }
  return { context, order, journal, questions: () => questions }
}

describe("an order that is asked about", () => {
  it("is unpaid where the gateway's table calls its refusal: there is none", async () => {
    const none = new GatewayDeclinedError({ ...call, isNotFound: true, code: "E_NONE" })
    const { context, order } = await asking(async () => Promise.reject(none))
    expect(await syncOrder(context, order)).toMatchObject({
      order: { state: "open" },
      decision: { type: "pending" },
    })
  })

  it.each([
    new GatewayDeclinedError(call),
    new GatewayDeclinedError({ ...call, reason: "unauthorized" }),
    new GatewayUnknownError({ ...call, reason: "server_error" }),
  ])("is not known where it refuses in another way: $message", async (refusal) => {
    const { context, order } = await asking(async () => Promise.reject(refusal))
    await expect(syncOrder(context, order)).rejects.toBe(refusal)
  })
})

describe("the end of an order whose first answer was lost", () => {
  const end = new Date("2030-01-01T12:00:00Z")
  const told = { state: "pending", rawStatus: "WAIT", money: "as_ordered" } as const

  /** Opened at the gateway, by a call whose answer never came. */
  async function lost(reports: readonly Partial<OrderReport>[]) {
    const left = [...reports]
    const { context, order } = await asking(async () => {
      const next = left.shift()
      return await Promise.resolve({ ...told, ...next })
    })
    return { context, order }
  }

  it("is kept from whatever asks first, so that what runs out is over", async () => {
    const { context, order } = await lost([{ expiresAt: end }])
    expect(order.expires_at).toBeNull()
    expect((await syncOrder(context, order)).order.expires_at).toEqual(end)
  })

  it("stays what it was first, where the gateway's later answers tell another", async () => {
    const { context, order } = await lost([
      { expiresAt: end },
      { expiresAt: new Date("2031-01-01") },
    ])
    const { order: once } = await syncOrder(context, order)
    expect((await syncOrder(context, once)).order.expires_at).toEqual(end)
  })

  it("is not asked for where it tells none", async () => {
    const { context, order } = await lost([{}])
    expect((await syncOrder(context, order)).order.expires_at).toBeNull()
  })
})

describe("a question for shoppers", () => {
  it("is one while it runs, whoever asks, and tells all of them the same error", async () => {
    const away = new GatewayUnknownError({ ...call, reason: "reset" })
    const { context, order, questions } = await asking(async () => Promise.reject(away))
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, async () => await syncForShopper(context, order))
    )
    expect(all.every((one) => one.status === "rejected" && one.reason === away)).toBe(true)
    expect(questions()).toBe(1)
  })

  it("is answered by what the journal holds by then, until the pace lets another begin", async () => {
    let time = 0
    const away = new GatewayUnknownError({ ...call, reason: "reset" })
    const { context, order, journal, questions } = await asking(
      async () => Promise.reject(away),
      () => new Date(time)
    )
    await syncForShopper(context, order).catch(() => undefined)
    expect(await syncForShopper(context, order)).toMatchObject({ decision: { type: "pending" } })
    await journal.changeOrder(order.reference, { state: "paid" })
    expect(await syncForShopper(context, order)).toMatchObject({ decision: { type: "paid" } })
    expect(questions()).toBe(1)
    time += 2_000
    await syncForShopper(context, order).catch(() => undefined)
    expect(questions()).toBe(2)
  })
})

describe("the gateway's own word", () => {
  it("is kept so that a database takes it, whatever is in it: the order is paid", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const reference = referenceOf(session)
    store.gateway.pay(reference)
    const { queryOrder } = store.gateway
    jest.spyOn(store.gateway, "queryOrder").mockImplementation(async (order) => ({
      ...(await queryOrder.call(store.gateway, order)),
      rawStatus: `PAID\0${"x".repeat(1_000)}`,
    }))
    expect(await store.authorize(session)).toBeDefined()
    const { state, raw_status } = await store.order(session)
    expect(state).toBe("paid")
    expect(raw_status).toMatch(/^PAID x{54}…$/)
  })

  it("is kept as it came, beside what it means", async () => {
    const store = new FakeStore()
    const { session } = await store.authorized()
    const { reference } = (await store.order(session))!
    expect(await store.order(session)).toMatchObject({ state: "paid", raw_status: "PAID" })
    store.gateway.order(reference).word = "TAKEN_BACK"
    await store.webhook({ reference, word: "TAKEN_BACK" })
    expect(await store.order(session)).toMatchObject({ raw_status: "TAKEN_BACK" })
  })
})

describe("a chargeback", () => {
  it("is told once, and changes the order's state", async () => {
    const store = new FakeStore()
    const { session } = await store.authorized()
    const reference = referenceOf(session)
    store.gateway.order(reference).word = "TAKEN_BACK"
    const event = { reference, word: "TAKEN_BACK" }
    expect(await store.webhook(event)).toMatchObject({ action: "not_supported" })
    await store.webhook(event)
    expect(store.events).toEqual([
      {
        name: "payment.chargeback",
        data: expect.objectContaining({ reference, amount: "100.00" }),
      },
    ])
    expect(await store.order(session)).toMatchObject({ state: "chargeback" })
    expect(store.said("error")).toContain(reference)
  })

  it("is written down although nobody could be told", async () => {
    const store = new FakeStore()
    const { session } = await store.authorized()
    const reference = referenceOf(session)
    store.gateway.order(reference).word = "TAKEN_BACK"
    store.events.push = () => {
      throw new Error("the bus is down")
    }
    await store.webhook({ reference, word: "TAKEN_BACK" })
    expect(await store.order(session)).toMatchObject({ state: "chargeback" })
  })
})

describe("the later charges of a subscription", () => {
  async function subscription() {
    const store = new FakeStore()
    const { session } = await store.authorized()
    const reference = referenceOf(session)
    const charge = (total: string, number: number) => {
      store.gateway.extra = {
        series: {
          event: "fake.series_charged",
          gatewayId: "S1",
          number,
          total: decimal(total),
          currency: "php",
        },
      }
      return { reference, word: "PAID", unproven: true, later: true }
    }
    return { store, reference, charge }
  }

  it("are told each once, with their amounts", async () => {
    const { store, charge } = await subscription()
    await store.webhook(charge("200", 2))
    await store.webhook(charge("200", 2))
    await store.webhook(charge("350.5", 4))
    expect(store.events.map(({ name, data }) => [name, data.amount, data.total_amount])).toEqual([
      ["fake.series_charged", "100", "200"],
      ["fake.series_charged", "150.5", "350.5"],
    ])
  })

  it("are told once where two notifications come at once", async () => {
    const { store, charge } = await subscription()
    const event = charge("200", 2)
    await Promise.all([store.webhook(event), store.webhook(event), store.webhook(event)])
    expect(store.events).toHaveLength(1)
  })

  it("are none where nothing but the order was charged", async () => {
    const { store, charge } = await subscription()
    await store.webhook(charge("100", 1))
    expect(store.events).toEqual([])
  })
})

describe("a message that nobody proved to have sent", () => {
  it("makes the gateway be asked while there is something to find out", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const reference = referenceOf(session)
    store.gateway.pay(reference)
    expect(await store.webhook({ reference, word: "x", unproven: true })).toMatchObject({
      action: "captured",
    })
  })

  it("costs no question once the journal knows, and still completes what was not completed", async () => {
    const store = new FakeStore()
    const session = await store.createSession()
    const reference = referenceOf(session)
    store.gateway.pay(reference)
    const event = { reference, word: "x", unproven: true }
    await store.webhook(event)
    const asked = store.gateway.callsOf("queryOrder").length
    expect(await store.webhook(event)).toMatchObject({ action: "captured" })
    expect(store.gateway.callsOf("queryOrder")).toHaveLength(asked)
  })
})
