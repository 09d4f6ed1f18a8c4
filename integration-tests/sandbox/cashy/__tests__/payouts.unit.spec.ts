import { setTimeout as pause } from "node:timers/promises"
import { startCashySandbox, type CashySandbox } from ".."
import { startReceiver } from "../../shared/__tests__/receiver"
import { Merchant, PAYOUT, signOf } from "./merchant"

const { mchOrderNo } = PAYOUT

describe("a payout", () => {
  let sandbox: CashySandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startCashySandbox({ now: () => Date.UTC(2026, 0, 2, 3, 4, 5) })
    merchant = new Merchant(sandbox)
  })

  afterEach(() => sandbox.close())

  const ledger = () => sandbox.ledger.entries({ kind: "payout" })

  it.each(Object.keys(PAYOUT))("is refused without %s", async (field) => {
    expect(await merchant.payOut({ [field]: undefined })).toMatchObject({
      code: 500,
      msg: `Params_${field}_Required`,
    })
    expect(sandbox.payouts.all()).toEqual([])
  })

  it("takes an ifscCode in place of a bankId", async () => {
    expect(await merchant.payOut({ bankId: undefined, ifscCode: "SBIN0001" })).toMatchObject({
      code: 200,
    })
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

  it.each(["WAITING", "PAYING", "REVIEWING"])("can be %s for a while", async (word) => {
    await merchant.payOut()
    sandbox.sayOfPayout(mchOrderNo, word)
    expect((await merchant.queryPayout()).data).toMatchObject({ orderStatus: word })
    expect(ledger()).toEqual([])
  })

  it.each(["FAIL", "CANCEL"])("that ends as %s moves nothing, also later", async (word) => {
    await merchant.payOut()
    sandbox.sayOfPayout(mchOrderNo, word)
    expect(() => sandbox.sayOfPayout(mchOrderNo, "SUCCESS")).toThrow(/come to its end/)
    expect(ledger()).toEqual([])
  })

  it("that succeeded can come back, which its query, its callback and the ledger tell", async () => {
    const receiver = await startReceiver()
    sandbox.set({ payoutStatus: "SUCCESS" })
    await merchant.payOut({ notifyUrl: receiver.url })
    sandbox.giveBack(mchOrderNo)
    await sandbox.webhooks.settled()
    expect((await merchant.queryPayout()).data).toMatchObject({
      orderStatus: "FAIL",
      resultDesc: "PAYMENT_OFFSET",
    })
    const words = receiver.received.map(({ body }) => JSON.parse(body).orderStatus)
    expect(words.sort()).toEqual(["FAIL", "SUCCESS"])
    expect(sandbox.ledger.entries({ reference: mchOrderNo })).toMatchObject([
      { kind: "payout", amount: "50.00" },
      { kind: "payout_returned", amount: "50.00" },
    ])
    expect(() => sandbox.giveBack(mchOrderNo)).toThrow(/has not succeeded/)
    await receiver.close()
  })

  it("can be told to succeed by itself after a while", async () => {
    sandbox.set({ payoutEndsAfterMs: 20 })
    await merchant.payOut()
    expect(ledger()).toEqual([])
    await pause(60)
    expect(ledger()).toHaveLength(1)
  })

  it("lessens the balance, while it is on its way too, until it comes to nothing or back", async () => {
    const balance = async () => (await merchant.post("/api/getBalance", { nonceStr: "n" })).data
    sandbox.set({ openingBalance: "100.00" })
    expect(await balance()).toEqual({ mchId: "1002001", balance: 100, unBalance: 0 })
    await merchant.payOut({ amount: "130.00" })
    expect(await balance()).toMatchObject({ balance: -30, unBalance: 130 })
    sandbox.sayOfPayout(mchOrderNo, "SUCCESS")
    expect(await balance()).toMatchObject({ balance: -30, unBalance: 0 })
    sandbox.giveBack(mchOrderNo)
    expect(await balance()).toMatchObject({ balance: 100, unBalance: 0 })
    expect(await merchant.post("/api/getBalance", {})).toMatchObject({
      msg: "Params_nonceStr_Required",
    })
  })

  it("can succeed at once", async () => {
    sandbox.set({ payoutStatus: "SUCCESS" })
    expect((await merchant.payOut()).data).toMatchObject({ orderStatus: "SUCCESS" })
    expect(ledger()).toHaveLength(1)
  })

  it("pays a second time under one number", async () => {
    sandbox.set({ payoutStatus: "SUCCESS" })
    const first = await merchant.payOut()
    const second = await merchant.payOut()
    expect(second.data?.["orderNo"]).not.toBe(first.data?.["orderNo"])
    expect(ledger()).toHaveLength(2)
  })

  it("can be told to refuse a number that is in use", async () => {
    sandbox.set({ payoutStatus: "SUCCESS", duplicatePayout: "refuse" })
    await merchant.payOut()
    expect(await merchant.payOut()).toMatchObject({ code: 500, msg: "Payout_Order_Error" })
    expect(ledger()).toHaveLength(1)
  })

  it("happened although the answer was lost", async () => {
    sandbox.set({ payoutStatus: "SUCCESS" })
    sandbox.faults.add({ kind: "answer-lost", path: "/api/payOut" })
    await expect(merchant.payOut()).rejects.toThrow()
    expect((await merchant.queryPayout()).data).toMatchObject({ orderStatus: "SUCCESS" })
    expect(ledger()).toHaveLength(1)
  })

  it.each(["SUCCESS", "FAIL", "CANCEL"])("tells its address that it ended as %s", async (word) => {
    const receiver = await startReceiver()
    await merchant.payOut({ notifyUrl: receiver.url })
    sandbox.sayOfPayout(mchOrderNo, "PAYING")
    await sandbox.webhooks.settled()
    expect(receiver.received).toEqual([])

    const { orderNo } = sandbox.sayOfPayout(mchOrderNo, word)
    sandbox.resendWebhook(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(2)
    const { body = "", headers } = receiver.received[0] ?? {}
    expect(headers?.["sign"]).toBe(signOf(body, sandbox.credentials.apiKey))
    expect(JSON.parse(body)).toEqual({
      amount: 50,
      completionTime: "2026-01-02 03:04:05",
      fee: 2,
      mchOrderNo,
      merchantId: "1002001",
      nonceStr: expect.any(String),
      orderNo,
      orderStatus: word,
    })
    await receiver.close()
  })
})
