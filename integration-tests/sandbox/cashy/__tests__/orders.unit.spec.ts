import { startCashySandbox, type CashySandbox } from ".."
import { Merchant, ORDER } from "./merchant"

const { mchOrderNo } = ORDER

describe("an order", () => {
  let sandbox: CashySandbox
  let merchant: Merchant
  let now: number

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 2, 3, 4, 5)
    sandbox = await startCashySandbox({ now: () => now })
    merchant = new Merchant(sandbox)
  })

  afterEach(() => sandbox.close())

  const payments = () =>
    sandbox.ledger.entries({ kind: "payment" }).map(({ reference, amount }) => [reference, amount])

  it("that nobody created can't be asked for or paid", async () => {
    expect(await merchant.query()).toMatchObject({ code: 500, msg: "Payin_Order_not_exist" })
    for (const act of [sandbox.pay, sandbox.decline, sandbox.expire, sandbox.payAgain]) {
      expect(() => act(mchOrderNo)).toThrow("Payin_Order_not_exist")
    }
    expect(() => sandbox.payPart(mchOrderNo, "1")).toThrow("Payin_Order_not_exist")
  })

  it("is answered with a pay desk, a pay code, no payUrl and its amount as a number", async () => {
    const { text, data } = await merchant.payIn()
    expect(data).toEqual({
      merchantId: "1002001",
      mchOrderNo,
      orderNo: expect.stringMatching(/^PAYIN\d{19}$/),
      payCode: expect.stringMatching(/^\d{18}$/),
      payUrl: null,
      payDeskUrl: `${sandbox.url}/pay/${String(data?.["orderNo"])}`,
      amount: 100,
    })
    expect(text).toContain('"amount":100}')
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it.each(["payDeskUrl", "payUrl", "payCode"] as const)("can be paid by %s alone", async (way) => {
    sandbox.set({ ways: [way] })
    const { data } = await merchant.payIn()
    const ways = { payDeskUrl: null, payUrl: null, payCode: null }
    expect(data).toMatchObject({ ...ways, [way]: expect.any(String) })
    const empty = { ...ways, payCode: "" }
    expect((await merchant.query()).data).toMatchObject({ ...empty, [way]: data?.[way] })
  })

  it("keeps every digit of a large amount", async () => {
    const amount = "900719925474099301"
    expect((await merchant.payIn({ amount })).text).toContain(`"amount":${amount}}`)
    expect((await merchant.query()).data).toMatchObject({ amount })
  })

  it("is PAYING until it is paid, by either number, and has no time", async () => {
    const { data } = await merchant.payIn()
    const expected = {
      merchantId: "1002001",
      mchOrderNo,
      orderNo: data?.["orderNo"],
      payType: "36",
      payCode: data?.["payCode"],
      payUrl: null,
      payDeskUrl: data?.["payDeskUrl"],
      amount: "100",
      fee: "2",
      orderStatus: "PAYING",
      completionTime: null,
      nonceStr: null,
    }
    expect((await merchant.query()).data).toEqual(expected)
    expect((await merchant.query({ orderNo: data?.["orderNo"] })).data).toEqual(expected)
  })

  it("tells its amount with places where amounts are not whole", async () => {
    sandbox.set({ wholeAmounts: false })
    await merchant.payIn()
    expect((await merchant.query()).data).toMatchObject({ amount: "100.00" })
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

  it("can stay PAYING when its time has run out, and can't be paid all the same", async () => {
    sandbox.set({ expiredStatus: "PAYING" })
    await merchant.payIn({ expireTime: 60 })
    now += 60_000
    sandbox.pay(mchOrderNo)
    sandbox.decline(mchOrderNo)
    expect((await merchant.query()).data).toMatchObject({ orderStatus: "PAYING" })
    expect(payments()).toEqual([])
  })

  it("that was paid in time stays paid", async () => {
    await merchant.payIn({ expireTime: 60 })
    sandbox.pay(mchOrderNo)
    now += 60_000
    expect((await merchant.query()).data).toMatchObject({ orderStatus: "SUCCESS" })
    expect(() => sandbox.expire(mchOrderNo)).toThrow(/not open/)
  })

  it("can be made to expire at once", async () => {
    await merchant.payIn()
    expect(sandbox.expire(mchOrderNo)).toMatchObject({ orderStatus: "FAIL" })
    expect((await merchant.query()).data).toMatchObject({ orderStatus: "FAIL" })
  })

  it.each(["REVIEWING", "constructor", ""])("can have the status %j", async (word) => {
    await merchant.payIn()
    sandbox.say(mchOrderNo, word)
    expect((await merchant.query()).data).toMatchObject({ orderStatus: word })
    sandbox.say(mchOrderNo, "SUCCESS")
    expect((await merchant.query()).data).toMatchObject({ orderStatus: "SUCCESS" })
    expect(payments()).toHaveLength(1)
  })

  it("was created although the answer was lost", async () => {
    sandbox.faults.add({ kind: "answer-lost", path: "/api/payIn" })
    await expect(merchant.payIn()).rejects.toThrow()
    expect((await merchant.query()).data).toMatchObject({ mchOrderNo, orderStatus: "PAYING" })
  })
})
