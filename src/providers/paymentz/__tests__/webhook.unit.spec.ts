import { createHash } from "node:crypto"
import { gatewayUnderTest } from "./gateway-under-test"

const genuine = {
  paymentId: "77251",
  merchantTransactionId: "011E1D8A5C034",
  amount: "156.00",
  status: "authfailed",
  transactionStatus: "N",
  checksum: "57cc868cb3a316a55c10825f77e161aa",
}
const event = {
  type: "event",
  reference: "011E1D8A5C034",
  word: "authfailed",
  gatewayId: "77251",
  eventKey: "77251|N|authfailed|156.00",
  claimedAmount: "156.00",
}

const parse = (body: unknown, options: Record<string, unknown> = {}) => {
  const rawBody = Buffer.from(typeof body === "string" ? body : JSON.stringify(body))
  return gatewayUnderTest(options).parseWebhook({ rawBody, headers: {} })
}

const keyOf = (reading: ReturnType<typeof parse>) =>
  reading.type === "event" ? reading.eventKey : undefined

describe("a callback that is no proof", () => {
  it.each(["", "null", "[]", "<html></html>", "{}", '{"paymentId":"77251"}'])(
    "is not readable: %j",
    (body) => {
      expect(parse(body)).toMatchObject({ type: "unreadable" })
    }
  )

  it("is forged with a changed amount, or without a checksum", () => {
    expect(parse({ ...genuine, amount: "1.00" })).toEqual({ type: "forged" })
    expect(parse({ ...genuine, checksum: undefined })).toEqual({ type: "forged" })
  })

  it("claims no event's key where anybody could have signed it", () => {
    const change = { status: "cancelled", transactionStatus: "C" }
    const checksum = "bf74da1df9346aa2514bc1615abd90fa"
    const reading = parse({ ...genuine, ...change, checksum })
    expect(reading).toMatchObject({ type: "event", reference: "011E1D8A5C034", word: "cancelled" })
    expect(reading).not.toHaveProperty("eventKey")
  })

  it("claims no event's key without a payment's number", () => {
    const checksum = "08aa3a3f190fcb7d965461a0b619d80d"
    const reading = parse({ ...genuine, paymentId: null, checksum })
    expect(reading).toMatchObject({ type: "event", reference: "011E1D8A5C034" })
    expect(reading).not.toHaveProperty("eventKey")
    expect(reading).not.toHaveProperty("gatewayId")
  })

  it("is foreign where it tells of a payout that is none of this shop's", () => {
    expect(parse({ ...genuine, status: "payoutfailed" })).toMatchObject({ type: "foreign" })
  })
})

describe("a callback of the gateway's", () => {
  it("names the order, the payment and what was claimed, as JSON or as a form", () => {
    expect(parse(genuine)).toEqual(event)
    expect(parse(new URLSearchParams(genuine).toString())).toEqual(event)
  })

  it("has another key once the payment was charged back, though the short word is the same", () => {
    expect(parse({ ...genuine, status: "chargeback" })).toMatchObject({
      word: "chargeback",
      eventKey: "77251|N|chargeback|156.00",
    })
  })

  it("makes no more events of one signature than the vendor lists words, whatever stands in the long one", () => {
    const words = [
      "x".repeat(60_000),
      "authfailed ",
      "AuthFailed",
      "settled",
      "constructor",
      "a|b",
      7,
    ]
    const keys = words.map((status) => keyOf(parse({ ...genuine, status })))
    expect([...new Set(keys)].sort()).toEqual([
      "77251|N|N|156.00",
      "77251|N|authfailed|156.00",
      "77251|N|settled|156.00",
    ])
  })

  it("has another key for another amount, such as that of a capture in part", () => {
    const partly = { ...genuine, amount: "60.00", checksum: "e901d84d6a117a9970f062cc13accda0" }
    expect(parse(partly)).toMatchObject({ eventKey: "77251|N|authfailed|60.00" })
  })

  it("is known by the key before, while the key is being changed", () => {
    const options = { secureKey: "new_key", previousSecureKey: "test_key" }
    expect(parse(genuine, options)).toEqual(event)
    expect(parse(genuine, { secureKey: "new_key" })).toEqual({ type: "forged" })
  })
})

describe("a callback about a payout", () => {
  const reference = "P01JQ7ZK3V5W8X9Y0A1B2C3D4E5"
  const checksum = createHash("md5").update(`90001|${reference}|156.00|Y|test_key`).digest("hex")
  const payout = {
    ...genuine,
    paymentId: "90001",
    merchantTransactionId: reference,
    transactionStatus: "Y",
    checksum,
  }

  it.each(["payoutsuccessful", "reversed"])(
    "is an event that names the payout, at the address of payments too: %s",
    (status) => {
      expect(parse({ ...payout, status })).toEqual({
        type: "event",
        reference,
        word: status,
        gatewayId: "90001",
        eventKey: `90001|Y|${status}|156.00`,
        claimedAmount: "156.00",
      })
    }
  )

  it("is forged with another amount", () => {
    expect(parse({ ...payout, amount: "1.00" })).toEqual({ type: "forged" })
  })
})

describe("the shopper's return", () => {
  const parseReturn = (fields: Record<string, string>) => gatewayUnderTest().parseReturn?.(fields)

  it("names the order and the payment, whatever its checksum is", () => {
    expect(parseReturn({ ...genuine, checksum: "x" })).toEqual({
      reference: "011E1D8A5C034",
      gatewayId: "77251",
    })
  })

  it("has other names on older pages", () => {
    expect(parseReturn({ trackingid: "77251", desc: "011E1D8A5C034", status: "Y" })).toEqual({
      reference: "011E1D8A5C034",
      gatewayId: "77251",
    })
  })

  it("names nothing where it is empty, and no number that could not be one", () => {
    expect(parseReturn({})).toEqual({})
    expect(parseReturn({ paymentId: "../x", merchantTransactionId: "A" })).toEqual({
      reference: "A",
    })
  })
})
