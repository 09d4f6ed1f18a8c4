import { failure } from "../../shared/__tests__/fake-gateway"
import { GatewayUnknownError } from "../../shared/errors"
import type { MocopayPaymentName } from "../client"
import { findSession } from "../find-session"
import { paymentSession, type MocopaySession } from "../messages"
import { paidSession, reference, sessionId, unpaidSession } from "./fake-mocopay"

const wanted = { reference, pid: "PP27638049", sessionIds: [] as string[] }
const stranger = { ...paidSession.endUser, userId: "01JQ7ZK3V5W8X9Y0A1B2C3D4E60" }

const session = (change: object = {}) => paymentSession.parse({ ...paidSession, ...change })
const unpaid = (change: object = {}) => paymentSession.parse({ ...unpaidSession, ...change })
const lost = new GatewayUnknownError({
  gateway: "MoCoPay",
  operation: "verifyPayment",
  reason: "reset",
})

/** Knows these sessions by what is asked for, and notes the questions. */
function client(known: Record<string, MocopaySession | Error>) {
  const asked: MocopayPaymentName[] = []
  const verifyPayment = async (name: MocopayPaymentName) => {
    asked.push(name)
    const found = known["userId" in name ? name.userId : name.sessionId]
    if (found instanceof Error) {
      throw found
    }
    return found
  }
  return { asked, verifyPayment }
}

const found = (known: Record<string, MocopaySession | Error>, sessionIds: string[] = []) =>
  findSession(client(known), { ...wanted, sessionIds })

describe("a session that is not this payment's", () => {
  it.each([
    ["another user", { endUser: stranger }],
    ["the user in other letters", { endUser: { userId: reference.toLowerCase() } }],
    ["no user", { endUser: null }],
    ["a user without an id", { endUser: {} }],
    ["another product", { pid: "PP1" }],
  ])("proves nothing when it is found by our reference and has %s", async (_what, change) => {
    expect(await failure(() => found({ [reference]: session(change) }))).toMatchObject({
      outcome: "unknown",
      reason: "mismatch",
    })
  })

  it.each([
    ["another user", { endUser: stranger }],
    ["another product", { pid: "PP1" }],
  ])("counts for nothing when a stranger named it and it has %s", async (_what, change) => {
    expect(await found({ [sessionId]: session(change) }, [sessionId])).toBeUndefined()
    const own = unpaid({ sessionId: "own" })
    const known = { [reference]: own, [sessionId]: session(change) }
    expect(await found(known, [sessionId])).toEqual(own)
  })

  it("is every session where it is not known which product was sent", async () => {
    const asking = client({ [reference]: session() })
    const search = () => findSession(asking, { ...wanted, pid: undefined })
    expect(await failure(search)).toMatchObject({ reason: "mismatch" })
  })
})

describe("an answer that can't be had", () => {
  it("is told where it is the one by our reference, and nothing more is asked", async () => {
    const asking = client({ [reference]: lost, [sessionId]: session() })
    const search = () => findSession(asking, { ...wanted, sessionIds: [sessionId] })
    expect(await failure(search)).toBe(lost)
    expect(asking.asked).toHaveLength(1)
  })

  it("is told where it could have shown the money", async () => {
    expect(await failure(() => found({ a: lost }, ["a"]))).toBe(lost)
    expect(await failure(() => found({ [reference]: unpaid(), a: lost }, ["a", "b"]))).toBe(lost)
  })

  it("does not hide the money that another answer shows", async () => {
    const known = { a: lost, [sessionId]: session() }
    expect(await found(known, ["a", sessionId])).toEqual(session())
  })
})

describe("numbers that nobody proved", () => {
  const invented = Array.from({ length: 10 }, (_, index) => `invented-${index}`)
  const looksReal = "0123456789abcdef0123456789ABCDEF"

  /** Notes how many questions run at once, and what each was marked as. */
  function watched() {
    const asked: { name: MocopayPaymentName; isGuess?: boolean }[] = []
    let running = 0
    let atOnce = 0
    const verifyPayment = async (name: MocopayPaymentName, options: { isGuess?: boolean } = {}) => {
      asked.push({ name, isGuess: options.isGuess })
      atOnce = Math.max(atOnce, (running += 1))
      await new Promise(setImmediate)
      running -= 1
      return undefined
    }
    return { asked, verifyPayment, atOnce: () => atOnce }
  }

  it("are few, and asked about one after the other", async () => {
    const asking = watched()
    await findSession(asking, { ...wanted, sessionIds: invented })
    expect(asking.asked.map(({ name }) => name)).toEqual([
      { userId: reference },
      ...invented.slice(0, 3).map((sessionId) => ({ sessionId })),
    ])
    expect(asking.atOnce()).toBe(1)
  })

  it("are marked as such, which what MoCoPay itself named is not", async () => {
    const asking = watched()
    await findSession(asking, { ...wanted, knownSessionId: "known", sessionIds: ["known", "a"] })
    expect(asking.asked).toEqual([
      { name: { userId: reference }, isGuess: undefined },
      { name: { sessionId: "known" }, isGuess: undefined },
      { name: { sessionId: "a" }, isGuess: true },
    ])
  })

  it("come first where they look like the vendor's own", async () => {
    const asking = watched()
    await findSession(asking, { ...wanted, sessionIds: [...invented, looksReal] })
    expect(asking.asked[1]).toMatchObject({ name: { sessionId: looksReal } })
  })
})

describe("the session of a payment", () => {
  it("is none before the shopper has followed the link", async () => {
    expect(await found({})).toBeUndefined()
  })

  it("is found by our reference, and nobody's hint is asked about where it shows money", async () => {
    const asking = client({ [reference]: session({ totalChargedAmount: 0.01 }) })
    const answer = await findSession(asking, { ...wanted, sessionIds: ["a"] })
    expect(answer).toMatchObject({ sessionId, totalChargedAmount: "0.01" })
    expect(asking.asked).toEqual([{ userId: reference }])
  })

  it("is the paid one of two: the shopper can have followed the link twice", async () => {
    const known = { [reference]: unpaid({ sessionId: "first" }), [sessionId]: session() }
    expect(await found(known, [sessionId])).toEqual(session())
  })

  it("is found by a hint where the user is not known, paid or not", async () => {
    expect(await found({ [sessionId]: session() }, [sessionId])).toEqual(session())
    expect(await found({ [sessionId]: unpaid() }, [sessionId])).toEqual(unpaid())
  })

  it("is asked about once, however often it was named", async () => {
    const asking = client({ [reference]: unpaid() })
    await findSession(asking, { ...wanted, sessionIds: ["a", sessionId, "a"] })
    expect(asking.asked).toEqual([{ userId: reference }, { sessionId: "a" }])
  })
})
