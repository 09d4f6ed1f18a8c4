import { type KessSandbox } from ".."
import { type Merchant, startMerchant, ORDER, refused } from "./merchant"

const { out_trade_no } = ORDER

let sandbox: KessSandbox
let merchant: Merchant

beforeEach(async () => {
  ;({ sandbox, merchant } = await startMerchant())
})

describe("a native payment", () => {
  it("that nobody asked for can't be checked, refunded or paid", async () => {
    expect(await merchant.checkPayment()).toMatchObject(refused(200, /no order/))
    expect(await merchant.checkRefund()).toMatchObject(refused(200, /no order/))
    expect(await merchant.refund()).toMatchObject(refused(200, /no order/))
    expect(() => sandbox.pay(out_trade_no)).toThrow(/no order/)
  })

  it("is successful once it was paid, with its money in the ledger", async () => {
    await merchant.nativePay({ amount: 1234567.89 })
    sandbox.pay(out_trade_no)
    expect(await merchant.checkPayment()).toEqual({
      status: 200,
      success: true,
      data: {
        is_success: true,
        service_id: 30,
        out_trade_no,
        amount: 1234567.89,
        out_refund_no: null,
        currency: "USD",
        message: "Payment Successful!",
      },
    })
    expect(sandbox.ledger.entries()).toEqual([
      {
        kind: "payment",
        reference: out_trade_no,
        amount: "1234567.89",
        currency: "USD",
        at: expect.any(String),
      },
    ])
  })

  it("takes the money once, however often the buyer pays, and stays paid when the buyer declines", async () => {
    await merchant.nativePay()
    sandbox.pay(out_trade_no)
    sandbox.pay(out_trade_no)
    sandbox.decline(out_trade_no)
    expect(sandbox.ledger.entries()).toHaveLength(1)
    expect(await merchant.checkPayment()).toMatchObject({ data: { is_success: true } })
  })

  it("charges the buyer the fee on top, and can tell the amount with it or without", async () => {
    await merchant.nativePay({ amount: 100, fee_rate: 2 })
    sandbox.pay(out_trade_no)
    expect(sandbox.ledger.entries()).toMatchObject([{ amount: "102.00" }])
    expect(await merchant.checkPayment()).toMatchObject({ data: { amount: 100 } })
    sandbox.set({ amountsIncludeFee: true })
    expect(await merchant.checkPayment()).toMatchObject({ data: { amount: 102 } })
    expect(
      await merchant.nativePay({ amount: 0.25, fee_rate: 2, out_trade_no: "ORDER-2" })
    ).toMatchObject({ data: { amount: 0.26 } })
  })

  it("under a number that is in use is refused, or is the same QR", async () => {
    const first = await merchant.nativePay()
    expect(await merchant.nativePay()).toMatchObject(refused(200, /already in use/))
    sandbox.set({ duplicateOrder: "same-order" })
    expect(await merchant.nativePay()).toEqual(first)
    for (const other of [
      { amount: 0.31 },
      { service_id: 2 },
      { sub_store_id: 1 },
      { fee_rate: 1 },
    ]) {
      expect(await merchant.nativePay(other)).toMatchObject(refused(200, /already in use/))
    }
    expect(await merchant.quickPay()).toMatchObject(refused(200, /already in use/))
    expect(sandbox.orders.all()).toHaveLength(1)
  })
})

describe("a payment by the code that the seller scans", () => {
  it("under a number that is in use is refused, and nothing is taken twice", async () => {
    const first = await merchant.quickPay()
    expect(await merchant.quickPay()).toMatchObject(refused(200, /already in use/))
    sandbox.set({ duplicateOrder: "same-order" })
    expect(await merchant.quickPay()).toEqual(first)
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })

  it("under a new number takes the money again, unless codes are good for one payment only", async () => {
    await merchant.quickPay()
    await merchant.quickPay({ out_trade_no: "ORDER-2" })
    expect(sandbox.ledger.entries()).toHaveLength(2)
    sandbox.set({ usedCode: "refuse" })
    expect(await merchant.quickPay({ out_trade_no: "ORDER-3" })).toMatchObject(
      refused(200, /used before/)
    )
    expect(sandbox.orders.get("ORDER-3")).toBeUndefined()
    sandbox.set({ duplicateOrder: "same-order" })
    expect(await merchant.quickPay()).toMatchObject({ success: true })
  })
})

describe("a refund", () => {
  beforeEach(() => merchant.nativePay())

  const amounts = () => sandbox.ledger.entries({ kind: "refund" }).map(({ amount }) => amount)

  it("is refused before the order was paid", async () => {
    expect(await merchant.refund()).toMatchObject(refused(200, /not been paid/))
    sandbox.decline(out_trade_no)
    expect(await merchant.refund()).toMatchObject(refused(200, /not been paid/))
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
  })
})
