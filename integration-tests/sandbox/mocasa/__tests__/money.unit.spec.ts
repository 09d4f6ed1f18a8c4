import { type MocasaSandbox } from ".."
import { type Merchant, startMerchant, ORDER } from "./merchant"

const { orderNo } = ORDER

describe("an order", () => {
  let sandbox: MocasaSandbox
  let merchant: Merchant

  beforeEach(async () => {
    ;({ sandbox, merchant } = await startMerchant())
  })

  it("that nobody created can't be asked for, refunded or paid", async () => {
    expect(await merchant.queryOrder()).toMatchObject({ code: "ORDER_NOT_FOUND", success: false })
    expect(await merchant.refundOrder()).toMatchObject({
      code: "ORDER_NOT_FOUND",
      success: false,
    })
    expect(() => sandbox.pay(orderNo)).toThrow(/no order/)
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

const PERSON = {
  idType: "national_id",
  idNo: "1234-5678",
  beneficiaryName: "Juan dela Cruz",
  businessLisence: "BL-1",
  shopName: "Juan's",
}

describe("a payout", () => {
  let sandbox: MocasaSandbox
  let merchant: Merchant

  beforeEach(async () => {
    ;({ sandbox, merchant } = await startMerchant())
  })

  async function addBeneficiary(): Promise<string> {
    const { data } = await merchant.post("/payout/account/create", PERSON)
    return String(data?.["accountNo"])
  }

  const transfer = (payeeAccountNo: string, transferSerialNo = "P1", amount = "50.00") =>
    merchant.post("/payout/transfer/initiate", {
      transferSerialNo,
      amount,
      payeeAccountNo,
      purpose: "Share",
    })

  const payouts = () => sandbox.ledger.entries({ kind: "payout" })

  it("needs a beneficiary with the licence in the vendor's spelling", async () => {
    const { businessLisence, ...others } = PERSON
    expect(
      await merchant.post("/payout/account/create", { ...others, businessLicense: businessLisence })
    ).toMatchObject({ code: "PARAM_MISSING", message: expect.stringContaining("businessLisence") })
  })

  it("makes two accounts of one beneficiary who is added twice", async () => {
    expect(await addBeneficiary()).not.toBe(await addBeneficiary())
  })

  it("is refused to an account that does not exist or was not added successfully", async () => {
    expect(await transfer("nobody")).toMatchObject({ code: "ACCOUNT_NOT_FOUND" })
    sandbox.set({ beneficiaryStatus: "reviewing" })
    expect(await transfer(await addBeneficiary())).toMatchObject({ code: "ACCOUNT_NOT_ACTIVE" })
    expect(payouts()).toEqual([])
  })

  it("can't be asked for before it was made", async () => {
    expect(await merchant.post("/payout/transfer/query", { transferSerialNo: "P1" })).toMatchObject(
      { code: "TRANSFER_NOT_FOUND" }
    )
  })

  it("pays a second time under one serial number", async () => {
    const account = await addBeneficiary()
    await transfer(account)
    expect(await transfer(account)).toMatchObject({ success: true })
    expect(payouts()).toHaveLength(2)
  })
})
