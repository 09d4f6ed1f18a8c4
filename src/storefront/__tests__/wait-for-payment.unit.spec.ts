import { waitForPayment, type PaymentState, type StoreFetch } from "../wait-for-payment"

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

  it("keeps an id from leading elsewhere", async () => {
    const { storeFetch, asked } = storeThatSays("paid")
    await waitForPayment(storeFetch, "../carts/1?x=", quick)
    expect(asked[0]).toBe("POST /store/payment-sessions/..%2Fcarts%2F1%3Fx%3D/refresh")
  })
})
