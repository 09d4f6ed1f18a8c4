import {
  watchPayment,
  type PaymentState,
  type StoreQuestions,
} from "../storefront/src/watch-payment"

const ordered: PaymentState = { type: "ordered", orderId: "order_1" }
const unpaid: PaymentState = { type: "unpaid" }
const failed: PaymentState = { type: "failed" }

/** A store whose answers are scripted; the last one repeats. */
function store(answers: PaymentState[]) {
  const asked: string[] = []
  const answer = (question: string) => async () => {
    asked.push(question)
    return answers[Math.min(asked.length, answers.length) - 1] ?? unpaid
  }
  const questions: StoreQuestions = {
    complete: answer("complete"),
    look: answer("look"),
    pause: async () => {},
  }
  return { asked, questions }
}

async function states(questions: StoreQuestions): Promise<PaymentState[]> {
  const seen: PaymentState[] = []
  for await (const state of watchPayment(questions)) seen.push(state)
  return seen
}

describe("watching a payment after the shopper came back", () => {
  it("gives up some day when the money never comes", async () => {
    const { asked, questions } = store([unpaid])
    expect(await states(questions)).toEqual([unpaid])
    expect(asked.length).toBeGreaterThan(100)
  })

  it("lets the store ask the gateway only now and then", async () => {
    const { asked, questions } = store([unpaid])
    await states(questions)
    expect(asked.slice(0, 6)).toEqual(["complete", "look", "look", "look", "look", "complete"])
  })

  it("passes on an error of the store", async () => {
    const { questions } = store([unpaid])
    const broken = { ...questions, look: () => Promise.reject(new Error("offline")) }
    await expect(states(broken)).rejects.toThrow("offline")
  })

  it("still finds the order after the gateway had said that the payment failed", async () => {
    const { questions } = store([unpaid, failed, failed, ordered])
    expect(await states(questions)).toEqual([unpaid, failed, ordered])
  })

  it("asks no more once the order is there", async () => {
    const { asked, questions } = store([ordered])
    expect(await states(questions)).toEqual([ordered])
    expect(asked).toEqual(["complete"])
  })
})
