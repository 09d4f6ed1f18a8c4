import { startMocasaSandbox, type MocasaSandbox } from ".."
import { Merchant, ORDER } from "./merchant"

const { orderNo } = ORDER

describe("an order", () => {
  let sandbox: MocasaSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startMocasaSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

  it("that nobody created can't be asked for, refunded or paid", async () => {
    expect(await merchant.queryOrder()).toMatchObject({ code: "ORDER_NOT_FOUND", success: false })
    expect(await merchant.refundOrder()).toMatchObject({ code: "ORDER_NOT_FOUND", success: false })
    expect(() => sandbox.pay(orderNo)).toThrow(/no order/)
  })

  it("has a link and no status before the shopper paid", async () => {
    const { data } = await merchant.createOrder()
    expect(data).toEqual({ orderNo, paymentLink: expect.stringMatching(/^http:.+\/pay\/[^/]+$/) })
    expect((await merchant.queryOrder()).data).toEqual(data)
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("can have a status of any word before the shopper paid", async () => {
    await merchant.createOrder()
    sandbox.set({ unpaidTxStatus: "pending" })
    expect((await merchant.queryOrder()).data).toMatchObject({ txStatus: "pending" })
  })

  it("is paid with its money in the ledger, and tells no amount", async () => {
    const { data } = await merchant.createOrder({ amount: "100.5" })
    sandbox.pay(orderNo)
    expect((await merchant.queryOrder()).data).toEqual({
      ...data,
      txStatus: "success",
      txMessage: expect.any(String),
      txTime: expect.any(Number),
      paymentMode: "Mocasa BNPL",
    })
    expect(sandbox.ledger.entries()).toEqual([
      {
        kind: "payment",
        reference: orderNo,
        amount: "100.50",
        currency: "PHP",
        at: expect.any(String),
      },
    ])
  })

  it("takes the money once, however often the shopper pays", async () => {
    await merchant.createOrder()
    sandbox.pay(orderNo)
    sandbox.pay(orderNo)
    expect(sandbox.ledger.entries({ kind: "payment" })).toHaveLength(1)
  })

  it("can still be paid after it failed", async () => {
    await merchant.createOrder()
    sandbox.decline(orderNo)
    expect((await merchant.queryOrder()).data).toMatchObject({ txStatus: "failed" })
    expect(sandbox.ledger.entries()).toEqual([])
    sandbox.pay(orderNo)
    expect((await merchant.queryOrder()).data).toMatchObject({ txStatus: "success" })
  })

  it("stays paid when the shopper declines afterwards", async () => {
    await merchant.createOrder()
    sandbox.pay(orderNo)
    sandbox.decline(orderNo)
    expect((await merchant.queryOrder()).data).toMatchObject({ txStatus: "success" })
  })

  it("was created although the answer was lost", async () => {
    sandbox.faults.add({ kind: "answer-lost", path: "/payment/order/create" })
    await expect(merchant.createOrder()).rejects.toThrow()
    expect(await merchant.queryOrder()).toMatchObject({ success: true })
  })

  describe("its refund", () => {
    const refunds = () => sandbox.ledger.entries({ kind: "refund" })

    beforeEach(() => merchant.createOrder())

    it("is refused before it was paid", async () => {
      expect(await merchant.refundOrder()).toMatchObject({ code: "ORDER_NOT_PAID", data: null })
      sandbox.decline(orderNo)
      expect(await merchant.refundOrder()).toMatchObject({ code: "ORDER_NOT_PAID", data: null })
    })

    it("is refused once the money was settled", async () => {
      expect(() => sandbox.settle(orderNo)).toThrow(/not been paid/)
      sandbox.pay(orderNo)
      sandbox.settle(orderNo)
      expect(await merchant.refundOrder()).toMatchObject({ code: "ORDER_SETTLED", data: null })
      expect(refunds()).toEqual([])
    })

    it("is refused without a reason, and with an amount", async () => {
      sandbox.pay(orderNo)
      const path = "/payment/order/refund"
      expect(await merchant.post(path, { orderNo })).toMatchObject({ code: "PARAM_MISSING" })
      expect(await merchant.post(path, { orderNo, reason: "r", amount: "1.00" })).toMatchObject({
        code: "PARAM_UNKNOWN",
      })
      expect(refunds()).toEqual([])
    })

    it("gives the whole amount back, once", async () => {
      sandbox.pay(orderNo)
      expect((await merchant.refundOrder()).data).toEqual({
        refundStatus: "success",
        orderNo,
        refundRef: expect.any(String),
      })
      expect(await merchant.refundOrder()).toMatchObject({
        success: false,
        code: "ORDER_ALREADY_REFUNDED",
      })
      expect(refunds()).toMatchObject([{ reference: orderNo, amount: "100.00", currency: "PHP" }])
      expect((await merchant.queryOrder()).data).toMatchObject({ txStatus: "success" })
    })

    it("happened although the answer was lost", async () => {
      sandbox.pay(orderNo)
      sandbox.faults.add({ kind: "answer-lost", path: "/payment/order/refund" })
      await expect(merchant.refundOrder()).rejects.toThrow()
      expect(await merchant.refundOrder()).toMatchObject({ code: "ORDER_ALREADY_REFUNDED" })
      expect(refunds()).toHaveLength(1)
    })

    it("of which it says that it failed moves nothing and can be tried again", async () => {
      sandbox.pay(orderNo)
      sandbox.set({ refundStatus: "failed" })
      expect((await merchant.refundOrder()).data).toMatchObject({ refundStatus: "failed" })
      expect(refunds()).toEqual([])
      sandbox.set({ refundStatus: "success" })
      expect((await merchant.refundOrder()).data).toMatchObject({ refundStatus: "success" })
    })

    it.each(["processing", "pending", "on_its_way"])(
      "of which it says %s moves money only when it is finished",
      async (refundStatus) => {
        sandbox.pay(orderNo)
        sandbox.set({ refundStatus })
        expect((await merchant.refundOrder()).data).toMatchObject({ refundStatus })
        expect(await merchant.refundOrder()).toMatchObject({ code: "REFUND_IN_PROGRESS" })
        expect(refunds()).toEqual([])
        sandbox.finishRefund(orderNo, "success")
        expect(refunds()).toHaveLength(1)
        expect(await merchant.refundOrder()).toMatchObject({ code: "ORDER_ALREADY_REFUNDED" })
        expect(() => sandbox.finishRefund(orderNo, "success")).toThrow(/in progress/)
      }
    )
  })
})
