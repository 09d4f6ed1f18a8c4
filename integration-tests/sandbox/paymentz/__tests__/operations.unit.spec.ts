import { startReceiver } from "../../shared/__tests__/receiver"
import { type PaymentzMemory, type PaymentzSandbox, startPaymentzSandbox } from ".."
import { API, Merchant, ORDER, press } from "./merchant"

describe("operations", () => {
  const { merchantTransactionId } = ORDER
  const code = (value: string) => ({ result: { code: value } })

  describe("the operations of Paymentz", () => {
    let sandbox: PaymentzSandbox
    let merchant: Merchant

    beforeEach(async () => {
      sandbox = await startPaymentzSandbox()
      merchant = new Merchant(sandbox)
      await merchant.signIn()
    })

    afterEach(() => sandbox.close())

    async function paid(transactionType: "DB" | "PA" = "DB"): Promise<string> {
      await press(await merchant.visit(merchant.checkoutForm({ transactionType })), "Pay")
      return sandbox.payments.best(merchantTransactionId)?.paymentId ?? ""
    }

    const moves = () => sandbox.ledger.entries().map(({ kind, amount }) => [kind, amount])

    describe("capture", () => {
      it("of a part takes that part and answers shortly", async () => {
        const paymentId = await paid("PA")
        expect(await merchant.move("CP", paymentId, "20.00")).toEqual({
          httpStatus: 200,
          paymentId,
          result: { code: "00004", description: expect.any(String) },
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
        })
        expect(moves()).toEqual([
          ["authorization", "50.00"],
          ["capture", "20.00"],
        ])
        expect(await merchant.inquire(paymentId, "PID")).toMatchObject({
          status: "capturesuccess",
          transactionStatus: "Y",
        })
      })

      it("of more than was reserved, of a debit, or of what was not paid is refused", async () => {
        const paymentId = await paid("PA")
        expect(await merchant.move("CP", paymentId, "50.01")).toMatchObject(code("10005"))
        const form = { merchantTransactionId: "ORD1002", transactionType: "PA" }
        await merchant.visit(merchant.checkoutForm(form))
        const unpaid = sandbox.payments.best("ORD1002")?.paymentId ?? ""
        expect(await merchant.move("CP", unpaid, "1.00")).toMatchObject(code("10005"))
        await merchant.visit(merchant.checkoutForm({ merchantTransactionId: "ORD1003" }))
        const debit = sandbox.pay("ORD1003").paymentId
        expect(await merchant.move("CP", debit, "1.00")).toMatchObject(code("10005"))
      })

      it("is made once for each preauthorisation", async () => {
        const paymentId = await paid("PA")
        await merchant.move("CP", paymentId, "20.00")
        expect(await merchant.move("CP", paymentId, "30.00")).toMatchObject(code("10005"))
        expect(moves()).toHaveLength(2)
      })
    })

    describe("refund", () => {
      it("of a part is the only one", async () => {
        const paymentId = await paid()
        expect(await merchant.move("RF", paymentId, "20.00")).toMatchObject(code("00005"))
        expect(await merchant.move("RF", paymentId, "30.00")).toMatchObject({
          result: { code: "10006", description: expect.stringContaining("one refund only") },
        })
        expect(moves()).toEqual([
          ["payment", "50.00"],
          ["refund", "20.00"],
        ])
        expect(await merchant.inquire(paymentId, "PID")).toMatchObject({ status: "reversed" })
      })

      it("of more than was captured, or of what was only reserved, is refused", async () => {
        const paymentId = await paid("PA")
        expect(await merchant.move("RF", paymentId, "1.00")).toMatchObject(code("10006"))
        await merchant.move("CP", paymentId, "20.00")
        expect(await merchant.move("RF", paymentId, "20.01")).toMatchObject(code("10006"))
        expect(await merchant.move("RF", paymentId, "20.00")).toMatchObject(code("00005"))
      })

      it("can need settlement first", async () => {
        sandbox.set({ refundNeedsSettlement: true })
        const paymentId = await paid()
        expect(await merchant.move("RF", paymentId, "50.00")).toMatchObject(code("10006"))
        sandbox.settle(merchantTransactionId)
        expect(await merchant.move("RF", paymentId, "50.00")).toMatchObject(code("00005"))
      })

      it("can be declined, and tried again", async () => {
        sandbox.set({ refundCode: "10006" })
        const paymentId = await paid()
        expect(await merchant.move("RF", paymentId, "50.00")).toMatchObject(code("10006"))
        sandbox.set({ refundCode: "00005" })
        expect(await merchant.move("RF", paymentId, "50.00")).toMatchObject(code("00005"))
      })

      it.each(["made", "failed"] as const)("can be under way and end as %s", async (end) => {
        sandbox.set({ refundCode: "00099" })
        const paymentId = await paid()
        expect(await merchant.move("RF", paymentId, "50.00")).toMatchObject(code("00099"))
        expect(await merchant.inquire(paymentId, "PID")).toMatchObject({
          status: "markedforreversal",
        })
        expect(await merchant.move("RF", paymentId, "50.00")).toMatchObject(code("10006"))
        sandbox.finishMove(merchantTransactionId, "refund", end)
        expect(moves()).toHaveLength(end === "made" ? 2 : 1)
        expect(await merchant.inquire(paymentId, "PID")).toMatchObject({
          status: end === "made" ? "reversed" : "capturesuccess",
        })
        expect(() => sandbox.finishMove(merchantTransactionId, "refund", end)).toThrow(/under way/)
      })
    })

    it("charge back once what was taken, and refund nothing after it", async () => {
      const paymentId = await paid("PA")
      expect(() => sandbox.chargeback(merchantTransactionId)).toThrow(/nothing/)
      await merchant.move("CP", paymentId, "20.00")
      sandbox.chargeback(merchantTransactionId)
      expect(() => sandbox.chargeback(merchantTransactionId)).toThrow(/nothing/)
      expect(await merchant.move("RF", paymentId, "20.00")).toMatchObject(code("10006"))
      expect(moves().slice(-1)).toEqual([["chargeback", "20.00"]])
    })

    describe("reversal", () => {
      it("gives back all that was reserved, once", async () => {
        const paymentId = await paid("PA")
        expect(await merchant.reverse(paymentId)).toMatchObject(code("00006"))
        expect(await merchant.reverse(paymentId)).toMatchObject(code("10007"))
        expect(await merchant.move("CP", paymentId, "1.00")).toMatchObject(code("10005"))
        expect(moves()).toEqual([
          ["authorization", "50.00"],
          ["void", "50.00"],
        ])
        expect(await merchant.inquire(paymentId, "PID")).toMatchObject({
          status: "authcancelled",
          transactionStatus: "C",
        })
      })

      it("and a capture under way do not overtake each other", async () => {
        sandbox.set({ captureCode: "00099", reverseCode: "00099" })
        const paymentId = await paid("PA")
        await merchant.reverse(paymentId)
        expect(await merchant.inquire(paymentId, "PID")).toMatchObject({ status: "cancelstarted" })
        expect(await merchant.move("CP", paymentId, "50.00")).toMatchObject(code("10005"))
        sandbox.finishMove(merchantTransactionId, "void", "failed")
        expect(await merchant.inquire(paymentId, "PID")).toMatchObject({ status: "authsuccessful" })
        await merchant.move("CP", paymentId, "50.00")
        expect(await merchant.reverse(paymentId)).toMatchObject(code("10007"))
        sandbox.finishMove(merchantTransactionId, "capture", "made")
        expect(moves().map(([kind]) => kind)).toEqual(["authorization", "capture"])
      })

      it("takes no amount", async () => {
        const paymentId = await paid("PA")
        expect(await merchant.reverse(paymentId, { amount: "20.00" })).toMatchObject(code("10002"))
      })

      it("is refused for what was captured, and for a debit", async () => {
        const paymentId = await paid("PA")
        await merchant.move("CP", paymentId, "20.00")
        expect(await merchant.reverse(paymentId)).toMatchObject(code("10007"))
        await merchant.visit(merchant.checkoutForm({ merchantTransactionId: "ORD1002" }))
        expect(await merchant.reverse(sandbox.pay("ORD1002").paymentId)).toMatchObject(
          code("10007")
        )
      })
    })

    describe("inquiry", () => {
      it("by either number finds the payment, in the shape of a payment's answer", async () => {
        const paymentId = await paid()
        const byPid = await merchant.inquire(paymentId, "PID")
        expect(byPid).toMatchObject({
          paymentId,
          merchantTransactionId,
          amount: "50.00",
          currency: "USD",
          status: "capturesuccess",
          transactionStatus: "Y",
          ...code("00026"),
        })
        expect({ ...(await merchant.inquire(merchantTransactionId)), timestamp: "" }).toEqual({
          ...byPid,
          timestamp: "",
        })
      })

      it("does not take one number for the other", async () => {
        const paymentId = await paid()
        expect(await merchant.inquire(paymentId, "MID")).toMatchObject(code("10026"))
        expect(await merchant.inquire(merchantTransactionId, "PID")).toMatchObject(code("10026"))
      })

      it("can be made at a path of its own", async () => {
        await paid()
        const fields = { paymentType: "IN", idType: "MID", merchantTransactionId }
        const signed = merchant.signed(fields, "KEY", merchantTransactionId)
        expect(await merchant.send(`${API}/inquiry`, signed)).toMatchObject(code("00026"))
      })

      it("of several attempts tells of the one that was paid, or can tell of the latest", async () => {
        sandbox.set({ duplicateTransaction: "pay-again" })
        const { paymentId } = await merchant.payByBank()
        await merchant.payByBank()
        sandbox.decline(merchantTransactionId)
        expect(await merchant.inquire(merchantTransactionId)).toMatchObject({
          status: "authfailed",
        })
        await press(await visitBank(String(paymentId)), "Pay")
        expect(await merchant.inquire(merchantTransactionId)).toMatchObject({ paymentId })
        sandbox.set({ midInquiry: "latest" })
        expect(await merchant.inquire(merchantTransactionId)).toMatchObject({
          status: "authfailed",
        })
      })

      it("can say a word that no table has, or none", async () => {
        await merchant.visit()
        sandbox.say(merchantTransactionId, "in_review")
        expect(await merchant.inquire(merchantTransactionId)).toMatchObject({
          status: "in_review",
          transactionStatus: "P",
        })
        sandbox.say(merchantTransactionId, null)
        expect(await merchant.inquire(merchantTransactionId)).not.toHaveProperty("status")
      })

      it("names what was paid in place of what was ordered", async () => {
        await merchant.visit()
        sandbox.pay(merchantTransactionId, { amount: "49.00", currency: "EUR" })
        expect(await merchant.inquire(merchantTransactionId)).toMatchObject({
          amount: "49.00",
          currency: "EUR",
        })
      })

      it.each([
        ["begun", []],
        ["authstarted", []],
        ["authfailed", []],
        ["cancelled", []],
        ["failed", []],
        ["authsuccessful", ["authorization"]],
        ["capturestarted", ["authorization"]],
        ["capturefailed", ["authorization"]],
        ["capturesuccess", ["authorization", "capture"]],
        ["settled", ["authorization", "capture"]],
        ["markedforreversal", ["authorization", "capture"]],
        ["reversed", ["authorization", "capture", "refund"]],
        ["chargeback", ["authorization", "capture", "chargeback"]],
      ])("that says %s has moved the money as it says", async (word, kinds) => {
        await merchant.visit(merchant.checkoutForm({ transactionType: "PA" }))
        sandbox.say(merchantTransactionId, word)
        expect(moves().map(([kind]) => kind)).toEqual(kinds)
        expect(await merchant.inquire(merchantTransactionId)).toMatchObject({ status: word })
      })
    })

    async function visitBank(paymentId: string) {
      const { linkId = "" } = sandbox.payments.get(paymentId) ?? {}
      const url = `${sandbox.url}/transaction/page/${linkId}?transactionRef=${paymentId}`
      const response = await fetch(url)
      return { status: response.status, url, html: await response.text(), policy: "" }
    }
  })
})

describe("control", () => {
  const { merchantTransactionId } = ORDER

  describe("the control of Paymentz's sandbox over HTTP", () => {
    let sandbox: PaymentzSandbox

    beforeEach(async () => {
      sandbox = await startPaymentzSandbox()
      await new Merchant(sandbox).visit()
    })

    afterEach(() => sandbox.close())

    async function ask(method: string, path: string, body?: unknown) {
      const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
        method,
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { "content-type": "application/json" },
        }),
      })
      return { status: response.status, body: await response.json() }
    }

    it("says that it does not know an order", async () => {
      expect(await ask("GET", "orders/NOBODY")).toEqual({
        status: 404,
        body: { error: "There is no payment for NOBODY" },
      })
      expect((await ask("POST", "orders/NOBODY/pay")).status).toBe(404)
    })

    it("declines, cancels, pays, settles and charges back an order, and shows its attempts", async () => {
      const order = `orders/${merchantTransactionId}`
      expect((await ask("POST", `${order}/settle`)).status).toBe(400)
      expect((await ask("POST", `${order}/chargeback`)).status).toBe(400)
      for (const [action, status] of [
        ["decline", "authfailed"],
        ["cancel", "cancelled"],
        ["pay", "capturesuccess"],
        ["settle", "settled"],
        ["chargeback", "chargeback"],
      ]) {
        expect((await ask("POST", `${order}/${action}`)).body).toMatchObject({ status })
      }
      const attempts = sandbox.payments.attempts(merchantTransactionId)
      expect(attempts).toHaveLength(3)
      expect((await ask("GET", order)).body).toEqual(attempts)
      expect((await ask("GET", "ledger")).body).toEqual(sandbox.ledger.entries())
    })

    it("ends a payout, gives its money back, and shows it", async () => {
      sandbox.set({ payoutStatus: "payoutstarted" })
      const merchant = new Merchant(sandbox)
      await merchant.signIn()
      const { paymentId } = sandbox.pay(merchantTransactionId)
      const payout = { merchantTransactionId: "PO1", amount: "20.00", currency: "USD", paymentId }
      const signed = merchant.signed({ ...payout, paymentType: "PO" }, "PO1", "20.00", "KEY")
      await merchant.send(`${API}/payout`, signed)
      expect((await ask("POST", "payouts/PO9/finish", { status: "payoutfailed" })).status).toBe(404)
      expect((await ask("POST", "payouts/PO1/finish", { status: "done" })).status).toBe(400)
      expect((await ask("POST", "payouts/PO1/give-back")).status).toBe(400)
      const end = { status: "payoutsuccessful" }
      expect((await ask("POST", "payouts/PO1/finish", end)).body).toMatchObject(end)
      expect((await ask("POST", "payouts/PO1/give-back")).body).toMatchObject({
        status: "reversed",
      })
      expect((await ask("GET", "payouts/PO1")).body).toMatchObject({ status: "reversed" })
    })

    it("sends all callbacks to one address, whatever came with the payments", async () => {
      const receiver = await startReceiver()
      expect((await ask("POST", "webhook", { url: "nowhere" })).status).toBe(400)
      await ask("POST", "webhook", { url: receiver.url })
      await ask("POST", `orders/${merchantTransactionId}/pay`)
      await sandbox.callbacks.settled()
      expect(receiver.received).toHaveLength(1)
      await receiver.close()
    })
  })
})

describe("memory", () => {
  const { merchantTransactionId } = ORDER

  describe("Paymentz's sandbox, started again with what it remembered", () => {
    const running: PaymentzSandbox[] = []

    afterEach(async () => {
      await Promise.all(running.splice(0).map((sandbox) => sandbox.close()))
    })

    it("refunds what was paid before, once, and gives no number twice", async () => {
      let memory: PaymentzMemory | undefined
      const onMemory = (latest: PaymentzMemory) => {
        memory = structuredClone(latest)
      }
      const first = await start({ onMemory })
      await first.merchant.visit()
      const { paymentId } = first.sandbox.pay(merchantTransactionId)
      const { registrationId } = first.sandbox.saveCard({ id: "cus_1" })

      const second = await start({ memory, onMemory })
      expect(await second.merchant.move("RF", paymentId, "50.00")).toMatchObject({
        result: { code: "00005" },
      })
      const other = { merchantTransactionId: "ORD1002" }
      const paid = await second.merchant.payWithToken(registrationId, other)
      expect(paid).toMatchObject({ transactionStatus: "Y" })
      expect(paid["paymentId"]).not.toBe(paymentId)
      expect(memory?.ledger.map(({ kind }) => kind)).toEqual(["payment", "refund", "payment"])

      const third = await start({ memory })
      expect(await third.merchant.move("RF", paymentId, "50.00")).toMatchObject({
        result: { code: "10006" },
      })
    })

    it("knows nothing without it", async () => {
      const { sandbox } = await start({})
      expect([sandbox.payments.all(), sandbox.savedCards.all(), sandbox.ledger.entries()]).toEqual([
        [],
        [],
        [],
      ])
    })

    async function start(options: Parameters<typeof startPaymentzSandbox>[0]) {
      const sandbox = await startPaymentzSandbox(options)
      running.push(sandbox)
      const merchant = new Merchant(sandbox)
      await merchant.signIn()
      return { sandbox, merchant }
    }
  })
})
