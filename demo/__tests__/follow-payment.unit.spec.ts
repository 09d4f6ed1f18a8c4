import type { PaymentState } from "medusa-regional-payments/storefront"
import {
  followPayment,
  type Payment,
  type Session,
  type StoreQuestions,
} from "../storefront/src/payment/follow-payment"

const session: Session = {
  id: "payses_1",
  provider_id: "pp_acme_acme",
  amount: 12.5,
  currency_code: "eur",
}

type Script = { session?: Session; states?: PaymentState[]; orders?: (string | undefined)[] }

/** A store whose answers are scripted; the last one repeats. */
function store({ session: chosen = session, states = [], orders = ["order_1"] }: Script) {
  const asked: string[] = []
  const next = <Answer>(question: string, answers: readonly Answer[]) => {
    const before = asked.filter((each) => each === question).length
    asked.push(question)
    return answers[Math.min(before, answers.length - 1)]
  }
  const questions: StoreQuestions = {
    session: async () => chosen,
    wait: async () => next("wait", states) ?? "pending",
    order: async () => next("order", orders),
    pause: async () => {},
  }
  return { asked, questions }
}

async function followed(questions: StoreQuestions): Promise<Payment[]> {
  const seen: Payment[] = []
  for await (const payment of followPayment(questions)) seen.push(payment)
  return seen
}

const waiting = { type: "waiting", session }
const ended = (state: PaymentState) => ({ type: "ended", session, state })
const ordered = { type: "ordered", orderId: "order_1" }

describe("following a payment to its end", () => {
  it("asks no gateway about a cart for which no way to pay was chosen", async () => {
    const { asked, questions } = store({})
    const without = { ...questions, session: async () => undefined }
    expect(await followed(without)).toEqual([{ type: "none" }])
    expect(asked).toEqual([])
  })

  it("shows first what there is to pay with", async () => {
    const { questions } = store({ states: ["pending"] })
    expect(await followed(questions)).toEqual([waiting, ended("pending")])
  })

  it("still finds the order after the gateway had said that the payment failed", async () => {
    const { questions } = store({ states: ["failed", "failed", "paid"] })
    expect(await followed(questions)).toEqual([waiting, ended("failed"), ordered])
  })

  it("gives up some day when nobody tries again after a failure", async () => {
    const { asked, questions } = store({ states: ["failed"] })
    expect(await followed(questions)).toEqual([waiting, ended("failed")])
    expect(asked.length).toBeGreaterThan(10)
  })

  it.each(["expired", "canceled", "mismatch", "refunded", "chargeback"] as const)(
    "makes no order of a payment that is %s, and asks no more",
    async (state) => {
      const { asked, questions } = store({ states: [state] })
      expect(await followed(questions)).toEqual([waiting, ended(state)])
      expect(asked).toEqual(["wait"])
    }
  )

  it.each(["paid", "authorized"] as const)("has the order made once it is %s", async (state) => {
    const { asked, questions } = store({ states: [state] })
    expect(await followed(questions)).toEqual([waiting, ordered])
    expect(asked).toEqual(["wait", "order"])
  })

  it("waits while the webhook makes the order at the same moment", async () => {
    const { questions } = store({ states: ["paid"], orders: [undefined, undefined, "order_1"] })
    expect(await followed(questions)).toEqual([waiting, ordered])
  })

  it("says that the money has arrived where the order does not come", async () => {
    const { questions } = store({ states: ["paid"], orders: [undefined] })
    await expect(followed(questions)).rejects.toThrow("Your payment has arrived")
  })

  it("passes on an error of the store", async () => {
    const { questions } = store({ states: ["paid"] })
    const broken = { ...questions, order: () => Promise.reject(new Error("offline")) }
    await expect(followed(broken)).rejects.toThrow("offline")
  })
})
