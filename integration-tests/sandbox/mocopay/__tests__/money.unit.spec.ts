import { type Received, type Receiver, startReceiver } from "../../shared/__tests__/receiver"
import { type MocopaySandbox } from ".."
import { type Merchant, startMerchant, ORDER } from "./merchant"

const { referenceId } = ORDER

describe("a payment", () => {
  let sandbox: MocopaySandbox
  let merchant: Merchant

  beforeEach(async () => {
    ;({ sandbox, merchant } = await startMerchant({ now: () => Date.UTC(2014, 3, 2, 14, 34, 53) }))
  })

  const verified = async () => (await merchant.verify()).body

  it("that nobody began can't be paid", () => {
    expect(() => sandbox.pay(referenceId)).toThrow(/no such payment session/)
  })

  it("is paid with its money in the ledger", async () => {
    await merchant.init()
    sandbox.pay(referenceId)
    expect(await verified()).toMatchObject({
      series: 1,
      status: "PaymentComplete",
      chargedAmount: 10,
      lastChargedAmount: 10,
      totalChargedAmount: 10,
      totalFailedAmount: 0,
      currencyCode: "EUR",
      timeAuthorized: "2014-04-02 14:34:53",
      timeLastSuccessfullPayment: "2014-04-02 14:34:53",
      transactions: [expect.any(String)],
    })
    expect(sandbox.ledger.entries()).toEqual([
      {
        kind: "payment",
        reference: referenceId,
        amount: "10.00",
        currency: "EUR",
        at: expect.any(String),
      },
    ])
  })

  it("takes the money once, however often the shopper pays", async () => {
    await merchant.init()
    sandbox.pay(referenceId)
    sandbox.pay(referenceId)
    sandbox.decline(referenceId)
    sandbox.fail(referenceId)
    expect(sandbox.ledger.entries()).toHaveLength(1)
    expect(await verified()).toMatchObject({ status: "PaymentComplete", totalFailedAmount: 0 })
  })

  it("does not tell of a referenceId", async () => {
    await merchant.init({ ...ORDER, userId: "buyer" })
    sandbox.pay(referenceId)
    const { body } = await merchant.verify({ userId: "buyer" })
    expect(JSON.stringify(body)).not.toContain(referenceId)
  })

  it("that is begun twice is two, and the buyer's newest is told of", async () => {
    await merchant.init()
    const { sessionId } = sandbox.pay(referenceId)
    await merchant.init()
    expect(sandbox.payments.all()).toHaveLength(2)
    expect(await verified()).toMatchObject({ status: "Initialized" })
    expect((await merchant.verify({ sessionId })).body).toMatchObject({
      totalChargedAmount: 10,
    })
  })

  it("of no decimal amount is refused before anything moves", async () => {
    await merchant.init()
    for (const amount of ["0.00", "-1", "1e3", ""]) {
      expect(() => sandbox.pay(referenceId, { amount, currency: "EUR" })).toThrow(/decimal/)
    }
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("of a high price can be billed in several transactions, complete with the last", async () => {
    await merchant.init()
    sandbox.payPart(referenceId, "4.00")
    expect(await verified()).toMatchObject({ status: "Authorized", totalChargedAmount: 4 })
    expect(() => sandbox.payPart(referenceId, "6.01")).toThrow(/only 6 is owed/)
    sandbox.payPart(referenceId, "6.00")
    expect(await verified()).toMatchObject({
      status: "PaymentComplete",
      series: 1,
      chargedAmount: 10,
      lastChargedAmount: 6,
      totalChargedAmount: 10,
      transactions: [expect.any(String), expect.any(String)],
    })
    expect(sandbox.ledger.entries()).toHaveLength(2)
  })

  it("that is made once has no further series", async () => {
    await merchant.init()
    sandbox.pay(referenceId)
    expect(() => sandbox.chargeSeries(referenceId)).toThrow(/no subscription/)
  })
})

describe("the payment page", () => {
  let sandbox: MocopaySandbox
  let merchant: Merchant
  let now: number

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1)
    ;({ sandbox, merchant } = await startMerchant({ now: () => now, linkLifeMs: 60_000 }))
  })

  async function begin(parameters: Record<string, string> = ORDER): Promise<string> {
    return String((await merchant.init(parameters)).body["redirectUrl"])
  }

  /** As a browser does it: to where the button's form action leads. */
  async function press(page: string, button: string) {
    const hash = new URL(page).searchParams.get("hash")
    const response = await fetch(`${sandbox.url}/paymentService/${hash}/${button}`, {
      method: "POST",
      redirect: "manual",
    })
    return { status: response.status, location: response.headers.get("location") }
  }

  it("does not exist under a hash that was not handed out", async () => {
    const page = new URL(await begin())
    page.searchParams.set("hash", page.searchParams.get("trn") ?? "")
    const response = await fetch(page)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain("Unknown payment link")
    expect((await press(page.href, "pay")).status).toBe(404)
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("closes when its time is over, whatever its address says of the end", async () => {
    const page = new URL(await begin())
    page.searchParams.set("exp", String(now + 1e9))
    now += 59_999
    expect((await fetch(page)).status).toBe(200)
    now += 1
    expect((await fetch(page)).status).toBe(410)
    expect((await press(page.href, "pay")).status).toBe(410)
    expect(sandbox.ledger.entries()).toEqual([])
  })
})

describe("notifications", () => {
  const { referenceId } = ORDER

  describe("a notification", () => {
    let receiver: Receiver
    let sandbox: MocopaySandbox
    let merchant: Merchant
    let status: number

    beforeEach(async () => {
      status = 200
      receiver = await startReceiver(() => ({ status }))
      ;({ sandbox, merchant } = await startMerchant({
        notifyUrl: receiver.url,
        transactionNotifications: false,
        notificationRetryDelayMs: 1,
      }))
    })

    /** What was told so far, whichever way it came. */
    async function told(): Promise<Record<string, string>[]> {
      await sandbox.notifications.settled()
      return receiver.received.map(fieldsOf)
    }

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

    it("can claim anything of anybody, because nothing signs it", async () => {
      sandbox.notifications.send({ referenceId: "NOBODY", status: "PaymentComplete" })
      expect(await told()).toEqual([{ referenceId: "NOBODY", status: "PaymentComplete" }])
    })
  })

  function fieldsOf({ path, body }: Received): Record<string, string> {
    const [, query = ""] = path.split("?")
    return Object.fromEntries(new URLSearchParams(body || query))
  }
})
