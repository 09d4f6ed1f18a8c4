import { decimal } from "../../shared/money"
import { paymentState, refundState, resultOf } from "../statuses"

describe("KESS's word for a result", () => {
  it.each(["", "FAIL", "USERPAYING", "success", "SUCCESS ", "SUCCESSFUL", "0", "constructor"])(
    "is no confirmation, and no refusal either: %j",
    (rawStatus) => {
      expect(resultOf(rawStatus)).toBe("unknown")
    }
  )

  it("is a confirmation where it is SUCCESS, and only there", () => {
    expect(resultOf("SUCCESS")).toBe("done")
  })
})

const ours = { outRefundNo: "01JQ7ZK3V5W8X9Y0A1B2C3D4E5R1", amount: "5.00", currency: "usd" }
const yes = {
  is_success: true as const,
  out_trade_no: "01JQ7ZK3V5W8X9Y0A1B2C3D4E50",
  out_refund_no: ours.outRefundNo,
  amount: decimal("5"),
  currency: "usd",
  message: "Refund Successful!",
}
const no = { is_success: false as const, out_trade_no: yes.out_trade_no, message: undefined }

describe("a refund with our number", () => {
  it.each([
    ["another amount", { ...yes, amount: decimal("4.99") }],
    ["the amount of the whole order", { ...yes, amount: decimal("12.50") }],
    ["another currency", { ...yes, currency: "khr" }],
    ["no success", { ...no, out_refund_no: ours.outRefundNo }],
  ])("is not known to be made, and not to be sent again, with %s", (_what, check) => {
    expect(refundState(check, ours)).toBe("unknown")
  })

  it.each([null, undefined, ""])(
    "may be the one that was made, where KESS names no number: %j",
    (out_refund_no) => {
      expect(refundState({ ...yes, out_refund_no }, ours)).toBe("unknown")
    }
  )

  it("is done with our amount, however many zeros we write behind it", () => {
    expect(refundState(yes, ours)).toBe("done")
    expect(refundState(yes, { ...ours, amount: "5" })).toBe("done")
  })
})

describe("a refund that KESS does not tell of", () => {
  it.each([
    ["tells of an earlier one", { ...yes, out_refund_no: "01JQ7ZK3V5W8X9Y0A1B2C3D4E5R0" }],
    ["tells of one in other letters", { ...yes, out_refund_no: ours.outRefundNo.toLowerCase() }],
    ["has found none", { ...no, out_refund_no: undefined }],
    ["has found none and repeats an empty number", { ...no, out_refund_no: "" }],
  ])("is not proven by an answer that %s", (_what, check) => {
    expect(refundState(check, ours)).toBe("not_known")
  })
})

describe("KESS's yes or no about a payment", () => {
  it.each([
    [true, "paid"],
    [false, "pending"],
  ])("%s means %s: there is no final refusal", (isSuccess, state) => {
    expect(paymentState(isSuccess)).toBe(state)
  })
})
