import { readNotification, sessionNumber } from "../webhook"
import { reference, sessionId } from "./fake-mocopay"

const read = (text: string) => readNotification(Buffer.from(text))

/** The query of a session notification, with the fields that the vendor lists. */
const fields = {
  sessionId,
  referenceId: reference,
  sessionType: "onetime",
  status: "PaymentComplete",
  series: "1",
  userId: reference,
  phone: "0099923026",
  mcc: "999",
  mnc: "99",
  serviceCode: "PS-000-002",
  pid: "PP27638049",
  lang: "hr",
  currencyCode: "EUR",
  chargedAmount: "10",
  chargeCredits: "0",
}
const query = new URLSearchParams(fields).toString()

const notification = {
  reference,
  sessionId,
  transactionId: undefined,
  status: "PaymentComplete",
  series: 1,
  chargedAmount: "10",
}

describe("a message that is no notification", () => {
  it.each([
    ["nothing", ""],
    ["JSON that breaks off", '{"referenceId":"1"'],
    ["a list", `[${JSON.stringify(fields)}]`],
    ["null", "null"],
    ["an empty object", "{}"],
    ["a status alone", "status=PaymentComplete"],
    ["empty fields", "referenceId=&userId=%20&sessionId=&transactionId="],
    ["fields that are objects", '{"referenceId":{"$ne":null},"sessionId":["1"],"userId":{}}'],
    ["a page", "<html></html>"],
  ])("is not read: %s", (_what, text) => {
    expect(read(text)).toBeUndefined()
  })
})

describe("a notification", () => {
  it.each([
    ["2", 2],
    ["120", 120],
    ["-1", 1],
    ["many", 1],
    ["", 1],
  ])("of series %j is of number %i", (series, number) => {
    expect(read(JSON.stringify({ ...fields, series }))?.series).toBe(number)
  })

  it("is read from the query of a GET", () => {
    expect(read(query)).toEqual(notification)
  })

  it("is read from a POST, as JSON too, whatever else is in it", () => {
    expect(read(JSON.stringify(fields))).toEqual(notification)
    const numbers = { ...fields, chargedAmount: 10, series: 1, news: { a: [1] } }
    expect(read(JSON.stringify(numbers))).toEqual(notification)
  })

  it("has our reference in either field, and may have nothing but it", () => {
    expect(read(`userId=${reference}`)).toMatchObject({ reference, sessionId: undefined })
    expect(read(`referenceId=${reference}&userId=`)).toMatchObject({ reference })
  })

  it("has the session's number in either field", () => {
    expect(read(`sid=${sessionId}`)).toMatchObject({ sessionId })
    expect(read(`sid=1&sessionId=2`)).toMatchObject({ sessionId: "2" })
  })

  it("of a transaction may name nothing else", () => {
    expect(read("transactionId=ad22a2c458dc4bafbf81de733af21d27")).toMatchObject({
      reference: undefined,
      transactionId: "ad22a2c458dc4bafbf81de733af21d27",
    })
  })
})

describe("a session's number", () => {
  it.each(["", " ", "a b", "a&userId=1", "a\nb", "<script>", "é", "a".repeat(65)])(
    "is none where it could not be MoCoPay's: %j",
    (text) => {
      expect(sessionNumber(text)).toBeUndefined()
    }
  )

  it.each([sessionId, "S-1", "a.b:c_d", "a".repeat(64)])("may be %s", (text) => {
    expect(sessionNumber(text)).toBe(text)
  })
})
