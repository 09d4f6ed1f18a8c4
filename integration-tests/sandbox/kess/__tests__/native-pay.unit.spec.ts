import { startKessSandbox, type KessSandbox } from ".."
import { Merchant, ORDER, refused } from "./merchant"

const { out_trade_no } = ORDER

describe("a native payment", () => {
  let sandbox: KessSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startKessSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

  it("that nobody asked for can't be checked, refunded or paid", async () => {
    expect(await merchant.checkPayment()).toMatchObject(refused(200, /no order/))
    expect(await merchant.checkRefund()).toMatchObject(refused(200, /no order/))
    expect(await merchant.refund()).toMatchObject(refused(200, /no order/))
    expect(() => sandbox.pay(out_trade_no)).toThrow(/no order/)
  })

  it.each([
    [30, /^weixin:\/\/wxpay\/bizpayurl\?pr=\S+$/],
    [2, /^https:\/\/qr\.alipay\.com\/\S+$/],
  ])(
    "of service %i gets the QR of its wallet, and SUCCESS before anything is paid",
    async (service_id, qr) => {
      expect(await merchant.nativePay({ service_id })).toEqual({
        status: 200,
        success: true,
        data: {
          qr_code: expect.stringMatching(qr),
          amount: 0.3,
          out_trade_no,
          result_code: "SUCCESS",
        },
      })
      expect(sandbox.ledger.entries()).toEqual([])
    }
  )

  it("is not successful before it was paid, and says so in words that can be any", async () => {
    await merchant.nativePay()
    const unpaid = {
      is_success: false,
      service_id: 30,
      out_trade_no,
      amount: 0.3,
      out_refund_no: null,
      currency: "USD",
    }
    expect(await merchant.checkPayment()).toMatchObject({
      data: { ...unpaid, message: "Payment Pending!" },
    })
    sandbox.set({ unpaidMessage: "Payment Successful!" })
    expect(await merchant.checkPayment()).toMatchObject({
      data: { ...unpaid, message: "Payment Successful!" },
    })
    sandbox.set({ unpaidMessage: null })
    expect(await merchant.checkPayment()).toEqual({ status: 200, success: true, data: unpaid })
    sandbox.set({ unpaidCheck: "failure" })
    expect(await merchant.checkPayment()).toMatchObject(refused(200, /not been paid/))
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

  it("can still be paid after the buyer declined", async () => {
    await merchant.nativePay()
    sandbox.decline(out_trade_no)
    expect(await merchant.checkPayment()).toMatchObject({ data: { is_success: false } })
    sandbox.pay(out_trade_no)
    expect(await merchant.checkPayment()).toMatchObject({ data: { is_success: true } })
  })

  it("is in riel where the back office says so", async () => {
    sandbox.set({ currency: "KHR" })
    await merchant.nativePay({ amount: 41000 })
    sandbox.set({ currency: "USD" })
    sandbox.pay(out_trade_no)
    expect(await merchant.checkPayment()).toMatchObject({
      data: { amount: 41000, currency: "KHR" },
    })
  })

  it("can be paid with other money than was asked for, and tells what was paid", async () => {
    await merchant.nativePay()
    expect(() => sandbox.pay(out_trade_no, { amount: "0.005", currency: "USD" })).toThrow(
      /no amount/
    )
    sandbox.pay(out_trade_no, { amount: "0.29", currency: "KHR" })
    expect(await merchant.checkPayment()).toMatchObject({ data: { amount: 0.29, currency: "KHR" } })
    expect(sandbox.ledger.entries()).toMatchObject([{ amount: "0.29", currency: "KHR" }])
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

  it("was made although the answer was lost", async () => {
    sandbox.faults.add({ kind: "answer-lost", path: "/native-pay" })
    await expect(merchant.nativePay()).rejects.toThrow()
    expect(await merchant.checkPayment()).toMatchObject({ data: { is_success: false } })
  })
})
