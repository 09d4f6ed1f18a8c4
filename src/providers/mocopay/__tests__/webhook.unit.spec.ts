import { reference, sessionId } from "../../../gateways/mocopay/__tests__/mocopay-server"
import { gatewayUnderTest } from "./gateway-under-test"

const fields = {
  sessionId,
  referenceId: reference,
  userId: reference,
  status: "PaymentComplete",
  currencyCode: "EUR",
  chargedAmount: "10",
}
const event = {
  type: "event",
  reference,
  word: "PaymentComplete",
  gatewayId: sessionId,
  claimedAmount: "10",
}

const parse = (text: string, headers: Record<string, unknown> = {}) =>
  gatewayUnderTest().parseWebhook({ rawBody: Buffer.from(text), headers })
const parseFields = (change: Record<string, string | undefined>) =>
  parse(JSON.stringify({ ...fields, ...change }))

describe("a message to the webhook", () => {
  it.each(["", "{", "[]", "status=PaymentComplete", "<html></html>"])(
    "is unreadable where it names no payment: %j",
    (text) => {
      expect(parse(text)).toEqual({
        type: "unreadable",
        reason: expect.stringContaining("referenceId"),
      })
    }
  )

  it.each([
    ["a transaction", { transactionId: "ad22a2c458dc4bafbf81de733af21d27", sessionId: undefined }],
    ["a session", {}],
  ])("is foreign where it names %s and no order of ours: nobody is asked", (_what, change) => {
    expect(parseFields({ ...change, referenceId: undefined, userId: "" })).toMatchObject({
      type: "foreign",
    })
  })
})

describe("a notification of MoCoPay's", () => {
  it.each([
    ["the query of a GET", new URLSearchParams(fields).toString()],
    ["JSON", JSON.stringify(fields)],
  ])("is an event as %s, and a hint about the session", (_what, text) => {
    expect(parse(text)).toEqual(event)
  })

  it.each(["PaymentComplete", "Authorized", "Not_Yet-listed word"])(
    "keeps the word %s",
    (status) => {
      expect(parseFields({ status })).toMatchObject({ word: status })
    }
  )

  it.each([
    "+385 91 234 5678",
    "Paid\nINFO another line",
    "a\u0000b",
    "Paid\u202e",
    "<b>Paid</b>",
    "P".repeat(41),
    "P".repeat(60_000),
  ])("keeps no other word that nobody signed (%#)", (status) => {
    expect(parseFields({ status })).toEqual({ ...event, word: "" })
  })

  it("claims no event's key, because anybody could have sent it", () => {
    expect(parseFields({})).not.toHaveProperty("eventKey")
    expect(parse(JSON.stringify(fields), { signature: "app1:x" })).toEqual(event)
  })

  it.each(["0", "0.00", "-1", "", "ten", undefined])(
    "claims no amount where nothing was charged: %j",
    (chargedAmount) => {
      const reading = parseFields({ chargedAmount })
      expect(reading).toMatchObject({ type: "event", reference })
      expect(reading).not.toHaveProperty("claimedAmount")
    }
  )

  it("of a transaction is an event where it names our order, and no hint without a session", () => {
    const reading = parse(`transactionId=t1&userId=${reference}`)
    expect(reading).toEqual({ type: "event", reference, word: "" })
  })

  it("is no hint where the session's number could not be one", () => {
    expect(parseFields({ sessionId: "x&userId=1" })).not.toHaveProperty("gatewayId")
  })
})

describe("the shopper's return", () => {
  const read = (change: Record<string, string>) => gatewayUnderTest().parseReturn?.(change)

  it("names our order and the session, in either of its fields", () => {
    const back = { requestId: "r1", referenceId: reference, status: "PaymentComplete" }
    const read1 = read({ ...back, sessionId, sid: sessionId })
    expect(read1).toEqual({ reference, gatewayId: sessionId })
    expect(read({ ...back, sid: sessionId })).toEqual(read1)
    expect(read({ ...back, sessionId: "", sid: sessionId })).toEqual(read1)
  })

  const nothing: Record<string, string>[] = [
    {},
    { status: "PaymentComplete" },
    { referenceId: "", sessionId: "" },
    { sid: "a b" },
  ]
  it.each(nothing)("may name nothing: %j", (fields) => {
    expect(read(fields)).toEqual({})
  })
})
