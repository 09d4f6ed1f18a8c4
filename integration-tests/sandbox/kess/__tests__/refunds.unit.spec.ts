import { startKessSandbox, type KessSandbox } from ".."
import { Merchant, ORDER, refused } from "./merchant"

const { out_trade_no } = ORDER

describe("a refund", () => {
  let sandbox: KessSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startKessSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
    await merchant.nativePay()
  })

  afterEach(() => sandbox.close())

  const amounts = () => sandbox.ledger.entries({ kind: "refund" }).map(({ amount }) => amount)

  it("is refused before the order was paid", async () => {
    expect(await merchant.refund()).toMatchObject(refused(200, /not been paid/))
    sandbox.decline(out_trade_no)
    expect(await merchant.refund()).toMatchObject(refused(200, /not been paid/))
  })

  it("can be refused with an HTTP status of its own, in the same words", async () => {
    sandbox.set({ refusalStatus: 422 })
    expect(await merchant.refund()).toMatchObject(refused(422, /not been paid/))
    expect(await merchant.refund({ refund_amount: 0 })).toMatchObject(refused(422, /not valid/))
    sandbox.revokeTokens()
    expect(await merchant.refund()).toMatchObject(refused(401, /not valid/))
  })

  describe("of a paid order", () => {
    beforeEach(() => void sandbox.pay(out_trade_no))

    it.each([
      [{ reason: undefined }, /missing or empty: reason/],
      [{ reason: " " }, /missing or empty: reason/],
      [{ reason: "r".repeat(81) }, /80 characters/],
      [{ out_refund_no: "" }, /missing or empty: out_refund_no/],
      [{ out_refund_no: "R".repeat(65) }, /64 letters/],
      [{ refund_amount: "0.30" }, /refund_amount must be a JSON number/],
      [{ refund_amount: 0.1 + 0.2 }, /refund_amount must be .* not 0.30000000000000004/],
      [{ refund_amount: 0 }, /refund_amount must be/],
      [{ service_id: 2 }, /no service/],
      [{ store_id: "1" }, /no store/],
      [{ amount: 0.3 }, /not known: amount/],
    ])("is refused with %j", async (wrong, message) => {
      expect(await merchant.refund(wrong)).toMatchObject(refused(200, message))
      expect(amounts()).toEqual([])
    })

    it("gives the money back, and answers as the vendor's sample does", async () => {
      expect(await merchant.refund()).toEqual({
        status: 200,
        success: true,
        data: {
          service_id: 30,
          store_id: 109038,
          refund_amount: 0.3,
          currency: "USD",
          out_trade_no,
          out_refund_no: "REFUND-4339-1",
          transaction_id: expect.stringMatching(/^4200\d{24}$/),
          result_code: "SUCCESS",
        },
      })
      expect(sandbox.ledger.entries({ kind: "refund" })).toMatchObject([
        { reference: out_trade_no, amount: "0.30", currency: "USD" },
      ])
      expect(await merchant.checkPayment()).toMatchObject({
        data: { is_success: true, out_refund_no: "REFUND-4339-1" },
      })
    })

    it("under the same number is the same refund, or is refused", async () => {
      const first = await merchant.refund({ refund_amount: 0.1 })
      expect(await merchant.refund({ refund_amount: 0.1 })).toEqual(first)
      sandbox.set({ duplicateRefund: "refuse" })
      expect(await merchant.refund({ refund_amount: 0.1 })).toMatchObject(
        refused(200, /already in use/)
      )
      expect(amounts()).toEqual(["0.10"])
    })

    it("under the number of another amount or another order is refused", async () => {
      await merchant.refund({ refund_amount: 0.1 })
      expect(await merchant.refund({ refund_amount: 0.2 })).toMatchObject(
        refused(200, /already in use/)
      )
      await merchant.nativePay({ out_trade_no: "ORDER-2" })
      sandbox.pay("ORDER-2")
      expect(await merchant.refund({ out_trade_no: "ORDER-2", refund_amount: 0.1 })).toMatchObject(
        refused(200, /already in use/)
      )
      expect(amounts()).toEqual(["0.10"])
    })

    it("under a new number is a new refund, until nothing is left", async () => {
      await merchant.refund({ refund_amount: 0.1 })
      const second = { refund_amount: 0.2, out_refund_no: "REFUND-4339-2" }
      expect(await merchant.refund({ ...second, refund_amount: 0.21 })).toMatchObject(
        refused(200, /more than what is left/)
      )
      expect(await merchant.refund(second)).toMatchObject({ success: true })
      expect(
        await merchant.refund({ refund_amount: 0.01, out_refund_no: "REFUND-4339-3" })
      ).toMatchObject(refused(200, /more than what is left/))
      expect(amounts()).toEqual(["0.10", "0.20"])
    })

    it("does not give back the fee", async () => {
      await merchant.nativePay({ out_trade_no: "ORDER-2", amount: 100, fee_rate: 2 })
      sandbox.pay("ORDER-2")
      const refund = { out_trade_no: "ORDER-2", out_refund_no: "R2" }
      expect(await merchant.refund({ ...refund, refund_amount: 102 })).toMatchObject(
        refused(200, /more than what is left/)
      )
      expect(await merchant.refund({ ...refund, refund_amount: 100 })).toMatchObject({
        success: true,
      })
    })

    it("happened although the answer was lost", async () => {
      sandbox.faults.add({ kind: "answer-lost", path: "/refund" })
      await expect(merchant.refund()).rejects.toThrow()
      expect(await merchant.checkRefund()).toMatchObject({
        data: { is_success: true, out_refund_no: "REFUND-4339-1", amount: 0.3 },
      })
      await merchant.refund()
      expect(amounts()).toEqual(["0.30"])
    })

    it.each(["PROCESSING", "success", "constructor"])(
      "answered with %s moves money only when it is finished",
      async (refundResultCode) => {
        sandbox.set({ refundResultCode })
        expect(await merchant.refund()).toMatchObject({ data: { result_code: refundResultCode } })
        expect(await merchant.refund()).toMatchObject({ data: { result_code: refundResultCode } })
        expect(await merchant.refund({ out_refund_no: "R2" })).toMatchObject(refused(200, /left/))
        expect(await merchant.checkRefund()).toMatchObject({
          data: { is_success: false, out_refund_no: "REFUND-4339-1" },
        })
        expect(amounts()).toEqual([])
        sandbox.finishRefund(out_trade_no, "made")
        expect(await merchant.checkRefund()).toMatchObject({
          data: { is_success: true, message: "Refund Successful!" },
        })
        expect(amounts()).toEqual(["0.30"])
        expect(() => sandbox.finishRefund(out_trade_no, "made")).toThrow(/in progress/)
      }
    )

    it("that was made can fail later, and its money comes back", async () => {
      sandbox.set({ refundResultCode: "SUCCESS" })
      expect(() => sandbox.failRefundLate("REFUND-4339-1")).toThrow(/was made/)
      await merchant.refund()
      sandbox.failRefundLate("REFUND-4339-1")
      expect(await merchant.checkRefund()).toMatchObject({
        data: { is_success: false, out_refund_no: "REFUND-4339-1" },
      })
      expect(sandbox.ledger.entries({ kind: "refund_returned" })).toMatchObject([
        { amount: "0.30" },
      ])
    })

    it("that fails, at once or later, moves nothing and is tried again under its number", async () => {
      sandbox.set({ refundResultCode: "PROCESSING" })
      await merchant.refund()
      sandbox.finishRefund(out_trade_no, "failed")
      expect(await merchant.checkRefund()).toMatchObject({ data: { is_success: false } })
      sandbox.set({ refundResultCode: "FAIL" })
      expect(await merchant.refund()).toMatchObject({ data: { result_code: "FAIL" } })
      expect(amounts()).toEqual([])
      sandbox.set({ refundResultCode: "SUCCESS" })
      expect(await merchant.refund()).toMatchObject({ data: { result_code: "SUCCESS" } })
      expect(amounts()).toEqual(["0.30"])
    })

    describe("when it is checked", () => {
      it("is not successful where there is none", async () => {
        expect(await merchant.checkRefund()).toMatchObject({
          data: { is_success: false, out_trade_no, out_refund_no: null, currency: "USD" },
        })
      })

      it("is the last of several, or the first", async () => {
        await merchant.refund({ refund_amount: 0.1 })
        await merchant.refund({ refund_amount: 0.2, out_refund_no: "REFUND-4339-2" })
        expect(await merchant.checkRefund()).toMatchObject({
          data: { out_refund_no: "REFUND-4339-2", amount: 0.2 },
        })
        sandbox.set({ checkTellsOf: "first-refund" })
        expect(await merchant.checkRefund()).toMatchObject({
          data: { out_refund_no: "REFUND-4339-1", amount: 0.1 },
        })
      })

      it("can tell the order's amount in place of its own", async () => {
        await merchant.refund({ refund_amount: 0.1 })
        sandbox.set({ refundCheckAmount: "order" })
        expect(await merchant.checkRefund()).toMatchObject({
          data: { is_success: true, amount: 0.3 },
        })
      })
    })
  })
})
