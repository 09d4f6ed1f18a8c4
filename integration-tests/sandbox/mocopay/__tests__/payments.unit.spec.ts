import { startReceiver } from "../../shared/__tests__/receiver"
import { type MocopayMemory, type MocopaySandbox, startMocopaySandbox } from ".."
import { INIT, Merchant, ORDER } from "./merchant"

describe("payments", () => {
  const { referenceId } = ORDER
  const notFound = { status: 404, body: { code: "SESSION_NOT_FOUND" } }

  describe("a payment", () => {
    let sandbox: MocopaySandbox
    let merchant: Merchant

    beforeEach(async () => {
      sandbox = await startMocopaySandbox({ now: () => Date.UTC(2014, 3, 2, 14, 34, 53) })
      merchant = new Merchant(sandbox)
    })

    afterEach(() => sandbox.close())

    const verified = async () => (await merchant.verify()).body

    it("that nobody began can't be paid", () => {
      expect(() => sandbox.pay(referenceId)).toThrow(/no such payment session/)
    })

    it("begins with a request and the address of a page, and with neither session nor money", async () => {
      const { body } = await merchant.init()
      expect(body).toEqual({
        requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
        redirectUrl: expect.stringMatching(
          /^http:.+\/paymentService\/init\.html\?trn=[0-9a-f]{32}&exp=\d+&hash=[0-9a-f]{32}$/
        ),
      })
      expect(sandbox.ledger.entries()).toEqual([])
    })

    it("before the shopper began is a session without a documented word and without money", async () => {
      await merchant.init()
      expect(await verified()).toEqual({
        sessionId: expect.stringMatching(/^[0-9a-f]{32}$/),
        serviceCode: "PS-000-002",
        pid: ORDER.pid,
        type: "onetime",
        endUser: { userId: ORDER.userId, phone: "0099923026", mcc: "999", mnc: "99" },
        lang: "en",
        series: 0,
        status: "Initialized",
        chargedAmount: 0,
        failedAmount: 0,
        lastChargedAmount: 0,
        lastFailedAmount: 0,
        totalChargedAmount: 0,
        totalFailedAmount: 0,
        currencyCode: "EUR",
        recurrent: false,
        expiresIn: 3600,
        timeInit: "2014-04-02 14:34:53",
        transactions: [],
      })
    })

    it("can be unknown until the shopper began", async () => {
      sandbox.set({ untouchedSessions: "unknown" })
      await merchant.init()
      expect(await merchant.verify()).toMatchObject(notFound)
      sandbox.decline(referenceId)
      expect(await merchant.verify()).toMatchObject({ status: 200 })
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

    it("is found by its session and by its transaction too", async () => {
      await merchant.init()
      const { sessionId, transactions } = sandbox.pay(referenceId)
      const transactionId = transactions[0]?.transactionId ?? ""
      const report = await verified()
      expect(report).toMatchObject({ sessionId, transactions: [transactionId] })
      expect((await merchant.verify({ sessionId })).body).toEqual(report)
      expect((await merchant.verify({ transactionId })).body).toEqual(report)
    })

    it("does not tell of a referenceId", async () => {
      await merchant.init({ ...ORDER, userId: "buyer" })
      sandbox.pay(referenceId)
      const { body } = await merchant.verify({ userId: "buyer" })
      expect(JSON.stringify(body)).not.toContain(referenceId)
    })

    it("without a buyer or a reference of the merchant's is known by its request", async () => {
      const { body } = await merchant.init({ pid: ORDER.pid })
      const { sessionId } = sandbox.pay(String(body["requestId"]))
      const report = (await merchant.verify({ sessionId })).body
      expect(report["endUser"]).not.toHaveProperty("userId")
      expect(sandbox.ledger.entries({ reference: String(body["requestId"]) })).toHaveLength(1)
    })

    it("that is begun twice is two, and the buyer's newest is told of", async () => {
      await merchant.init()
      const { sessionId } = sandbox.pay(referenceId)
      await merchant.init()
      expect(sandbox.payments.all()).toHaveLength(2)
      expect(await verified()).toMatchObject({ status: "Initialized" })
      expect((await merchant.verify({ sessionId })).body).toMatchObject({ totalChargedAmount: 10 })
    })

    it("was begun although the answer was lost", async () => {
      sandbox.faults.add({ kind: "answer-lost", path: INIT })
      await expect(merchant.init()).rejects.toThrow()
      expect(await merchant.verify()).toMatchObject({ status: 200 })
    })

    it("can be authorized without money, in the very word of a payment that has it", async () => {
      await merchant.init()
      sandbox.authorize(referenceId)
      expect(await verified()).toMatchObject({
        status: "Authorized",
        chargedAmount: 0,
        totalChargedAmount: 0,
        transactions: [],
        timeAuthorized: expect.any(String),
      })
      sandbox.pay(referenceId)
      expect(await verified()).toMatchObject({ status: "PaymentComplete", totalChargedAmount: 10 })
    })

    it("can say that nothing was charged in this series while the total knows better", async () => {
      sandbox.set({ chargedAmount: "zero", paidStatus: "Authorized" })
      await merchant.init()
      sandbox.pay(referenceId)
      expect(await verified()).toMatchObject({
        status: "Authorized",
        chargedAmount: 0,
        lastChargedAmount: 10,
        totalChargedAmount: 10,
      })
    })

    it("can be of another amount or another currency than the product's", async () => {
      await merchant.init()
      sandbox.pay(referenceId, { amount: "9.99", currency: "TES" })
      expect(await verified()).toMatchObject({
        status: "PaymentComplete",
        totalChargedAmount: 9.99,
        currencyCode: "TES",
      })
      expect(sandbox.ledger.entries()).toMatchObject([{ amount: "9.99", currency: "TES" }])
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

    it("that the operator could not charge tells so in its amounts, and can still be paid", async () => {
      await merchant.init()
      sandbox.fail(referenceId)
      expect(await verified()).toMatchObject({
        status: "Failed",
        failedAmount: 10,
        lastFailedAmount: 10,
        totalFailedAmount: 10,
        totalChargedAmount: 0,
      })
      expect(sandbox.ledger.entries()).toEqual([])
      sandbox.pay(referenceId)
      expect(await verified()).toMatchObject({
        status: "PaymentComplete",
        lastFailedAmount: 0,
        totalChargedAmount: 10,
        totalFailedAmount: 10,
      })
    })

    it("that the shopper declined has no transaction, and can still be paid", async () => {
      await merchant.init()
      sandbox.decline(referenceId)
      expect(await verified()).toMatchObject({ status: "Canceled", transactions: [] })
      sandbox.pay(referenceId)
      expect(await verified()).toMatchObject({ status: "PaymentComplete" })
    })

    it("can have any word without money", async () => {
      await merchant.init()
      for (const status of ["PaymentComplete", "Authorized", "in_review", "__proto__"]) {
        sandbox.say(referenceId, status)
        expect(await verified()).toMatchObject({ status, totalChargedAmount: 0 })
      }
      expect(sandbox.ledger.entries()).toEqual([])
    })

    describe("of a subscription", () => {
      beforeEach(() => merchant.init({ ...ORDER, pid: "PP27638049" }))

      it("is charged for its first series and goes on", async () => {
        sandbox.pay(referenceId)
        expect(await verified()).toMatchObject({
          type: "subscription",
          recurrent: true,
          series: 1,
          status: "Authorized",
          totalChargedAmount: 5,
        })
      })

      it("is charged for a further series, which is the sum so far and a ledger entry more", async () => {
        sandbox.pay(referenceId)
        sandbox.chargeSeries(referenceId)
        sandbox.chargeSeries(referenceId)
        expect(await verified()).toMatchObject({
          series: 3,
          chargedAmount: 5,
          lastChargedAmount: 5,
          totalChargedAmount: 15,
        })
        expect(sandbox.ledger.entries({ reference: referenceId })).toHaveLength(3)
      })

      it("can fail in a later series", async () => {
        sandbox.pay(referenceId)
        sandbox.chargeSeries(referenceId, "failed")
        expect(await verified()).toMatchObject({
          series: 2,
          chargedAmount: 0,
          failedAmount: 5,
          lastChargedAmount: 0,
          totalChargedAmount: 5,
          totalFailedAmount: 5,
        })
        expect(sandbox.ledger.entries()).toHaveLength(1)
        sandbox.chargeSeries(referenceId)
        expect(await verified()).toMatchObject({
          series: 3,
          chargedAmount: 5,
          failedAmount: 0,
          totalFailedAmount: 5,
        })
      })

      it("is not charged for a second series before the first", () => {
        expect(() => sandbox.chargeSeries(referenceId)).toThrow(/no subscription that was paid/)
      })
    })

    it("that is made once has no further series", async () => {
      await merchant.init()
      sandbox.pay(referenceId)
      expect(() => sandbox.chargeSeries(referenceId)).toThrow(/no subscription/)
    })
  })
})

describe("control", () => {
  const { referenceId } = ORDER

  describe("the control of the sandbox over HTTP", () => {
    let sandbox: MocopaySandbox

    beforeEach(async () => {
      sandbox = await startMocopaySandbox()
    })

    afterEach(() => sandbox.close())

    async function ask(method: string, path: string, body?: unknown) {
      const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      })
      return { status: response.status, body: await response.json() }
    }

    it("says that it does not know a payment", async () => {
      for (const [method, path] of [
        ["GET", "payments/NOBODY"],
        ["POST", "payments/NOBODY/pay"],
      ] as const) {
        expect(await ask(method, path)).toEqual({
          status: 404,
          body: { error: "There is no payment NOBODY" },
        })
      }
    })

    it("declines, fails, authorizes and pays a payment, and shows it", async () => {
      await new Merchant(sandbox).init()
      for (const [act, status] of [
        ["decline", "Canceled"],
        ["fail", "Failed"],
        ["authorize", "Authorized"],
        ["pay", "PaymentComplete"],
      ] as const) {
        expect(await ask("POST", `payments/${referenceId}/${act}`)).toMatchObject({
          status: 200,
          body: { status },
        })
      }
      expect((await ask("GET", `payments/${referenceId}`)).body).toEqual(
        sandbox.payments.get(referenceId)
      )
      expect((await ask("GET", "ledger")).body).toEqual(sandbox.ledger.entries())
    })

    it("charges a further series, where there can be one", async () => {
      const merchant = new Merchant(sandbox)
      await merchant.init({ ...ORDER, pid: "PP27638049" })
      const path = `payments/${referenceId}/charge-series`
      expect((await ask("POST", path)).status).toBe(400)
      await ask("POST", `payments/${referenceId}/pay`)
      expect((await ask("POST", path)).body).toMatchObject({ series: 2 })
    })

    it("sets where notifications go", async () => {
      const receiver = await startReceiver()
      expect((await ask("POST", "webhook", { url: "nowhere" })).status).toBe(400)
      expect((await ask("POST", "webhook", { url: receiver.url })).status).toBe(200)
      await new Merchant(sandbox).init()
      sandbox.pay(referenceId)
      await sandbox.notifications.settled()
      expect(receiver.received).toHaveLength(2)
      expect((await ask("GET", "webhooks")).body).toMatchObject({
        deliveries: [{ state: "delivered" }, { state: "delivered" }],
      })
      await receiver.close()
    })
  })

  describe("a sandbox that is started again with what it remembered", () => {
    it("knows what was paid before, and keeps the whole ledger", async () => {
      let memory: MocopayMemory | undefined
      const first = await startMocopaySandbox({
        onMemory: (latest) => {
          memory = structuredClone(latest)
        },
      })
      await new Merchant(first).init({ ...ORDER, pid: "PP27638049" })
      first.pay(referenceId)
      await first.close()

      const second = await startMocopaySandbox({ memory })
      second.chargeSeries(referenceId)
      expect((await new Merchant(second).verify()).body).toMatchObject({ totalChargedAmount: 10 })
      expect(second.ledger.entries()).toHaveLength(2)
      await second.close()
    })
  })
})
