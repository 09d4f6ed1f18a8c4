import { MemoryJournal } from "../../../modules/payment-journal/__tests__/memory-journal"
import { MadeUpStore, referenceOf } from "./made-up-store"

const savedCard = { data: { saved_method_id: "card_1" } }
const charges = (store: MadeUpStore) => store.gateway.callsOf("charge")

/** A cart whose first charge was sent, and no answer came; then the shopper chose the method again. */
async function chosenAgain({ acts = false } = {}) {
  const store = new MadeUpStore(
    { charges: true },
    (now) => new MemoryJournal({ now, cartOf: () => "cart_1" })
  )
  const first = await store.createSession(savedCard)
  if (acts) {
    const noAnswer = { outcome: "unknown" } as const
    store.gateway.failNext("queryOrder", noAnswer, noAnswer, noAnswer, noAnswer)
  }
  store.gateway.failNext("charge", { outcome: "unknown", acts })
  await store.authorize(first)
  await store.deleteSession(first)
  const second = await store.createSession(savedCard)
  return { store, first: referenceOf(first), second }
}

describe("a second charge for one cart", () => {
  it("is refused while the outcome of the first is not known, and nothing is sent", async () => {
    const { store, first, second } = await chosenAgain()
    await expect(store.authorize(second)).rejects.toThrow(first)
    expect(charges(store)).toHaveLength(1)
  })

  it("is refused for good where the first turns out to have been made", async () => {
    const { store, first, second } = await chosenAgain({ acts: true })
    await expect(store.authorize(second)).rejects.toThrow(first)
    await expect(store.authorize(second)).rejects.toThrow(first)
    expect(charges(store)).toHaveLength(1)
    expect((await store.journal.findOrder(first))?.state).toBe("paid")
  })

  it("is sent once the gateway says that the first was not made", async () => {
    const { store, first, second } = await chosenAgain()
    store.gateway.order(first).word = "DECLINED"
    expect(await store.authorize(second)).toBeDefined()
    expect(charges(store)).toHaveLength(2)
  })

  it("is sent after one that was declined", async () => {
    const store = new MadeUpStore(
      { charges: true },
      (now) => new MemoryJournal({ now, cartOf: () => "cart_1" })
    )
    const first = await store.createSession(savedCard)
    store.gateway.failNext("charge", { outcome: "declined" })
    await store.authorize(first)
    await store.deleteSession(first)
    expect(await store.authorize(await store.createSession(savedCard))).toBeDefined()
  })

  it("does not come of a changed amount while the outcome of the first is not known", async () => {
    const store = new MadeUpStore({ charges: true })
    const session = await store.createSession(savedCard)
    store.gateway.failNext("charge", { outcome: "unknown" })
    await store.authorize(session)
    await expect(store.updateSession(session, 120)).rejects.toThrow(/not known yet/)
    await store.authorize(session)
    expect(charges(store)).toHaveLength(1)
  })
})

describe("a charge that is answered with a refusal", () => {
  it("is paid all the same where the gateway proved it in the meantime", async () => {
    const store = new MadeUpStore({ charges: true })
    const session = await store.createSession(savedCard)
    const reference = referenceOf(session)
    store.gateway.failNext("charge", { outcome: "declined" })
    const answer = store.gateway.hold("charge")
    const authorizing = store.authorize(session)
    while (charges(store).length === 0) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    store.gateway.pay(reference)
    await store.webhook({ reference, word: "PAID" })
    answer()
    expect(await authorizing).toBeDefined()
    expect(session.status).toBe("captured")
  })
})
