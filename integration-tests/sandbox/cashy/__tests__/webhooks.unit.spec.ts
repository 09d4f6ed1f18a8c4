import { startCashySandbox, type CashySandbox, type CashySandboxOptions } from ".."
import { startReceiver, type Receiver } from "../../shared/__tests__/receiver"
import { Merchant, ORDER, signOf } from "./merchant"

const { mchOrderNo } = ORDER
const KEY = "test_api_key"

describe("a webhook", () => {
  let receiver: Receiver
  let sandbox: CashySandbox
  let statuses: readonly number[]

  beforeEach(async () => {
    statuses = []
    receiver = await startReceiver((index) => ({ status: statuses[index] ?? 200 }))
    await start({})
  })

  afterEach(async () => {
    await sandbox.close()
    await receiver.close()
  })

  async function start(options: CashySandboxOptions): Promise<void> {
    sandbox = await startCashySandbox({
      apiKey: KEY,
      now: () => Date.UTC(2026, 0, 2, 3, 4, 5),
      webhookRetryDelayMs: 1,
      ...options,
    })
    await new Merchant(sandbox).payIn({ notifyUrl: receiver.url, amount: "20000" })
  }

  const last = () => receiver.received.at(-1)
  const lastFields = () => JSON.parse(last()?.body ?? "")

  it("goes to the order's address, signed over its very bytes", async () => {
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
    expect(last()?.headers).toMatchObject({
      "content-type": "application/json",
      merchantid: "1002001",
      sign: signOf(last()?.body ?? "", KEY),
    })
  })

  it("has numbers with zeros at their end, so that JSON written anew has another signature", async () => {
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    const body = last()?.body ?? ""
    expect(body).toMatch(
      /^\{"amount":20000\.00,"completionTime":"2026-01-02 03:04:05","fee":2\.0000,/
    )
    expect(signOf(JSON.stringify(JSON.parse(body)), KEY)).not.toBe(last()?.headers["sign"])
  })

  it("of an order names its own numbers as those of the original", async () => {
    const { orderNo, payCode } = sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(lastFields()).toEqual({
      amount: 20000,
      completionTime: "2026-01-02 03:04:05",
      fee: 2,
      mchOrderNo,
      merchantId: "1002001",
      nonceStr: expect.any(String),
      orderNo,
      orderStatus: "SUCCESS",
      orderType: "API",
      patchMchOrderNo: mchOrderNo,
      patchOrderNo: orderNo,
      payCode,
      payDeskUrl: `${sandbox.url}/pay/${orderNo}`,
      payType: "36",
    })
  })

  it("can lack the type and the original's numbers, as in the vendor's first example", async () => {
    sandbox.set({ bareWebhooks: true })
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    for (const field of ["orderType", "patchOrderNo", "patchMchOrderNo"]) {
      expect(lastFields()).not.toHaveProperty(field)
    }
  })

  it.each([
    ["serial-in-mchOrderNo", `${mchOrderNo}00001`, mchOrderNo],
    ["serial-in-patchMchOrderNo", mchOrderNo, `${mchOrderNo}0001`],
  ] as const)(
    "of a supplementary order has a number of its own and the serial as %s",
    async (patchNumbering, own, patched) => {
      sandbox.set({ patchNumbering })
      const { orderNo } = sandbox.payPart(mchOrderNo, "15000")
      await sandbox.webhooks.settled()
      expect(lastFields()).toMatchObject({
        orderType: "PATCH",
        amount: 15000,
        orderStatus: "SUCCESS",
        orderNo,
        mchOrderNo: own,
        patchMchOrderNo: patched,
        patchOrderNo: sandbox.orders.get(mchOrderNo)?.orderNo,
      })
    }
  )

  it("can be of the pay desk", async () => {
    sandbox.set({ orderType: "DESK" })
    await new Merchant(sandbox).payIn({ notifyUrl: receiver.url, mchOrderNo: "desk" })
    const { orderNo } = sandbox.pay("desk")
    await sandbox.webhooks.settled()
    expect(lastFields()).toMatchObject({ orderType: "DESK", patchOrderNo: orderNo })
  })

  it("tells of an order that was made by hand", async () => {
    const made = { mchOrderNo: "by-hand-1", amount: "5", currency: "PKR" }
    sandbox.addByHand({ ...made, notifyUrl: receiver.url })
    await sandbox.webhooks.settled()
    expect(lastFields()).toMatchObject({ orderType: "MCH", mchOrderNo: "by-hand-1", amount: 5 })
    expect(sandbox.ledger.entries({ reference: "by-hand-1" })).toHaveLength(1)
  })

  it("is sent for a decline, and not for what changes nothing or expires", async () => {
    sandbox.decline(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(lastFields()).toMatchObject({ orderStatus: "FAIL" })
    expect(lastFields()).not.toHaveProperty("completionTime")
    sandbox.pay(mchOrderNo)
    await new Merchant(sandbox).payIn({ notifyUrl: receiver.url, mchOrderNo: "expiring" })
    sandbox.expire("expiring")
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
  })

  it("can come several times over, the same to the byte", async () => {
    sandbox.set({ webhookCopies: 3 })
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(3)
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
  })

  it("can carry another amount under a signature that is right", async () => {
    sandbox.set({ webhookAmount: "1" })
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(last()?.body).toMatch(/^\{"amount":1,/)
    expect(last()?.headers["sign"]).toBe(signOf(last()?.body ?? "", KEY))
  })

  it("can be forged", async () => {
    sandbox.set({ forgeWebhooks: true })
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(last()?.headers["sign"]).toMatch(/^[0-9A-F]{32}$/)
    expect(last()?.headers["sign"]).not.toBe(signOf(last()?.body ?? "", KEY))
  })

  it("can be signed with the key before it was changed", async () => {
    await sandbox.close()
    await start({ webhookKey: "old_key" })
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(last()?.headers["sign"]).toBe(signOf(last()?.body ?? "", "old_key"))
  })

  it("can be held back, and sent later in another order", async () => {
    sandbox.set({ webhooksOn: false })
    const first = sandbox.payPart(mchOrderNo, "15000")
    const second = sandbox.payPart(mchOrderNo, "5000")
    await sandbox.webhooks.settled()
    expect(receiver.received).toEqual([])
    sandbox.set({ webhooksOn: true })
    for (const { orderNo } of [second, first]) {
      sandbox.resendWebhook(orderNo)
      await sandbox.webhooks.settled()
    }
    const numbers = receiver.received.map(({ body }) => JSON.parse(body).orderNo)
    expect(numbers).toEqual([second.orderNo, first.orderNo])
  })

  it("can name an order that nobody created", async () => {
    sandbox.webhooks.send({
      mchOrderNo: "NOBODY",
      orderNo: "PAYIN0",
      amount: "1.00",
      orderStatus: "SUCCESS",
      notifyUrl: receiver.url,
    })
    await sandbox.webhooks.settled()
    expect(lastFields()).toMatchObject({ mchOrderNo: "NOBODY" })
  })

  it.each([200, 301, 302])("is taken with HTTP %d", async (status) => {
    statuses = [status]
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
  })

  it.each([201, 204, 307, 400, 500])("is sent again after HTTP %d", async (status) => {
    statuses = [status]
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(2)
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body)
  })

  it("is given up after ten retries, and the next one is sent all the same", async () => {
    statuses = Array.from({ length: 11 }, () => 500)
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(11)
    expect(sandbox.webhooks.deliveries).toMatchObject([{ state: "given-up" }])
    sandbox.resendWebhook(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(12)
  })

  it("can go elsewhere than the order says", async () => {
    const elsewhere = await startReceiver()
    expect(() => sandbox.set({ notifyUrl: "nowhere" })).toThrow(/http\(s\) URL/)
    sandbox.set({ notifyUrl: elsewhere.url })
    sandbox.pay(mchOrderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toEqual([])
    expect(elsewhere.received).toHaveLength(1)
    await elsewhere.close()
  })
})
