import { createHash } from "node:crypto"
import { gatewayAt, reference } from "./gateway-under-test"

const orderNo = "PAYIN1234500000000001"
const payoutReference = "P01JQ7ZK3V5W8X9Y0A1B2C3D4E5"
const additional = "PAYIN1234500000000002"

/** As in the vendor's samples. */
const paid = {
  amount: 1000.0,
  completionTime: "2024-11-24 21:56:55",
  fee: 2.0,
  mchOrderNo: reference,
  merchantId: "1012345",
  nonceStr: "1732507016285",
  orderNo,
  orderStatus: "SUCCESS",
  orderType: "API",
  patchMchOrderNo: reference,
  patchOrderNo: orderNo,
  payCode: "60088888888888",
  payType: "69",
}
const patch = { ...paid, orderType: "PATCH", orderNo: additional }

/** Never called: a callback is read without asking anybody. */
const nowhere = "http://127.0.0.1:1"

const signOf = (text: string, key = "test_api_key") =>
  createHash("md5").update(text).update(key).digest("hex").toUpperCase()

const textOf = (raw: unknown) => (typeof raw === "string" ? raw : JSON.stringify(raw))

/** Signed as Cashy does it, unless other headers are given. */
function parse(
  raw: unknown,
  headers: Record<string, unknown> = { sign: signOf(textOf(raw)) },
  options?: Record<string, unknown>
) {
  return gatewayAt(nowhere, options).parseWebhook({ rawBody: Buffer.from(textOf(raw)), headers })
}

describe("a callback that is not Cashy's", () => {
  it.each([
    ["no header", {}],
    ["an empty one", { sign: "" }],
    ["a list of signatures", { sign: [signOf(textOf(paid)), signOf(textOf(paid))] }],
    ["a number", { sign: 1 }],
    ["the vendor's placeholder", { sign: "A6FC73F7D22EC8B4A064C8FFCC592CBF" }],
    ["the signature in another header", { signature: signOf(textOf(paid)) }],
    ["a signature with an empty key", { sign: signOf(textOf(paid), "") }],
    ["a signature with what stands in every log for a key", { sign: signOf(textOf(paid), "***") }],
  ])("is forged with %s", (_what, headers) => {
    expect(parse(paid, headers)).toEqual({ type: "forged" })
  })

  it.each([
    ["another amount", { ...paid, amount: 1 }],
    ["another order", { ...paid, mchOrderNo: "01JQ7ZK3V5W8X9Y0A1B2C3D4E51" }],
    ["another status", { ...paid, orderStatus: "FAIL" }],
    ["the same, written again", JSON.stringify(paid, null, 1)],
    ["nothing", ""],
  ])("is forged when it is a true one with %s", (_what, raw) => {
    expect(parse(raw, { sign: signOf(textOf(paid)) })).toEqual({ type: "forged" })
  })

  it("is refused unread when it is a true one that was cut off, whoever signed it", () => {
    const half = textOf(paid).slice(0, 60)
    for (const sign of [signOf(textOf(paid)), signOf(half), undefined]) {
      expect(parse(half, { sign })).toMatchObject({ type: "unreadable" })
    }
  })

  it.each([
    ["a list", [paid]],
    ["null", "null"],
    ["a form", "mchOrderNo=1&orderNo=2&orderStatus=SUCCESS"],
    ["no status", { ...paid, orderStatus: undefined }],
    ["no number of Cashy's", { ...paid, orderNo: null }],
  ])("is unreadable with %s, and says what is missing", (_what, raw) => {
    expect(parse(raw)).toEqual({
      type: "unreadable",
      reason: expect.stringContaining("orderNo"),
    })
  })
})

describe("a callback of Cashy's that is none of this shop's payments", () => {
  it.each([
    ["an order made by hand", { ...paid, orderType: "MCH" }],
    ["an order made by hand under one of our numbers", { ...patch, orderType: "MCH" }],
    [
      "a payout of another system",
      { ...paid, mchOrderNo: "P20230088", patchMchOrderNo: undefined },
    ],
    [
      "a payout's number with a serial number behind it, which only orders have",
      { ...paid, mchOrderNo: `${payoutReference}00001`, patchMchOrderNo: undefined },
    ],
    [
      "an order of another system",
      { ...paid, mchOrderNo: "MCH20230088", patchMchOrderNo: "MCH20230088" },
    ],
    [
      "a number that only begins like ours",
      { ...paid, mchOrderNo: `${reference}-1`, patchMchOrderNo: `${reference}000001` },
    ],
    [
      "a number in small letters",
      { ...paid, mchOrderNo: reference.toLowerCase(), patchMchOrderNo: null },
    ],
    ["a word of JavaScript's", { ...paid, mchOrderNo: "constructor", patchMchOrderNo: null }],
    ["5000 digits", { ...paid, mchOrderNo: "9".repeat(5_000), patchMchOrderNo: null }],
  ])("is foreign: %s", (_what, raw) => {
    expect(parse(raw)).toEqual({ type: "foreign", reason: expect.any(String) })
  })
})

describe("a callback of Cashy's", () => {
  const event = {
    type: "event",
    reference,
    rawStatus: "SUCCESS",
    gatewayId: orderNo,
    eventKey: `${orderNo}|SUCCESS`,
    claimedAmount: "1000",
  }

  it.each(["API", "DESK", "SOMETHING", null, undefined])(
    "is an event with the type %s",
    (orderType) => {
      expect(parse({ ...paid, orderType })).toEqual(event)
    }
  )

  it("is an event with no more than the vendor's first sample has", () => {
    const { orderType, patchMchOrderNo, patchOrderNo, ...first } = paid
    expect([orderType, patchMchOrderNo, patchOrderNo]).toHaveLength(3)
    expect(parse(first)).toEqual(event)
  })

  it("is an event whose signature is in small letters", () => {
    expect(parse(paid, { sign: signOf(textOf(paid)).toLowerCase() })).toEqual(event)
  })

  it("is an event in bytes that nobody would write again in the same way", () => {
    const raw = textOf(paid).replace('"amount":1000', '"amount": 1000.00 ')
    expect(parse(raw)).toEqual(event)
  })

  it("is an event with the old and the new key while one is being changed", () => {
    const options = { apiKey: "new", previousApiKey: "test_api_key" }
    expect(parse(paid, undefined, options)).toEqual(event)
    expect(parse(paid, { sign: signOf(textOf(paid), "new") }, options)).toEqual(event)
    expect(parse(paid, { sign: signOf(textOf(paid), "older") }, options)).toEqual({
      type: "forged",
    })
  })

  it("tells of a word that Cashy does not document as it came", () => {
    expect(parse({ ...paid, orderStatus: "REVIEW" })).toMatchObject({
      rawStatus: "REVIEW",
      eventKey: `${orderNo}|REVIEW`,
    })
  })

  it.each([undefined, null, {}])("claims no amount where it names none: %j", (amount) => {
    expect(parse({ ...paid, amount })).toEqual({ ...event, claimedAmount: undefined })
  })
})

describe("a callback about a payout", () => {
  const { patchMchOrderNo, patchOrderNo, orderType, payCode, payType, ...common } = paid
  const payout = { ...common, mchOrderNo: payoutReference, orderNo: "PAYOUT55" }

  it("is an event that names the payout, at the address of payments too", () => {
    expect([patchMchOrderNo, patchOrderNo, orderType, payCode, payType]).toHaveLength(5)
    expect(parse(payout)).toEqual({
      type: "event",
      reference: payoutReference,
      rawStatus: "SUCCESS",
      gatewayId: "PAYOUT55",
      eventKey: "PAYOUT55|SUCCESS",
      claimedAmount: "1000",
    })
  })

  it("is forged with another status", () => {
    const sign = signOf(textOf(payout))
    expect(parse({ ...payout, orderStatus: "FAIL" }, { sign })).toEqual({ type: "forged" })
  })
})

describe("a callback about an additional payment", () => {
  const event = {
    type: "event",
    reference,
    rawStatus: "SUCCESS",
    gatewayId: additional,
    eventKey: `${additional}|SUCCESS`,
  }

  it("claims no amount: another one than was ordered is what it is there for", () => {
    expect(parse(patch)).toEqual(event)
  })

  it.each([
    ["as the vendor's text says", `${reference}00001`, reference],
    ["as the vendor's sample shows", reference, `${reference}0001`],
    ["with both numbers plain", reference, reference],
    ["with the original's number left out", `${reference}00002`, undefined],
    ["with a number of another kind for the original", `${reference}00002`, "MCH20230088"],
  ])("finds the order %s", (_what, mchOrderNo, patchMchOrderNo) => {
    expect(parse({ ...patch, mchOrderNo, patchMchOrderNo })).toEqual(event)
  })

  it("is an event of its own for each of several", () => {
    const second = { ...patch, orderNo: "PAYIN3", mchOrderNo: `${reference}00002` }
    expect(parse(second)).toMatchObject({ gatewayId: "PAYIN3", eventKey: "PAYIN3|SUCCESS" })
  })
})
