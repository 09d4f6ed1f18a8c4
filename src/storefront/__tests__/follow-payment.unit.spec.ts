import { EventEmitter } from "node:events"
import { followPayment, type PaymentProgress } from "../follow-payment"
import type { TabLike } from "../within"
import { fakeStore } from "./fake-store"

/** A tab that the shopper leaves for a wallet. */
function fakeTab() {
  const events = new EventEmitter()
  const tab: TabLike & { visibilityState: string } = {
    visibilityState: "visible",
    addEventListener: (type, listener) => void events.on(type, listener),
    removeEventListener: (type, listener) => void events.off(type, listener),
  }
  return {
    tab,
    comeBack: () => void events.emit("visibilitychange"),
    listeners: () => events.listenerCount("visibilitychange"),
  }
}

describe("following a payment to its end", () => {
  beforeEach(() => {
    jest.useFakeTimers()
  })

  afterEach(() => {
    expect(jest.getTimerCount()).toBe(0)
    jest.useRealTimers()
  })

  function follow(
    store: ReturnType<typeof fakeStore>,
    followed: { cartId?: string | null; sessionId?: string | null } = { cartId: "cart_1" }
  ) {
    const seen: string[] = []
    const stop = new AbortController()
    const { tab, comeBack, listeners } = fakeTab()
    const onProgress = (progress: PaymentProgress) =>
      void seen.push(progress.type === "ended" ? progress.state : progress.type)
    const following = followPayment(store.fetch, followed, {
      onProgress,
      tab,
      patienceMs: 20_000,
      signal: stop.signal,
    })
    const left = async () => {
      stop.abort()
      await following.catch(() => undefined)
      expect(listeners()).toBe(0)
    }
    return { seen, following, comeBack, left }
  }

  it("asks nothing where there is no cart", async () => {
    const store = fakeStore()
    const { seen, following } = follow(store, { cartId: null })
    await following
    expect(seen).toEqual(["none"])
    expect(store.asked).toEqual([])
  })

  it("says that nothing is to be paid where no way to pay is chosen", async () => {
    const { seen, following } = follow(fakeStore({ action: null }))
    await following
    expect(seen).toEqual(["none"])
  })

  it("shows first what there is to pay with, then the order", async () => {
    const { seen, following } = follow(fakeStore({ states: ["pending", "paid"] }))
    await jest.advanceTimersByTimeAsync(10)
    expect(seen).toEqual(["waiting"])
    await jest.advanceTimersByTimeAsync(5_000)
    await following
    expect(seen).toEqual(["waiting", "ordered"])
  })

  it("finds by itself that a payment was made after it had failed", async () => {
    const store = fakeStore({ states: ["failed", "failed", "failed", "paid"] })
    const { seen, following } = follow(store)
    await jest.advanceTimersByTimeAsync(60_000)
    await following
    expect(seen).toEqual(["waiting", "failed", "ordered"])
  })

  it("asks again when the shopper comes back after the time was over", async () => {
    const store = fakeStore({ states: ["expired"] })
    const { seen, following, comeBack } = follow(store)
    await jest.advanceTimersByTimeAsync(60_000)
    expect(seen).toEqual(["waiting", "expired"])
    store.pay()
    comeBack()
    await jest.advanceTimersByTimeAsync(1_000)
    await following
    expect(seen).toEqual(["waiting", "expired", "ordered"])
  })

  it("shows nothing anew where the shopper comes back and nothing has changed", async () => {
    const { seen, comeBack, left } = follow(fakeStore({ states: ["canceled"] }))
    await jest.advanceTimersByTimeAsync(1_000)
    comeBack()
    await jest.advanceTimersByTimeAsync(1_000)
    expect(seen).toEqual(["waiting", "canceled"])
    await left()
  })

  it("gives up some day", async () => {
    const store = fakeStore({ states: ["failed"] })
    const { following } = follow(store)
    await jest.advanceTimersByTimeAsync(2 * 60 * 60_000)
    await following
    expect(store.asked.length).toBeLessThan(100)
  })

  it("tells no more when the shopper has left", async () => {
    const store = fakeStore({ states: ["pending"] })
    const { seen, left } = follow(store)
    await jest.advanceTimersByTimeAsync(1_000)
    await left()
    store.pay()
    await jest.advanceTimersByTimeAsync(60_000)
    expect(seen).toEqual(["waiting"])
  })

  describe("in a browser that does not have the cart", () => {
    it("says that it is paid, by the session alone", async () => {
      const store = fakeStore({ states: ["pending", "paid"] })
      const { seen, following } = follow(store, { sessionId: "payses_1" })
      await jest.advanceTimersByTimeAsync(5_000)
      await following
      expect(seen).toEqual(["waiting", "paid"])
      expect(store.asked.every((question) => question.endsWith("payses_1/refresh"))).toBe(true)
    })

    it("takes the session where the cart that it has is another one", async () => {
      const store = fakeStore({ states: ["paid"] })
      const { seen, following } = follow(store, { cartId: "cart_2", sessionId: "payses_1" })
      await jest.advanceTimersByTimeAsync(1_000)
      await following
      expect(seen).toEqual(["waiting", "paid"])
    })
  })
})
