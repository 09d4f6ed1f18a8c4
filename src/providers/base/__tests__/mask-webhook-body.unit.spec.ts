import { maskedBody } from "../mask-webhook-body"

const of = (body: object) => maskedBody(Buffer.from(JSON.stringify(body)))

describe("maskedBody", () => {
  it("keeps what says which payment it is and what became of it", () => {
    const body = {
      orderNo: "O1",
      mchOrderNo: "M1",
      patchMchOrderNo: "M1",
      txStatus: "success",
      orderStatus: "SUCCESS",
      transactionStatus: "Y",
      paymentId: "54289",
      merchantTransactionId: "M1",
      amount: 100,
      totalChargedAmount: "10",
      currency: "PHP",
      currencyCode: "EUR",
      txTime: 1767225600000,
      completionTime: "2030-01-01 00:00:00",
      timestamp: "2030-01-01 00:00:00",
      result: { code: "00001" },
      sessionId: "518ec",
      series: 2,
    }
    expect(of(body)).toEqual(body)
  })

  it.each([
    "phone",
    "email",
    "firstName",
    "lastName",
    "realName",
    "idCard",
    "userName",
    "customerId",
    "telnocc",
    "sign",
    "checksum",
    "token",
    "registrationId",
    "remark",
    "descriptor",
    "payUrl",
    "msisdn",
    "accountNo",
    "whatTheVendorAddsTomorrow",
  ])("masks %s", (key) => {
    expect(of({ [key]: "personal" })).toEqual({ [key]: "***" })
    expect(of({ customer: { [key]: "personal" } })).toEqual({ customer: { [key]: "***" } })
  })

  it.each([
    "receiver",
    "sender",
    "payee",
    "contact",
    "buyer",
    "shopper",
    "guest",
    "whoeverComesTomorrow",
  ])("masks the number of %s, who may be somebody, and of what is in it", (key) => {
    const body = { [key]: { id: "12345678903", no: "0855123456", data: { id: "12345678903" } } }
    expect(JSON.stringify(of(body))).not.toMatch(/\d{4}/)
  })

  it("keeps the number of a payment's part", () => {
    const body = { data: { id: "D1", payment: { id: "P1" }, refund: { no: 12 } } }
    expect(of(body)).toEqual(body)
  })

  it.each([
    { amountPaidBy: "Ali Khan" },
    { amount: "for Ana" },
    { orderNo: "of Ana Horvat" },
    { paymentId: "Ana Horvat" },
    { fee: "ana@example.com" },
    { amount: "0917 123 4567" },
    { paymentTime: "when Ana calls" },
    { message: "call ០១២ ៣៤៥ ៦៧៨" },
    { message: "call 0917.123.4567" },
  ])("masks words where a number belongs: %j", (body) => {
    expect(Object.values(of(body) ?? {})).toEqual(["***"])
  })

  it("masks a card number wherever it stands", () => {
    expect(of({ amount: "4111111111111111", status: "4111 1111 1111 1111" })).toEqual({
      amount: "***",
      status: "***",
    })
  })

  it.each([
    { message: "CNIC 42101-1234567-4 is not known" },
    { message: "call +49 1512 3456787" },
    { statusText: "5171011505900000" },
    { code: "0917 123 4567" },
    { id: "42101-1234567-4" },
    { requestId: "4111 1234 5678 9012" },
    { amount: "+49 1512 3456787" },
    { customer: { id: "5171011505900000" } },
    { accountHolder: { no: "4210112345674" } },
  ])("masks an identity or a phone number where words or another number belong: %j", (body) => {
    expect(JSON.stringify(of(body))).not.toMatch(/\d{4}/)
  })

  it("keeps no more fields than a message can have", () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`status${at}`, "x"]))
    expect(Object.keys(of(many) ?? {})).toHaveLength(100)
  })

  it("masks lists and what lies deeper than any message of a gateway's", () => {
    const deep = { a: { b: { c: { d: { status: "x" } } } } }
    expect(JSON.stringify(of({ ...deep, status: ["x"] }))).toBe(
      '{"a":{"b":{"c":{"d":"***"}}},"status":"***"}'
    )
  })

  it("reads a form", () => {
    expect(maskedBody(Buffer.from("orderNo=1&phone=0917"))).toEqual({ orderNo: "1", phone: "***" })
  })

  it.each(["", "[1]", "{"])("is nothing for %j", (text) => {
    expect(maskedBody(Buffer.from(text)) ?? {}).toEqual({})
  })

  it("keeps nothing that a database does not take", () => {
    const body = { status: "a\u0000b", message: "\ud83d", word: "\ud83d\ude00" }
    expect(of(body)).toEqual({ status: "***", message: "***", word: "\ud83d\ude00" })
  })
})
