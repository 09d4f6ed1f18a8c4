import { decimal } from "../../shared/money"
import { checkFields, paymentFields, refundFields } from "../request"

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
