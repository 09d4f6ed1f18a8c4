import { refused, success } from "../../../gateways/kess/__tests__/kess-server"
import { authCode, KessUnderTest, qrCode, reference, toOpen } from "./gateway-under-test"

let test: KessUnderTest

beforeEach(async () => {
  test = new KessUnderTest()
  await test.server.start()
})

afterEach(async () => {
  await test.server.stop()
})

const made = { qr_code: qrCode, amount: 100, out_trade_no: reference, result_code: "SUCCESS" }

const opened = async (
  change: object = {},
  options: Record<string, unknown> = {},
  data: object = {}
) => {
  test.server.answers = [success({ ...made, ...data })]
  return await test.gateway(options).createOrder({ ...toOpen, ...change })
}

describe("a QR of KESS's", () => {
  it.each([
    ["KESS refuses", refused("Store is closed")],
    ["KESS refuses with HTTP 422", refused("The amount is wrong", 422)],
    ["its result is none that KESS documents", success({ ...made, result_code: "FAIL" })],
    ["there is none", success({ ...made, qr_code: null })],
  ])("is not shown where %s, and nobody was charged", async (_what, answer) => {
    test.server.answers = [answer]
    await expect(test.gateway().createOrder(toOpen)).rejects.toMatchObject({ outcome: "declined" })
  })

  it.each([1, 99.99, 102, "1000"])(
    "is not shown where it is for another amount: %j",
    async (amount) => {
      await expect(opened({}, {}, { amount })).rejects.toMatchObject({
        outcome: "unknown",
        reason: "mismatch",
      })
    }
  )

  it.each([
    ["empty", ""],
    ["more than fits into one", "x".repeat(2_954)],
    ["no text", 7],
  ])("is not shown where its text is %s", async (_what, qr_code) => {
    await expect(opened({}, {}, { qr_code })).rejects.toMatchObject({ outcome: "unknown" })
  })

  it("is what the shopper gets to see", async () => {
    expect(await opened()).toEqual({ nextAction: { type: "qr_code", value: qrCode } })
  })

  it("is asked for with our reference and the exact amount, and charges nobody by a code", async () => {
    await opened({ authCode })
    expect(test.sent).toEqual({
      service_id: 30,
      store_id: "109038",
      amount: 100,
      out_trade_no: reference,
    })
  })

  it.each([100, 102])(
    "may be for the amount with or without the fee that the shop asks for: %i",
    async (amount) => {
      const { nextAction } = await opened({}, { feeRate: "2" }, { amount })
      expect(nextAction).toMatchObject({ type: "qr_code" })
      expect(test.sent).toMatchObject({ amount: 100, fee_rate: 2 })
    }
  )

  it("may come without an amount: check payment status will name it", async () => {
    expect(await opened({}, {}, { amount: undefined })).toMatchObject({
      nextAction: { type: "qr_code" },
    })
  })

  it("in riel has no places", async () => {
    await opened({ amount: "4000", currency: "khr" }, { currency: "khr" }, { amount: 4000 })
    expect(test.sent).toMatchObject({ amount: 4000 })
  })

  it("is asked for at the path that the shop names", async () => {
    await opened({}, { paths: { nativePay: "/make_mch_api" } })
    expect(test.server.calls[0]?.path).toBe("/make_mch_api")
  })
})
