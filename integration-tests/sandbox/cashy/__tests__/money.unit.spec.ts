import { type CashySandbox } from ".."
import { type Merchant, startMerchant, ORDER, PAYOUT } from "./merchant"

const { mchOrderNo } = ORDER

describe("an order", () => {
  let sandbox: CashySandbox
  let merchant: Merchant
  let now: number

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 2, 3, 4, 5)
    ;({ sandbox, merchant } = await startMerchant({ now: () => now }))
  })

  const payments = () =>
    sandbox.ledger.entries({ kind: "payment" }).map(({ reference, amount }) => [reference, amount])

  it("that nobody created can't be asked for or paid", async () => {
    expect(await merchant.query()).toMatchObject({ code: 500, msg: "Payin_Order_not_exist" })
    for (const act of [sandbox.pay, sandbox.decline, sandbox.expire, sandbox.payAgain]) {
      expect(() => act(mchOrderNo)).toThrow("Payin_Order_not_exist")
    }
    expect(() => sandbox.payPart(mchOrderNo, "1")).toThrow("Payin_Order_not_exist")
  })

  it("keeps every digit of a large amount", async () => {
    const amount = "900719925474099301"
    expect((await merchant.payIn({ amount })).text).toContain(`"amount":${amount}}`)
    expect((await merchant.query()).data).toMatchObject({ amount })
  })

  it("is paid once, with its money in the ledger", async () => {
    await merchant.payIn()
    sandbox.pay(mchOrderNo)
    sandbox.pay(mchOrderNo)
    sandbox.decline(mchOrderNo)
    expect((await merchant.query()).data).toMatchObject({
      orderStatus: "SUCCESS",
      completionTime: "2026-01-02 03:04:05",
    })
    expect(sandbox.ledger.entries()).toMatchObject([
      { kind: "payment", reference: mchOrderNo, amount: "100.00", currency: "PKR" },
    ])
  })

  it("that was declined is over: it can't be paid any more", async () => {
    await merchant.payIn()
    sandbox.decline(mchOrderNo)
    sandbox.pay(mchOrderNo)
    expect((await merchant.query()).data).toMatchObject({
      orderStatus: "FAIL",
      completionTime: null,
    })
    expect(payments()).toEqual([])
  })

  it("is over when its time has run out, to the second", async () => {
    await merchant.payIn({ expireTime: 60 })
    now += 59_999
    expect((await merchant.query()).data).toMatchObject({ orderStatus: "PAYING" })
    now += 1
    expect((await merchant.query()).data).toMatchObject({ orderStatus: "FAIL" })
    sandbox.pay(mchOrderNo)
    expect(payments()).toEqual([])
  })
})

describe("a supplementary order", () => {
  let sandbox: CashySandbox
  let merchant: Merchant

  beforeEach(async () => {
    ;({ sandbox, merchant } = await startMerchant())
    await merchant.payIn()
  })

  const original = () => sandbox.orders.get(mchOrderNo)
  const ledger = () =>
    sandbox.ledger.entries().map(({ kind, reference, amount }) => [kind, reference, amount])

  it("of another amount leaves the original as it was", () => {
    const patch = sandbox.payPart(mchOrderNo, "60")
    expect(patch).toMatchObject({
      orderType: "PATCH",
      mchOrderNo: `${mchOrderNo}00001`,
      patchMchOrderNo: mchOrderNo,
      patchOrderNo: original()?.orderNo,
      amount: "60.00",
      orderStatus: "SUCCESS",
    })
    expect(patch.orderNo).not.toBe(original()?.orderNo)
    expect(original()).toMatchObject({ orderStatus: "PAYING", amount: "100.00" })
    expect(ledger()).toEqual([["payment", mchOrderNo, "60.00"]])
  })

  it("comes of a second payment of what was ordered", () => {
    sandbox.pay(mchOrderNo)
    expect(sandbox.payAgain(mchOrderNo)).toMatchObject({ orderType: "PATCH", amount: "100.00" })
    expect(ledger()).toEqual([
      ["payment", mchOrderNo, "100.00"],
      ["payment", mchOrderNo, "100.00"],
    ])
  })

  it("can be numbered as in the vendor's example, which contradicts the text", async () => {
    sandbox.set({ patchNumbering: "serial-in-patchMchOrderNo" })
    const patch = sandbox.payPart(mchOrderNo, "60")
    expect(patch).toMatchObject({ mchOrderNo, patchMchOrderNo: `${mchOrderNo}0001` })
    expect((await merchant.query({ orderNo: patch.orderNo })).data).toMatchObject({
      mchOrderNo,
      amount: "60",
    })
    // The merchant's own number is the original's all the same.
    expect((await merchant.query()).data).toMatchObject({ amount: "100", orderStatus: "PAYING" })
  })

  describe("and a transfer to the pay code", () => {
    it("to a code that was not handed out moves nothing", async () => {
      expect(() => sandbox.transfer("1", "100")).toThrow(/No order waits/)
      sandbox.set({ ways: ["payDeskUrl"] })
      await merchant.payIn({ mchOrderNo: "other" })
      const hidden = sandbox.orders.get("other")?.payCode ?? ""
      expect(() => sandbox.transfer(hidden, "100")).toThrow(/No order waits/)
      expect(ledger()).toEqual([])
    })
  })
})

describe("a payout", () => {
  const { mchOrderNo } = PAYOUT
  let sandbox: CashySandbox
  let merchant: Merchant

  beforeEach(async () => {
    ;({ sandbox, merchant } = await startMerchant({ now: () => Date.UTC(2026, 0, 2, 3, 4, 5) }))
  })

  const ledger = () => sandbox.ledger.entries({ kind: "payout" })

  it.each(Object.keys(PAYOUT))("is refused without %s", async (field) => {
    expect(await merchant.payOut({ [field]: undefined })).toMatchObject({
      code: 500,
      msg: `Params_${field}_Required`,
    })
    expect(sandbox.payouts.all()).toEqual([])
  })

  it.each([
    ["amount", 50],
    ["amount", "0.00"],
    ["amount", "50.50"],
    ["mchOrderNo", "P".repeat(33)],
    ["accountType", 1.5],
    ["notifyUrl", "shop.test"],
    ["note", "no such field"],
  ])("is refused with %s %j", async (field, value) => {
    expect(await merchant.payOut({ [field]: value })).toMatchObject({
      msg: `Params_${field}_error`,
    })
    expect(sandbox.payouts.all()).toEqual([])
  })

  it("can't be asked for before it was made", async () => {
    expect(await merchant.queryPayout()).toMatchObject({ code: 500, msg: "Payout_Order_not_exist" })
    expect(await merchant.queryPayout({})).toMatchObject({ msg: "Params_orderNo_Required" })
  })

  it("is on its way until it succeeds, and moves its money then", async () => {
    const { data } = await merchant.payOut()
    const expected = {
      merchantId: "1002001",
      mchOrderNo,
      orderNo: expect.stringMatching(/^PAYOUT\d{19}$/),
      amount: "50",
      fee: "2",
      orderStatus: "PROCESSING",
    }
    expect(data).toEqual(expected)
    expect((await merchant.queryPayout()).data).toEqual({
      ...expected,
      completionTime: null,
      resultDesc: null,
    })
    expect(ledger()).toEqual([])

    sandbox.sayOfPayout(mchOrderNo, "SUCCESS")
    expect((await merchant.queryPayout({ orderNo: data?.["orderNo"] })).data).toEqual({
      ...expected,
      orderStatus: "SUCCESS",
      completionTime: "2026-01-02 03:04:05",
      resultDesc: "SUCCESS",
    })
    expect(ledger()).toMatchObject([{ reference: mchOrderNo, amount: "50.00", currency: "PKR" }])
  })

  it("pays a second time under one number", async () => {
    sandbox.set({ payoutStatus: "SUCCESS" })
    const first = await merchant.payOut()
    const second = await merchant.payOut()
    expect(second.data?.["orderNo"]).not.toBe(first.data?.["orderNo"])
    expect(ledger()).toHaveLength(2)
  })
})
