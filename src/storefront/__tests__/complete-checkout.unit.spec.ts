import { completeCheckout, type CompleteOptions } from "../complete-checkout"
import { fakeStore, httpError, redirect } from "./fake-store"

const quick: CompleteOptions = { everyMs: 1, patienceMs: 30_000 }

describe("completeCheckout", () => {
  beforeEach(() => {
    jest.useFakeTimers()
  })

  afterEach(() => {
    expect(jest.getTimerCount()).toBe(0)
    jest.useRealTimers()
  })

  /** Runs the clock until the checkout has ended. */
  async function ended<Result>(checkout: Promise<Result>): Promise<Result> {
    let over = false
    const mark = () => {
      over = true
    }
    checkout.then(mark, mark)
    for (let seconds = 0; !over && seconds < 300; seconds += 1) {
      await jest.advanceTimersByTimeAsync(1_000)
    }
    return await checkout
  }

  it("waits for the payment, then gives the order", async () => {
    const store = fakeStore({ states: ["pending", "paid"] })
    const shown: string[] = []
    const onSession = ({ id }: { id: string }) => void shown.push(id)
    expect(await ended(completeCheckout(store.fetch, "cart_1", { ...quick, onSession }))).toEqual({
      type: "ordered",
      orderId: "order_1",
    })
    expect(shown).toEqual(["payses_1"])
    expect(store.orders).toBe(1)
  })

  it("completes at once where nothing is left to do for the shopper", async () => {
    const store = fakeStore({ action: { type: "none" }, states: ["paid"] })
    await ended(completeCheckout(store.fetch, "cart_1", quick))
    expect(store.asked).toEqual(["GET /store/carts/cart_1", "POST /store/carts/cart_1/complete"])
  })

  it("waits where the shop's server has charged and does not know yet what became of it", async () => {
    const store = fakeStore({
      action: { type: "none" },
      states: ["pending", "paid"],
      isAuthorizedLater: true,
    })
    expect(await ended(completeCheckout(store.fetch, "cart_1", quick))).toMatchObject({
      type: "ordered",
    })
  })

  it("gives the order again after a reload, without asking about the payment", async () => {
    const store = fakeStore({ states: ["paid"] })
    await ended(completeCheckout(store.fetch, "cart_1", quick))
    store.asked.length = 0
    expect(await ended(completeCheckout(store.fetch, "cart_1", quick))).toEqual({
      type: "ordered",
      orderId: "order_1",
    })
    expect(store.asked.some((question) => question.includes("refresh"))).toBe(false)
  })

  it.each(["coded", "sdk"] as const)(
    "gives both of a double tap the one order (%s errors)",
    async (errors) => {
      const store = fakeStore({ states: ["paid"], completionMs: 3_000, errors })
      const both = [1, 2].map(() => completeCheckout(store.fetch, "cart_1", quick))
      expect(await ended(Promise.all(both))).toEqual([
        { type: "ordered", orderId: "order_1" },
        { type: "ordered", orderId: "order_1" },
      ])
      expect(store.orders).toBe(1)
    }
  )

  it("gives the order that the gateway's message made while it waited", async () => {
    const store = fakeStore({ states: ["pending"] })
    const checkout = completeCheckout(store.fetch, "cart_1", quick)
    await jest.advanceTimersByTimeAsync(3_000)
    store.pay()
    store.order()
    expect(await ended(checkout)).toEqual({ type: "ordered", orderId: "order_1" })
    expect(store.orders).toBe(1)
  })

  it("takes the order that a 409 names", async () => {
    const store = fakeStore({ states: ["paid"], completionRefusals: ["cart_already_paid"] })
    expect(await ended(completeCheckout(store.fetch, "cart_1", quick))).toEqual({
      type: "ordered",
      orderId: "order_1",
    })
  })

  it.each(["failed", "expired", "canceled", "mismatch"] as const)(
    "makes no order of a payment that is %s",
    async (state) => {
      const store = fakeStore({ states: [state] })
      expect(await ended(completeCheckout(store.fetch, "cart_1", quick))).toMatchObject({
        type: "unpaid",
        state,
        session: { id: "payses_1", amount: 12.5 },
      })
      expect(store.asked.some((question) => question.includes("complete"))).toBe(false)
    }
  )

  it("says pending when the patience is over", async () => {
    const store = fakeStore({ states: ["pending"] })
    const checkout = completeCheckout(store.fetch, "cart_1", { patienceMs: 5_000 })
    expect(await ended(checkout)).toMatchObject({ type: "unpaid", state: "pending" })
  })

  it.each(["coded", "sdk"] as const)(
    "says that the cart costs another amount by now (%s errors)",
    async (errors) => {
      const store = fakeStore({ states: ["paid"], total: 99, errors })
      await expect(ended(completeCheckout(store.fetch, "cart_1", quick))).rejects.toMatchObject({
        code: "cart_changed",
        status: 409,
      })
    }
  )

  it("does not have a shopper pay for a cart that costs another amount by now", async () => {
    const store = fakeStore({ states: ["pending"], total: 99 })
    await expect(ended(completeCheckout(store.fetch, "cart_1"))).rejects.toMatchObject({
      code: "cart_changed",
    })
    expect(store.asked.filter((question) => question.includes("refresh"))).toHaveLength(1)
  })

  it("tells that what was paid for a changed cart does not fit, and not to pay again", async () => {
    const store = fakeStore({ states: ["mismatch"], total: 99 })
    expect(await ended(completeCheckout(store.fetch, "cart_1"))).toMatchObject({
      type: "unpaid",
      state: "mismatch",
    })
  })

  it("takes a total that was rounded elsewhere for the same", async () => {
    const store = fakeStore({ states: ["pending", "paid"], total: 12.504 })
    expect(await ended(completeCheckout(store.fetch, "cart_1", quick))).toMatchObject({
      type: "ordered",
    })
  })

  it("says that no payment is chosen, as after a change of the cart in another window", async () => {
    const store = fakeStore({ action: null })
    await expect(ended(completeCheckout(store.fetch, "cart_1", quick))).rejects.toMatchObject({
      code: "no_payment_chosen",
    })
  })

  it("says that there is no such cart", async () => {
    const gone = async () => {
      throw httpError(404, "Cart id not found")
    }
    await expect(ended(completeCheckout(gone, "cart_1"))).rejects.toMatchObject({
      code: "cart_not_found",
    })
  })

  it("says that the shop has to settle it where a paid cart can't be an order", async () => {
    const store = fakeStore({ states: ["paid"], completionRefusals: ["out_of_stock"] })
    await expect(ended(completeCheckout(store.fetch, "cart_1", quick))).rejects.toMatchObject({
      code: "paid_without_order",
      message: "Some variant does not have the required inventory",
    })
  })

  it("says that nothing was paid where an unpaid cart can't be an order", async () => {
    const action = { type: "none" }
    const store = fakeStore({ action, states: ["pending"], completionRefusals: ["out_of_stock"] })
    await expect(ended(completeCheckout(store.fetch, "cart_1", quick))).rejects.toMatchObject({
      code: "order_refused",
    })
  })

  it("outlives a connection that is away for a moment, at every question", async () => {
    const store = fakeStore({ states: ["paid"], failures: 5 })
    expect(await ended(completeCheckout(store.fetch, "cart_1", quick))).toMatchObject({
      type: "ordered",
    })
  })

  it("says that the store can't be reached, at last", async () => {
    const away = async () => {
      throw new TypeError("Failed to fetch")
    }
    await expect(ended(completeCheckout(away, "cart_1"))).rejects.toMatchObject({ code: "offline" })
  })

  it("says that a paid cart's order is not ready where another request does not end", async () => {
    const store = fakeStore({ states: ["paid"], completionMs: 10 * 60_000 })
    const first = new AbortController()
    const other = completeCheckout(store.fetch, "cart_1", { ...quick, signal: first.signal })
    await jest.advanceTimersByTimeAsync(5)
    const checkout = completeCheckout(store.fetch, "cart_1", { ...quick, orderWithinMs: 5_000 })
    await expect(ended(checkout)).rejects.toMatchObject({ code: "order_not_ready" })
    first.abort()
    await expect(other).rejects.toBe(first.signal.reason)
    store.forget()
  })

  it("ends with the signal's reason when the shopper leaves, whatever is under way", async () => {
    const stop = new AbortController()
    const store = fakeStore({ states: ["pending"] })
    const checkout = completeCheckout(store.fetch, "cart_1", { signal: stop.signal })
    await jest.advanceTimersByTimeAsync(4_000)
    stop.abort(new Error("left"))
    await expect(checkout).rejects.toThrow("left")
  })

  it("follows a payment that leads to a page as one that is shown here", async () => {
    const store = fakeStore({ action: redirect, states: ["paid"] })
    expect(await ended(completeCheckout(store.fetch, "cart_1", quick))).toMatchObject({
      type: "ordered",
    })
  })
})
