import { startMocopaySandbox, type MocopaySandbox } from ".."
import { startReceiver, type Received, type Receiver } from "../../shared/__tests__/receiver"
import { Merchant, ORDER } from "./merchant"

const { referenceId } = ORDER

describe("a notification", () => {
  let receiver: Receiver
  let sandbox: MocopaySandbox
  let merchant: Merchant
  let status: number

  beforeEach(async () => {
    status = 200
    receiver = await startReceiver(() => ({ status }))
    sandbox = await startMocopaySandbox({
      notifyUrl: receiver.url,
      transactionNotifications: false,
      notificationRetryDelayMs: 1,
    })
    merchant = new Merchant(sandbox)
  })

  afterEach(async () => {
    await sandbox.close()
    await receiver.close()
  })

  /** What was told so far, whichever way it came. */
  async function told(): Promise<Record<string, string>[]> {
    await sandbox.notifications.settled()
    return receiver.received.map(fieldsOf)
  }

  it("is not sent for a payment that nobody has touched", async () => {
    await merchant.init()
    expect(await told()).toEqual([])
  })

  it("tells of a session by GET, with everything in the query and no signature", async () => {
    await merchant.init()
    const { sessionId } = sandbox.pay(referenceId)
    expect(await told()).toEqual([
      {
        sessionId,
        referenceId,
        userId: ORDER.userId,
        sessionType: "onetime",
        status: "PaymentComplete",
        series: "1",
        phone: "0099923026",
        mcc: "999",
        mnc: "99",
        serviceCode: "PS-000-002",
        pid: ORDER.pid,
        lang: "en",
        currencyCode: "EUR",
        chargedAmount: "10",
      },
    ])
    const [{ method, body, headers } = { method: "", body: "-", headers: {} }] = receiver.received
    expect({ method, body }).toEqual({ method: "GET", body: "" })
    expect(headers).not.toHaveProperty("signature")
  })

  it("can come by POST, as a form", async () => {
    sandbox.set({ notificationMethod: "POST" })
    await merchant.init()
    sandbox.pay(referenceId)
    expect(await told()).toMatchObject([{ referenceId, status: "PaymentComplete" }])
    expect(receiver.received).toMatchObject([
      {
        method: "POST",
        path: "/hook",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      },
    ])
  })

  it("tells of a transaction apart from the session", async () => {
    sandbox.set({ transactionNotifications: true })
    await merchant.init()
    const { sessionId, transactions } = sandbox.pay(referenceId)
    const all = await told()
    expect(all).toHaveLength(2)
    expect(all).toContainEqual({
      transactionId: transactions[0]?.transactionId,
      sessionId,
      referenceId,
      userId: ORDER.userId,
      status: "Charged",
      series: "1",
      pid: ORDER.pid,
      currencyCode: "EUR",
      amount: "10",
    })
  })

  it("tells of each transaction once", async () => {
    sandbox.set({ transactionNotifications: true, sessionNotifications: false })
    await merchant.init()
    sandbox.payPart(referenceId, "4.00")
    await sandbox.notifications.settled()
    const { transactions } = sandbox.pay(referenceId)
    expect(await told()).toMatchObject([
      { transactionId: transactions[0]?.transactionId, amount: "4" },
      { transactionId: transactions[1]?.transactionId, amount: "6" },
    ])
  })

  it("can be of transactions alone", async () => {
    sandbox.set({ transactionNotifications: true, sessionNotifications: false })
    await merchant.init()
    sandbox.decline(referenceId)
    sandbox.fail(referenceId)
    expect(await told()).toMatchObject([{ status: "Failed", transactionId: expect.any(String) }])
  })

  it("is sent for each change of the status, and not for what changes nothing", async () => {
    await merchant.init()
    for (const act of ["decline", "authorize", "pay", "pay", "decline"] as const) {
      sandbox[act](referenceId)
      await sandbox.notifications.settled()
    }
    expect((await told()).map((fields) => fields["status"])).toEqual([
      "Canceled",
      "Authorized",
      "PaymentComplete",
    ])
  })

  it("is sent for each series of a subscription, with what that series came to", async () => {
    await merchant.init({ ...ORDER, pid: "PP27638049" })
    sandbox.pay(referenceId)
    await sandbox.notifications.settled()
    sandbox.chargeSeries(referenceId)
    await sandbox.notifications.settled()
    sandbox.chargeSeries(referenceId, "failed")
    expect(await told()).toMatchObject([
      { sessionType: "subscription", series: "1", chargedAmount: "5" },
      { sessionType: "subscription", series: "2", chargedAmount: "5" },
      { sessionType: "subscription", series: "3", chargedAmount: "0" },
    ])
  })

  it("goes to the address that initPayment named, and keeps what that address says", async () => {
    await merchant.init({ ...ORDER, notifyUrl: `${receiver.url}?shop=1&x=%20` })
    sandbox.pay(referenceId)
    await sandbox.notifications.settled()
    expect(receiver.received[0]?.path).toMatch(/^\/hook\?shop=1&x=%20&sessionId=/)
  })

  it("is not sent and not kept where no address is known", async () => {
    sandbox.set({ notifyUrl: null })
    await merchant.init()
    sandbox.pay(referenceId)
    expect(await told()).toEqual([])
    expect(sandbox.notifications.deliveries).toEqual([])
  })

  it("can come several times over, of another amount, and with somebody else's session", async () => {
    sandbox.set({ notificationCopies: 3, notifiedAmount: "1", toldSessionId: "somebody-elses" })
    await merchant.init()
    sandbox.pay(referenceId)
    const all = await told()
    expect(all).toHaveLength(3)
    for (const fields of all) {
      expect(fields).toMatchObject({
        referenceId,
        chargedAmount: "1",
        sessionId: "somebody-elses",
      })
    }
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })

  it("can be held back and sent when a test wants it", async () => {
    sandbox.set({ notificationsOn: false })
    await merchant.init()
    sandbox.pay(referenceId)
    expect(await told()).toEqual([])
    sandbox.resendNotification(referenceId)
    expect(await told()).toMatchObject([{ referenceId, status: "PaymentComplete" }])
  })

  it("can claim anything of anybody, because nothing signs it", async () => {
    sandbox.notifications.send({ referenceId: "NOBODY", status: "PaymentComplete" })
    expect(await told()).toEqual([{ referenceId: "NOBODY", status: "PaymentComplete" }])
  })

  it("that is never taken is given up, and the next one is sent all the same", async () => {
    status = 500
    await merchant.init()
    sandbox.decline(referenceId)
    await sandbox.notifications.settled()
    expect(receiver.received).toHaveLength(6)
    status = 200
    sandbox.pay(referenceId)
    await sandbox.notifications.settled()
    expect(sandbox.notifications.deliveries.map(({ state }) => state)).toEqual([
      "given-up",
      "delivered",
    ])
  })

  it.each(["notifyUrl", "callbackUrl"] as const)("refuses a %s that is no address", (name) => {
    expect(() => sandbox.set({ [name]: "shop.test/hook" })).toThrow(`The ${name} must be`)
  })
})

function fieldsOf({ path, body }: Received): Record<string, string> {
  const [, query = ""] = path.split("?")
  return Object.fromEntries(new URLSearchParams(body || query))
}
