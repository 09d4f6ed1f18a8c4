import { createHash } from "node:crypto"
import { parseOptions } from "../../base/options"
import { buildMocasaGateway, mocasa } from "../gateway"

const vector = "RcZfyRK1Z/gpLQNcrv1Hm+f/HCR50umz475kaT2FvQI="
const payoutReference = "P01JQ7ZK3V5W8X9Y0A1B2C3D4E5"
const body = { orderNo: "ORD1001", txStatus: "success", amount: 100.5 }

/** A gateway that is never called: a webhook is read without asking anybody. */
function gateway(change: Record<string, unknown> = {}) {
  const options = parseOptions(mocasa, {
    baseUrl: "http://127.0.0.1:1",
    clientKey: "mp_key",
    clientSecret: "test_secret",
    returnUrl: "https://shop.example/return",
    ...change,
  })
  return buildMocasaGateway(options, { now: () => new Date(0), onCall: () => undefined })
}

function parse(
  raw: unknown = body,
  headers: Record<string, unknown> = { signature: vector },
  options?: Record<string, unknown>
) {
  const text = typeof raw === "string" ? raw : JSON.stringify(raw)
  return gateway(options).parseWebhook({ rawBody: Buffer.from(text), headers })
}

const signatureOf = (text: string) => createHash("sha256").update(text).digest("base64")

describe("a webhook that is not Mocasa's", () => {
  it.each([
    ["no header", {}],
    ["an empty one", { signature: "" }],
    ["a list of signatures", { signature: [vector, vector] }],
    ["a list of one", { signature: [vector] }],
    ["a number", { signature: 1 }],
    ["null", { signature: null }],
    ["another text", { signature: "success" }],
    ["the signature in another header", { "x-signature": vector, authorization: vector }],
  ])("is forged with %s", (_what, headers) => {
    expect(parse(body, headers)).toEqual({ type: "forged" })
  })

  it.each([
    ["another order", { ...body, orderNo: "ORD1002" }],
    ["another status", { ...body, txStatus: "failed" }],
    [
      "a payout's number in the place of the order's",
      { ...body, orderNo: undefined, transferSerialNo: "P1" },
    ],
  ])("is forged when it is a true one with %s", (_what, changed) => {
    expect(parse(changed)).toEqual({ type: "forged" })
  })

  it("is forged when it is signed with an empty secret", () => {
    expect(parse(body, { signature: signatureOf("ORD1001|success|") })).toEqual({ type: "forged" })
  })

  it("is forged when it is signed with what stands in every log for a secret", () => {
    expect(parse(body, { signature: signatureOf("ORD1001|success|***") })).toEqual({
      type: "forged",
    })
  })

  it("is forged when it is signed with the client secret where webhooks have their own", () => {
    const options = { webhookSecret: "webhook_secret" }
    expect(parse(body, { signature: vector }, options)).toEqual({ type: "forged" })
  })

  it.each([
    ["nothing", ""],
    ["half of it", '{"orderNo":"ORD1001","txSta'],
    ["a list", [body]],
    ["null", "null"],
    ["no status", { orderNo: "ORD1001" }],
    ["neither an order nor a payout", { txStatus: "success" }],
    ["an order that is an object", { ...body, orderNo: { toString: "ORD1001" } }],
    ["a form with another name", "order_no=ORD1001&txStatus=success"],
  ])("is unreadable with %s, and says what is missing", (_what, raw) => {
    expect(parse(raw)).toEqual({
      type: "unreadable",
      reason: expect.stringContaining("orderNo"),
    })
  })
})

describe("a webhook of Mocasa's", () => {
  const event = {
    type: "event",
    reference: "ORD1001",
    word: "success",
    eventKey: "ORD1001|success",
    claimedAmount: "100.5",
  }

  it("is an event when it comes as JSON", () => {
    expect(parse()).toEqual(event)
  })

  it("is an event when it comes as a form", () => {
    expect(parse("orderNo=ORD1001&amount=100.50&txStatus=success&paymentMode=BNPL")).toEqual({
      ...event,
      claimedAmount: "100.50",
    })
  })

  it("is an event when the digest is written as base64 of its hexadecimal text, where the shop says so", () => {
    const ofHex = Buffer.from(Buffer.from(vector, "base64").toString("hex")).toString("base64")
    const options = { signatureEncoding: "base64-of-hex" }
    expect(parse(body, { signature: ofHex }, options)).toEqual(event)
    expect(parse(body, { signature: vector }, options)).toEqual({ type: "forged" })
    expect(parse(body, { signature: ofHex })).toEqual({ type: "forged" })
  })

  it("is an event with the old and the new secret while one is being changed", () => {
    const options = { webhookSecret: "new", previousWebhookSecret: "test_secret" }
    expect(parse(body, { signature: vector }, options)).toEqual(event)
    const signature = signatureOf("ORD1001|success|new")
    expect(parse(body, { signature }, options)).toEqual(event)
    const older = signatureOf("ORD1001|success|older")
    expect(parse(body, { signature: older }, options)).toEqual({ type: "forged" })
  })

  it("has the client secret in use beside the previous one where webhooks have none of their own", () => {
    const options = { clientSecret: "new", previousWebhookSecret: "test_secret" }
    expect(parse(body, { signature: vector }, options)).toEqual(event)
    const signature = signatureOf("ORD1001|success|new")
    expect(parse(body, { signature }, options)).toEqual(event)
  })

  it("tells of a word that Mocasa does not document as it came", () => {
    const signature = signatureOf("ORD1001|reversed|test_secret")
    expect(parse({ ...body, txStatus: "reversed" }, { signature })).toMatchObject({
      type: "event",
      word: "reversed",
      eventKey: "ORD1001|reversed",
    })
  })

  it("is the same event when it comes twice, whatever amount it then claims", () => {
    expect(parse({ ...body, amount: 1 })).toMatchObject({ eventKey: event.eventKey })
  })

  it.each([
    [0, "0"],
    [-1, "-1"],
    [1e21, "1e+21"],
    ["1,000.00", "1,000.00"],
    ["NaN", "NaN"],
    ["", ""],
    ["9".repeat(400), "9".repeat(400)],
  ])("claims the amount %j as it came: it is not signed, and only compared", (amount, claimed) => {
    expect(parse({ ...body, amount })).toMatchObject({ type: "event", claimedAmount: claimed })
  })

  it.each([undefined, null])("claims no amount where it names none: %s", (amount) => {
    const reading = parse({ ...body, amount })
    expect(reading).toMatchObject({ type: "event", reference: "ORD1001" })
    expect(reading).not.toMatchObject({ claimedAmount: expect.anything() })
  })

  it("is an event of a payout of ours too, which has the same address", () => {
    const payout = { transferSerialNo: payoutReference, txStatus: "success", amount: 1 }
    const signature = signatureOf(`${payoutReference}|success|test_secret`)
    expect(parse(payout, { signature })).toEqual({
      type: "event",
      reference: payoutReference,
      word: "success",
      eventKey: `${payoutReference}|success`,
      claimedAmount: "1",
    })
    expect(parse({ ...payout, txStatus: "failed" }, { signature })).toEqual({ type: "forged" })
  })

  it.each(["P1", "ORD1001", "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"])(
    "is foreign where it tells of a payout that is none of this shop's: %s",
    (transferSerialNo) => {
      const payout = { transferSerialNo, txStatus: "success", amount: 1 }
      const signature = signatureOf(`${transferSerialNo}|success|test_secret`)
      expect(parse(payout, { signature })).toEqual({
        type: "foreign",
        reason: expect.stringContaining("payout"),
      })
    }
  )
})
