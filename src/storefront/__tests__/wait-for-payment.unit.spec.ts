import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { CheckoutError } from "../checkout-error"
import type { PaymentState } from "../payment-state"
import type { StoreFetch } from "../store-fetch"
import { waitForPayment } from "../wait-for-payment"

type Answer = PaymentState | Error | object

/** Answers in their order; the last one for ever. */
function storeThatSays(...answers: Answer[]) {
  const asked: string[] = []
  const storeFetch: StoreFetch = async (path, { method }) => {
    asked.push(`${method} ${path}`)
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (answer instanceof Error) {
      throw answer
    }
    return typeof answer === "object" ? answer : { payment_session: { id: "x", state: answer } }
  }
  return { storeFetch, asked }
}

const quick = { everyMs: 1, patienceMs: 1_000 }

describe("waitForPayment", () => {
  it("asks until the payment is decided, and no longer", async () => {
    const { storeFetch, asked } = storeThatSays("pending", "pending", "paid")
    expect(await waitForPayment(storeFetch, "payses_1", quick)).toBe("paid")
    expect(asked).toHaveLength(3)
    expect(asked[0]).toBe("POST /store/payment-sessions/payses_1/refresh")
  })

  it.each(["authorized", "failed", "expired", "canceled", "mismatch"] as const)(
    "ends with %s",
    async (state) => {
      const { storeFetch, asked } = storeThatSays(state)
      expect(await waitForPayment(storeFetch, "payses_1", quick)).toBe(state)
      expect(asked).toHaveLength(1)
    }
  )

  it("asks again where a question failed, or its answer can't be read", async () => {
    const answers: Answer[] = [
      new Error("offline"),
      {},
      { payment_session: { state: "dance" } },
      "paid",
    ]
    const { storeFetch } = storeThatSays(...answers)
    expect(await waitForPayment(storeFetch, "payses_1", quick)).toBe("paid")
  })

  it("gives up as pending when its patience is over", async () => {
    const { storeFetch, asked } = storeThatSays("pending")
    expect(await waitForPayment(storeFetch, "payses_1", { everyMs: 5, patienceMs: 0 })).toBe(
      "pending"
    )
    expect(asked).toHaveLength(1)
  })

  it("stops in the middle of a pause when it is told to", async () => {
    const { storeFetch, asked } = storeThatSays("pending")
    const stop = new AbortController()
    const onState = () => setTimeout(() => stop.abort(), 1)
    const waiting = waitForPayment(storeFetch, "payses_1", {
      everyMs: 60_000,
      signal: stop.signal,
      onState,
    })
    expect(await waiting).toBe("pending")
    expect(asked).toHaveLength(1)
  })

  it("asks nothing when it was stopped before", async () => {
    const { storeFetch, asked } = storeThatSays("paid")
    await waitForPayment(storeFetch, "payses_1", { signal: AbortSignal.abort() })
    expect(asked).toEqual([])
  })

  it("does not go on asking about a payment that the store does not have", async () => {
    const { storeFetch, asked } = storeThatSays(Object.assign(new Error("No"), { status: 404 }))
    const error = await waitForPayment(storeFetch, "payses_1", quick).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(CheckoutError)
    expect(error).toMatchObject({ code: "payment_not_found", status: 404 })
    expect(asked).toHaveLength(1)
  })

  it("tells at once that the store refuses to be asked, such as for an unknown key", async () => {
    const { storeFetch } = storeThatSays(Object.assign(new Error("Bad key"), { status: 400 }))
    await expect(waitForPayment(storeFetch, "payses_1", quick)).rejects.toMatchObject({
      code: "refused",
      message: "Bad key",
    })
  })

  it.each([408, 409, 429, 500, 503])("asks again after %i", async (status) => {
    const { storeFetch, asked } = storeThatSays(
      Object.assign(new Error("Not now"), { status }),
      "paid"
    )
    expect(await waitForPayment(storeFetch, "payses_1", quick)).toBe("paid")
    expect(asked).toHaveLength(2)
  })

  it("keeps an id from leading elsewhere", async () => {
    const { storeFetch, asked } = storeThatSays("paid")
    await waitForPayment(storeFetch, "../carts/1?x=", quick)
    expect(asked[0]).toBe("POST /store/payment-sessions/..%2Fcarts%2F1%3Fx%3D/refresh")
  })
})

describe("waitForPayment, where the store is slow or hostile", () => {
  const never = () => new Promise<never>(() => {})

  /** Questions that stay open until the test answers them. */
  function storeThatHangs() {
    const questions: { signal: AbortSignal; answer(state: PaymentState): void }[] = []
    const storeFetch: StoreFetch = (_path, { signal }) =>
      new Promise((resolve) => {
        const answer = (state: PaymentState) => resolve({ payment_session: { state } })
        questions.push({ signal, answer })
      })
    return { storeFetch, questions }
  }

  class Tab extends EventTarget {
    visibilityState = "visible"
    listeners = 0

    override addEventListener(...args: Parameters<EventTarget["addEventListener"]>): void {
      this.listeners += 1
      super.addEventListener(...args)
    }
    override removeEventListener(...args: Parameters<EventTarget["removeEventListener"]>): void {
      this.listeners -= 1
      super.removeEventListener(...args)
    }
    turn(visibilityState: "visible" | "hidden"): void {
      this.visibilityState = visibilityState
      this.dispatchEvent(new Event("visibilitychange"))
    }
  }

  beforeEach(() => {
    jest.useFakeTimers()
  })

  afterEach(() => {
    expect(jest.getTimerCount()).toBe(0)
    jest.useRealTimers()
  })

  it("settles when its patience is over although no answer ever comes, and lets go of each question", async () => {
    const { storeFetch, questions } = storeThatHangs()
    const waiting = waitForPayment(storeFetch, "payses_1", { patienceMs: 60_000 })
    await jest.advanceTimersByTimeAsync(60_000)
    expect(await waiting).toBe("pending")
    expect(questions.length).toBeGreaterThan(2)
    expect(questions.every(({ signal }) => signal.aborted)).toBe(true)
  })

  it("asks again where an answer takes too long, and takes the next one", async () => {
    const { storeFetch, questions } = storeThatHangs()
    const told: PaymentState[] = []
    const onState = (state: PaymentState) => void told.push(state)
    const waiting = waitForPayment(storeFetch, "payses_1", { answerMs: 5_000, onState })
    await jest.advanceTimersByTimeAsync(8_000)
    questions[1]!.answer("paid")
    expect(await waiting).toBe("paid")
    questions[0]!.answer("failed")
    await jest.advanceTimersByTimeAsync(0)
    expect(told).toEqual(["paid"])
  })

  it("settles at once when it is stopped while a question is under way, and ends the question", async () => {
    const { storeFetch, questions } = storeThatHangs()
    const stop = new AbortController()
    const waiting = waitForPayment(storeFetch, "payses_1", { signal: stop.signal })
    await jest.advanceTimersByTimeAsync(10)
    expect(questions[0]!.signal.aborted).toBe(false)
    stop.abort()
    expect(await waiting).toBe("pending")
    expect(questions[0]!.signal.aborted).toBe(true)
  })

  it("keeps the state that it was told when it is stopped at the next question", async () => {
    let questions = 0
    const stop = new AbortController()
    const storeFetch: StoreFetch = async () => {
      questions += 1
      return questions === 1 ? { payment_session: { state: "pending" } } : await never()
    }
    const waiting = waitForPayment(storeFetch, "payses_1", { signal: stop.signal })
    await jest.advanceTimersByTimeAsync(3_000)
    expect(questions).toBe(2)
    stop.abort()
    expect(await waiting).toBe("pending")
  })

  it("asks at once when the shopper comes back to a tab whose request is dead", async () => {
    const { storeFetch, questions } = storeThatHangs()
    const tab = new Tab()
    const waiting = waitForPayment(storeFetch, "payses_1", { tab })
    tab.turn("hidden")
    await jest.advanceTimersByTimeAsync(9_000)
    expect(questions).toHaveLength(1)
    tab.turn("visible")
    await jest.advanceTimersByTimeAsync(10)
    expect(questions).toHaveLength(2)
    expect(questions[0]!.signal.aborted).toBe(true)
    questions[1]!.answer("paid")
    expect(await waiting).toBe("paid")
    expect(tab.listeners).toBe(0)
  })

  it("asks at once when the shopper comes back in a pause, and not when the shopper leaves", async () => {
    const { storeFetch, asked } = storeThatSays("pending", "paid")
    const tab = new Tab()
    const waiting = waitForPayment(storeFetch, "payses_1", { tab, everyMs: 60_000 })
    await jest.advanceTimersByTimeAsync(5_000)
    tab.turn("hidden")
    await jest.advanceTimersByTimeAsync(5_000)
    expect(asked).toHaveLength(1)
    tab.turn("visible")
    await jest.advanceTimersByTimeAsync(10)
    expect(await waiting).toBe("paid")
    expect(asked).toHaveLength(2)
    expect(tab.listeners).toBe(0)
  })

  it("asks less and less often, and often again once the shopper comes back", async () => {
    const asked: number[] = []
    const start = Date.now()
    const storeFetch: StoreFetch = async () => {
      asked.push(Date.now() - start)
      return { payment_session: { state: "pending" } }
    }
    const tab = new Tab()
    const stop = new AbortController()
    const waiting = waitForPayment(storeFetch, "payses_1", { tab, signal: stop.signal })
    await jest.advanceTimersByTimeAsync(120_000)
    const pauses = asked.slice(1).map((at, index) => at - asked[index]!)
    expect(pauses[0]).toBe(2_500)
    expect(pauses.every((ms, index) => index === 0 || ms >= pauses[index - 1]!)).toBe(true)
    expect(pauses.at(-1)).toBe(15_000)
    tab.turn("visible")
    const before = asked.length
    await jest.advanceTimersByTimeAsync(3_000)
    expect(asked.length).toBe(before + 2)
    stop.abort()
    expect(await waiting).toBe("pending")
  })

  it("does not ask more than once in a second, however often the shopper comes back", async () => {
    const { storeFetch, questions } = storeThatHangs()
    const tab = new Tab()
    const waiting = waitForPayment(storeFetch, "payses_1", { tab, patienceMs: 12_000 })
    for (let turns = 0; turns < 1_000; turns += 1) {
      tab.turn(turns % 2 === 0 ? "hidden" : "visible")
      await jest.advanceTimersByTimeAsync(10)
    }
    expect(questions.length).toBeGreaterThan(5)
    expect(questions.length).toBeLessThan(12)
    await jest.advanceTimersByTimeAsync(12_000)
    expect(await waiting).toBe("pending")
  })

  it("takes the page's own document for the tab", async () => {
    const { storeFetch, questions } = storeThatHangs()
    const tab = new Tab()
    Object.assign(globalThis, { document: tab })
    try {
      const waiting = waitForPayment(storeFetch, "payses_1", {})
      await jest.advanceTimersByTimeAsync(3_000)
      tab.turn("visible")
      await jest.advanceTimersByTimeAsync(10)
      questions[1]!.answer("paid")
      expect(await waiting).toBe("paid")
    } finally {
      Reflect.deleteProperty(globalThis, "document")
    }
  })

  it.each([
    ["throws before it asks", () => fail("no connection")],
    ["is told nothing", async () => undefined],
    ["is told a page in place of an answer", async () => "<html><body>Bad gateway</body></html>"],
    ["is told a list", async () => [{ payment_session: { state: "paid" } }]],
    ["is told of no session", async () => ({ payment_session: null })],
    ["is told a state that is none", async () => ({ payment_session: { state: { paid: true } } })],
  ])("asks again where it %s", async (_what, first) => {
    let asked = 0
    const storeFetch: StoreFetch = (...question) => {
      asked += 1
      return asked === 1 ? first() : storeThatSays("paid").storeFetch(...question)
    }
    const waiting = waitForPayment(storeFetch, "payses_1")
    await jest.advanceTimersByTimeAsync(2_500)
    expect(await waiting).toBe("paid")
    expect(asked).toBe(2)
  })

  function fail(message: string): never {
    throw new Error(message)
  }
})

describe("waitForPayment over HTTP", () => {
  it("outlives a store that hangs, fails, cuts its answer short and answers with a page", async () => {
    const closed: string[] = []
    const answers: ((request: IncomingMessage, response: ServerResponse) => void)[] = [
      (_request, response) => void response.once("close", () => closed.push("hung")),
      (_request, response) => void response.writeHead(500).end('{"message":"unknown error"}'),
      (_request, response) => void response.end("<html><body>Maintenance</body></html>"),
      (request) => void request.socket.destroy(),
      (_request, response) => void response.end('{"payment_session":{"state":"pa'),
      (_request, response) => void response.end('{"payment_session":{"state":"paid"}}'),
    ]
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      answers[Math.min(asked.length, answers.length) - 1]!(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
    // As the js-sdk does it.
    const storeFetch: StoreFetch = async (path, init) => {
      const answer = await fetch(url + path, init)
      if (!answer.ok) {
        throw new Error(`HTTP ${answer.status}`)
      }
      return await answer.json()
    }
    try {
      const options = { everyMs: 1, answerMs: 2_000, patienceMs: 50_000 }
      expect(await waitForPayment(storeFetch, "payses_1", options)).toBe("paid")
      expect(asked).toHaveLength(answers.length)
      expect(closed).toEqual(["hung"])
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })
})
