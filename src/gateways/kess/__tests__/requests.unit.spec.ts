import { decimal } from "../../shared/money"
import { printableText } from "../../shared/text"
import { authCodeAdvice, checkFields, isAuthCode, paymentFields, refundFields } from "../client"

const store = { storeId: "109038", serviceId: 30 }
const outTradeNo = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"

const amountSent = (amount: string) =>
  /"amount":([^,}]*)/.exec(
    JSON.stringify(paymentFields("nativePay", store, { outTradeNo, amount }))
  )?.[1]

describe("an amount on the wire", () => {
  it.each(["9007199254740993", "12345678901234567.89", "0.10000000000000001", "not an amount"])(
    "is not sent where a reader of JSON would take it for another: %s",
    (amount) => {
      expect(() => paymentFields("quickPay", store, { outTradeNo, amount })).toThrow(
        expect.objectContaining({ outcome: "not_sent", reason: "invalid_request" })
      )
      expect(() =>
        refundFields(store, { outTradeNo, amount, outRefundNo: "R1", currency: "usd", reason: "x" })
      ).toThrow(expect.objectContaining({ outcome: "not_sent", operation: "refund" }))
    }
  )

  it.each([
    ["0.01", "0.01"],
    ["0.30", "0.3"],
    ["5.00", "5"],
    ["1234567.89", "1234567.89"],
    ["4000", "4000"],
  ])("%s is the exact number %s, in major units", (amount, sent) => {
    expect(amountSent(amount)).toBe(sent)
  })
})

describe("the store on the wire", () => {
  it("is named as the shop's options hold it, as a text or as a number", () => {
    const fields = (storeId: string | number, subStoreId: string | number) =>
      JSON.stringify(
        paymentFields(
          "nativePay",
          { storeId, serviceId: "30", subStoreId, subStoreName: "Test Store" },
          { outTradeNo, amount: "0.01" }
        )
      )
    expect(fields("0109038", 123)).toContain(
      '{"service_id":"30","store_id":"0109038","sub_store_id":123,"sub_store_name":"Test Store",'
    )
    expect(fields(109038, "0123")).toContain('"store_id":109038,"sub_store_id":"0123",')
    expect(checkFields({ ...store, storeId: 109038 }, outTradeNo)).toEqual({
      store_id: 109038,
      out_trade_no: outTradeNo,
    })
  })

  it("names a fee in percent, as a number, and none where the shop asks for none", () => {
    const fields = (feeRate?: string) =>
      paymentFields(
        "nativePay",
        { ...store, feeRate: feeRate === undefined ? undefined : decimal(feeRate) },
        { outTradeNo, amount: "0.01" }
      )
    expect(JSON.stringify(fields("2.5"))).toContain('"fee_rate":2.5,')
    expect(JSON.stringify(fields())).not.toContain("fee_rate")
  })
})

const digits = (start: string, count: number) => start.padEnd(count, "4567890123")

describe("what is no code of a wallet", () => {
  it.each([
    ["Visa", "4111111111111111"],
    ["Visa with 19 digits", "4988438843884384303"],
    ["Mastercard", "5555555555554444"],
    ["Mastercard of the 2 series", "2223003122003222"],
    ["Mastercard whose number begins as Alipay's codes do", digits("2600", 16)],
    ["American Express", "378282246310005"],
    ["Diners Club", "30569309025904"],
    ["JCB", "3566002020360505"],
    ["Discover", "6011111111111117"],
    ["UnionPay with 19 digits", "6205500000000000004"],
    ["Maestro", "6759649826438453"],
  ])("a card's number: %s", (_network, number) => {
    expect(isAuthCode(number)).toBe(false)
  })

  it.each([
    ["17 digits of WeChat Pay's", digits("13", 17)],
    ["19 digits of WeChat Pay's", digits("13", 19)],
    ["16 digits of Alipay's", digits("28", 16)],
    ["25 digits of Alipay's", digits("28", 25)],
    ["digits before WeChat Pay's", digits("09", 18)],
    ["digits after WeChat Pay's", digits("16", 18)],
    ["digits before Alipay's", digits("24", 18)],
    ["digits after Alipay's", digits("31", 18)],
    ["nothing", ""],
    ["blanks between", "13 4567 8901 2345 6789"],
    ["a line break behind", `${digits("13", 18)}\n`],
    ["a line before", `x\n${digits("13", 18)}`],
    ["other digits than ours", "１３４５６７８９０１２３４５６７８９"],
    ["a word", "SUCCESS"],
  ])("%s", (_what, text) => {
    expect(isAuthCode(text)).toBe(false)
  })
})

describe("a code of a wallet", () => {
  it.each(["10", "11", "12", "13", "14", "15"])("of WeChat Pay begins with %s", (start) => {
    expect(isAuthCode(digits(start, 18))).toBe(true)
  })

  it.each(["25", "26", "27", "28", "29", "30"])("of Alipay begins with %s", (start) => {
    for (const count of [17, 18, 21, 24]) {
      expect(isAuthCode(digits(start, count))).toBe(true)
    }
  })
})

it("the advice is shown whole", () => {
  expect(printableText(authCodeAdvice)).toBe(authCodeAdvice)
})
