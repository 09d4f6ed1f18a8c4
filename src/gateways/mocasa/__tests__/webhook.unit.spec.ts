import { readWebhookBody } from "../webhook"

const read = (text: string) => readWebhookBody(Buffer.from(text))

/** As the vendor's page lists the fields. */
const event = {
  orderNo: "ORD1001",
  amount: 100.5,
  txStatus: "success",
  txMessage: "Paid",
  txTime: "1893456000000",
  paymentMode: "Mocasa BNPL",
}

describe("a body that is no webhook of Mocasa's", () => {
  it.each([
    ["nothing", ""],
    ["blanks", " \r\n\t"],
    ["JSON that breaks off", '{"orderNo":"ORD1001"'],
    ["JSON with more behind it", '{"txStatus":"success"} x'],
    ["a list", '[{"orderNo":"ORD1001","txStatus":"success"}]'],
    ["a text", '"orderNo=ORD1001"'],
    ["null", "null"],
    ["an empty object", "{}"],
    ["no status", '{"orderNo":"ORD1001"}'],
    ["an empty status", '{"orderNo":"ORD1001","txStatus":""}'],
    ["an empty order", '{"orderNo":"","txStatus":"success"}'],
    ["a status that is a number", '{"orderNo":"ORD1001","txStatus":1}'],
    ["an order that is a list", '{"orderNo":["ORD1001"],"txStatus":"success"}'],
    ["an order that is an object", '{"orderNo":{"$ne":null},"txStatus":"success"}'],
    ["a form without a status", "orderNo=ORD1001&amount=1"],
    ["a form with an empty status", "orderNo=ORD1001&txStatus="],
    ["a form with other names", "orderno=ORD1001&txstatus=success"],
    ["a page", "<html><body>error</body></html>"],
    ["JSON deeper than a stack", `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}`],
  ])("is not read: %s", (_what, text) => {
    expect(read(text)).toBeUndefined()
  })

  it("is not read where it is not text", () => {
    expect(readWebhookBody(Buffer.from([0xff, 0xfe, 0x00, 0x7b]))).toBeUndefined()
    expect(readWebhookBody(Buffer.alloc(0))).toBeUndefined()
  })

  it("can't reach into other objects through its keys", () => {
    expect(read('{"__proto__":{"orderNo":"ORD1001","txStatus":"success"}}')).toBeUndefined()
    expect(read("__proto__=x&constructor=y")).toBeUndefined()
    expect(Object.hasOwn(Object.prototype, "orderNo")).toBe(false)
  })
})

describe("a webhook's body", () => {
  it("is read as JSON, without what nobody needs", () => {
    expect(read(JSON.stringify(event))).toEqual({
      orderNo: "ORD1001",
      txStatus: "success",
      amount: 100.5,
    })
  })

  it("is read as a form", () => {
    const form = new URLSearchParams({ ...event, amount: "100.50" }).toString()
    expect(read(form)).toEqual({ orderNo: "ORD1001", txStatus: "success", amount: "100.50" })
  })

  it("is read as a form with blanks and signs in it", () => {
    expect(read("orderNo=ORD%201+%261&txStatus=success&txMessage=%C3%9C")).toEqual({
      orderNo: "ORD 1 &1",
      txStatus: "success",
    })
  })

  it("is read as JSON behind line breaks", () => {
    expect(read(`\r\n ${JSON.stringify(event)}\n`)).toMatchObject({ orderNo: "ORD1001" })
  })

  it("is read as JSON behind a byte order mark, which some servers send", () => {
    expect(read(`\uFEFF${JSON.stringify(event)}`)).toMatchObject({ orderNo: "ORD1001" })
  })

  it("is read without an amount, which is not signed and not needed", () => {
    expect(read('{"orderNo":"ORD1001","txStatus":"failed"}')).toEqual({
      orderNo: "ORD1001",
      txStatus: "failed",
    })
    expect(read('{"orderNo":"ORD1001","txStatus":"failed","amount":null}')).toMatchObject({
      txStatus: "failed",
    })
  })

  it.each(["true", "{}", "[100]"])(
    "is read where its amount is none, which is not signed and not needed: %s",
    (amount) => {
      expect(read(`{"orderNo":"ORD1001","txStatus":"success","amount":${amount}}`)).toMatchObject({
        orderNo: "ORD1001",
        txStatus: "success",
      })
    }
  )

  it("is read for a payout, which has a number of its own", () => {
    expect(read('{"transferSerialNo":"P1","txStatus":"success","amount":1}')).toEqual({
      transferSerialNo: "P1",
      txStatus: "success",
      amount: 1,
    })
  })
})
