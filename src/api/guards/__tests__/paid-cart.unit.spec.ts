import { MocasaServer, success } from "../../../gateways/mocasa/__tests__/fake-mocasa"
import { newOrder } from "../../../modules/payment-journal/__tests__/fixtures"
import type { GatewayOrderState } from "../../../modules/payment-journal/gateway-order"
import { MemoryJournal } from "../../../testing/memory-journal"
import { paidCart, paidCartOfCollection } from "../paid-cart"
import { FakeRequest } from "./fake-request"

type Completed = { result?: { id: string }; errors: { error?: Error }[] }

const mockComplete = jest.fn<Promise<Completed>, [unknown]>()
jest.mock("../../../workflows/payments/cart-completion", () => ({
  completingCart: async (_container: object, _cartId: string, complete: () => Promise<unknown>) =>
    await complete(),
}))
/** Only the guard of the completion runs them. */
jest.mock("../../../workflows", () => ({}))
jest.mock("@medusajs/medusa/core-flows", () => ({
  completeCartWorkflow: () => ({ run: mockComplete }),
}))
/** The connection in these tests is the journal itself. */
jest.mock("../../../modules/payment-journal/repositories/journal", () => ({
  PostgresJournal: function (journal: object) {
    return journal
  },
}))

const patienceMs = 3_000
let server: MocasaServer
let journal: MemoryJournal
let now: Date

beforeEach(async () => {
  server = new MocasaServer()
  await server.start()
  now = new Date()
  journal = new MemoryJournal({ cartOf: () => "cart_1", now: () => now })
  mockComplete.mockReset()
  mockComplete.mockResolvedValue({ result: { id: "order_1" }, errors: [] })
})

afterEach(async () => {
  jest.useRealTimers()
  await server.stop()
})

/** An order that was opened for cart_1 and could still be paid. */
async function opened(change: Parameters<typeof newOrder>[0] = {}): Promise<string> {
  const order = newOrder({
    provider_id: "pp_mocasa_mocasa",
    payment_collection_id: "pay_col_1",
    ...change,
  })
  await journal.openOrder(order)
  await journal.changeOrder(order.reference, { state: "open" })
  return order.reference
}

function mocasaSays(orderNo: string, txStatus: string | null): void {
  server.answers = [success({ orderNo, txStatus })]
}

function request(change: { id?: string; timeoutMs?: number } = {}) {
  const options = {
    baseUrl: server.url,
    clientKey: "mp_key",
    clientSecret: "a-client-secret",
    returnUrl: "https://shop.example/return",
    timeoutMs: change.timeoutMs ?? 15_000,
  }
  return new FakeRequest({
    id: change.id ?? "cart_1",
    connection: journal,
    providers: [{ resolve: "medusa-regional-payments/providers/mocasa", id: "mocasa", options }],
    carts: { pay_col_1: { id: "cart_1" } },
  })
}

async function changed(made = request(), guard = paidCart): Promise<FakeRequest> {
  await guard(made.req, made.res, made.next)
  return made
}

const letPass = { passed: 1, answer: undefined }

describe("a cart that is changed", () => {
  it("is let pass without asking anybody where nothing was opened for it", async () => {
    expect(await changed()).toMatchObject(letPass)
    expect(server.requests).toEqual([])
  })

  it("is let pass where the order is another cart's", async () => {
    await opened()
    expect(await changed(request({ id: "cart_2" }))).toMatchObject(letPass)
    expect(server.requests).toEqual([])
  })

  it.each([null, "failed", "whatever"])(
    "is let pass where Mocasa says that it is not paid: %s",
    async (txStatus) => {
      mocasaSays(await opened(), txStatus)
      expect(await changed()).toMatchObject(letPass)
      expect(mockComplete).not.toHaveBeenCalled()
    }
  )

  it("is let pass where the gateway can't be asked, and the log says what is not known", async () => {
    const reference = await opened()
    await server.stop()
    const made = await changed(request({ timeoutMs: 500 }))
    expect(made).toMatchObject(letPass)
    expect(made.logged.join()).toContain(
      `A cart is changed without knowing whether ${reference} was paid`
    )
  })

  it("is let pass where the answer is about another order", async () => {
    await opened()
    mocasaSays("01JQ7ZK3V5W8X9Y0A1B2C3D4E50", "success")
    expect(await changed()).toMatchObject(letPass)
    expect(mockComplete).not.toHaveBeenCalled()
  })

  it("is let pass where the provider is not configured any more", async () => {
    await opened({ provider_id: "pp_mocasa_gone" })
    expect(await changed()).toMatchObject(letPass)
  })

  it("is answered with its order where it was paid a moment ago", async () => {
    const reference = await opened()
    mocasaSays(reference, "success")
    const made = await changed()
    expect(made.passed).toBe(0)
    expect(made.answer).toEqual({
      status: 409,
      body: {
        type: "not_allowed",
        code: "cart_already_paid",
        message: expect.stringContaining("order_1"),
        order_id: "order_1",
      },
    })
    expect(mockComplete).toHaveBeenCalledWith({ input: { id: "cart_1" }, throwOnError: false })
    expect(await journal.findOrder(reference)).toMatchObject({ state: "paid" })
  })

  it("is let pass, and shouted about, where it was paid but can't be made an order", async () => {
    const reference = await opened()
    mocasaSays(reference, "success")
    mockComplete.mockResolvedValue({ errors: [{ error: new Error("Out of stock") }] })
    const made = await changed()
    expect(made).toMatchObject(letPass)
    expect(made.logged.join()).toMatch(
      /cart_1 was paid but could not be made an order: Out of stock/
    )
    expect(await journal.findOrder(reference)).toMatchObject({ state: "paid" })
  })
})

describe("changes of one cart that come one upon the other", () => {
  const questions = () => server.calls.length

  const changedAtOnce = async (count: number) =>
    await Promise.all(Array.from({ length: count }, async () => await changed()))

  it("share one question while it runs", async () => {
    mocasaSays(await opened(), null)
    server.delayMs = 50
    const all = await changedAtOnce(300)
    expect(all.every(({ passed }) => passed === 1)).toBe(true)
    expect(questions()).toBe(1)
  })

  it("are let pass by the last answer for a moment after it, whichever server it was told", async () => {
    mocasaSays(await opened(), null)
    await changed()
    expect(await changed()).toMatchObject(letPass)
    expect(questions()).toBe(1)
  })

  it("share the error of a question that failed", async () => {
    await opened()
    server.answers = []
    const all = await changedAtOnce(5)
    expect(all.every(({ passed }) => passed === 1)).toBe(true)
    expect(questions()).toBeLessThanOrEqual(3) // one question with its repeats
  })

  it("are all answered with the one order, which is made once", async () => {
    mocasaSays(await opened(), "success")
    const all = await changedAtOnce(20)
    expect(new Set(all.map(({ answer }) => answer?.status))).toEqual(new Set([409]))
    expect(questions()).toBe(1)
    expect(mockComplete).toHaveBeenCalledTimes(1)
  })

  it("ask again once the answer is old", async () => {
    mocasaSays(await opened(), null)
    await changed()
    now = new Date(now.getTime() + 2_000)
    await changed()
    expect(questions()).toBe(2)
  })
})

describe("a shopper who waits for a gateway", () => {
  const hanging = async () => {
    server.delayMs = 60_000
    jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate", "performance"] })
    const made = request()
    const guarded = changed(made)
    await jest.advanceTimersByTimeAsync(patienceMs - 1)
    expect(made.passed).toBe(0)
    await jest.advanceTimersByTimeAsync(1)
    return { made, guarded }
  }

  it("waits three seconds and no longer", async () => {
    await opened()
    const { made, guarded } = await hanging()
    await guarded
    expect(made).toMatchObject(letPass)
  })

  it("waits no longer where two orders were opened for the cart", async () => {
    await opened()
    await opened()
    const { made } = await hanging()
    expect(made).toMatchObject(letPass)
  })
})

describe("a payment method that is chosen again", () => {
  const chosen = (id: string) => changed(request({ id }), paidCartOfCollection)

  it("is let pass where the collection has no cart", async () => {
    await opened()
    expect(await chosen("pay_col_9")).toMatchObject(letPass)
    expect(server.requests).toEqual([])
  })

  it("is let pass where nothing was paid", async () => {
    mocasaSays(await opened(), null)
    expect(await chosen("pay_col_1")).toMatchObject(letPass)
  })

  it("is answered with the cart's order where it was paid", async () => {
    mocasaSays(await opened(), "success")
    expect((await chosen("pay_col_1")).answer).toMatchObject({
      status: 409,
      body: { order_id: "order_1" },
    })
  })
})

/** The webhook was read, and Medusa has not completed the cart yet. */
async function changeOfCartIn(state: GatewayOrderState): Promise<FakeRequest> {
  const journal = new MemoryJournal({ cartOf: () => "cart_1" })
  const order = newOrder({
    provider_id: "pp_mocasa_mocasa",
    payment_collection_id: "pay_col_1",
  })
  await journal.openOrder(order)
  await journal.changeOrder(order.reference, { state })
  const options = {
    baseUrl: "http://127.0.0.1:9", // nobody listens: what the journal knows must be enough
    clientKey: "mp_key",
    clientSecret: "a-client-secret",
    returnUrl: "https://shop.example/return",
  }
  const made = new FakeRequest({
    id: "cart_1",
    connection: journal,
    providers: [{ resolve: "medusa-regional-payments/providers/mocasa", id: "mocasa", options }],
    carts: {},
  })
  await paidCart(made.req, made.res, made.next)
  return made
}

describe("a cart whose payment the journal knows", () => {
  it.each(["paid", "authorized"] as const)(
    "can't be changed any more: it was %s and only waits to be completed",
    async (state) => {
      const { passed, answer } = await changeOfCartIn(state)
      expect(passed).toBe(0)
      expect(answer).toMatchObject({ status: 409 })
      expect(mockComplete).toHaveBeenCalled()
    }
  )

  it.each(["refunded", "chargeback", "canceled"] as const)("can be changed: %s", async (state) => {
    expect(await changeOfCartIn(state)).toMatchObject({ passed: 1, answer: undefined })
  })
})
