import { setTimeout as pause } from "node:timers/promises"
import { startPaymentzSandbox, type PaymentzSandbox } from ".."
import { startReceiver } from "../../shared/__tests__/receiver"
import { API, Merchant, ORDER, pageOf, press } from "./merchant"

const { merchantTransactionId } = ORDER
const code = (value: string) => ({ result: { code: value } })

describe("beside payments, Paymentz", () => {
  let sandbox: PaymentzSandbox
  let merchant: Merchant
  let now: number

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 31, 23, 59)
    sandbox = await startPaymentzSandbox({ now: () => now })
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

  const payOut = (changes: Record<string, string> = {}) => {
    const fields = {
      merchantTransactionId: "PO1001",
      amount: "20.00",
      currency: "USD",
      paymentType: "PO",
      ...changes,
    }
    const { merchantTransactionId: number, amount } = fields
    return merchant.send(`${API}/payout`, merchant.signed(fields, number, amount, "KEY"))
  }

  const invoice = (changes: Record<string, string> = {}) => {
    const { amount, currency, merchantRedirectUrl } = ORDER
    const fields = {
      merchantInvoiceId: "INV1001",
      amount,
      currency,
      merchantRedirectUrl,
      "customer.email": "a@shop.test",
      ...changes,
    }
    return merchant.send(
      "/invoiceServices/REST/v1/generate",
      merchant.signed(fields, "KEY", fields.merchantInvoiceId, amount, merchantRedirectUrl)
    )
  }

  describe("lists transactions", () => {
    it.each(["2026-01-31", "31/02/2026", "1/1/2026", "13/13/2026", ""])(
      'and refuses "%s" for a day',
      async (day) => {
        expect(await merchant.list(day, "31/01/2026")).toMatchObject(code("10002"))
      }
    )

    it("of the days that were asked for, the last one included", async () => {
      await merchant.visit()
      expect(await merchant.list("31/01/2026", "31/01/2026")).toMatchObject({
        transaction: [{ merchantTransactionId }],
      })
      expect(await merchant.list("01/01/2026", "30/01/2026")).toMatchObject({ transaction: [] })
      expect(await merchant.list("01/02/2026", "28/02/2026")).toMatchObject({ transaction: [] })
    })

    it("a page at a time", async () => {
      for (const number of ["A", "B", "C"]) {
        await merchant.visit(merchant.checkoutForm({ merchantTransactionId: number }))
      }
      const page = (pageno: string) =>
        merchant.list("31/01/2026", "31/01/2026", {
          "pagination.pageno": pageno,
          "pagination.records": "2",
        })
      expect((await page("1"))["transaction"]).toHaveLength(2)
      expect(await page("2")).toMatchObject({ transaction: [{ merchantTransactionId: "C" }] })
      expect(await page("3")).toMatchObject({ transaction: [] })
      expect(await page("0")).toMatchObject(code("10002"))
    })

    it("with what was captured, refunded and charged back of each", async () => {
      await merchant.visit(merchant.checkoutForm({ transactionType: "PA" }))
      const { paymentId } = sandbox.pay(merchantTransactionId)
      const item = async () => {
        const { transaction } = await merchant.list("31/01/2026", "31/01/2026")
        return Array.isArray(transaction) ? transaction[0] : undefined
      }
      const nothing = { refundamount: "0.00", chargebackamount: "0.00", payoutamount: "0.00" }
      expect(await item()).toMatchObject({
        systemPaymentId: paymentId,
        captureamount: "0.00",
        ...nothing,
      })
      await merchant.move("CP", paymentId, "40.00")
      expect(await item()).toMatchObject({ captureamount: "40.00", ...nothing })
      await merchant.move("RF", paymentId, "15.00")
      expect(await item()).toMatchObject({ captureamount: "40.00", refundamount: "15.00" })
      sandbox.chargeback(merchantTransactionId)
      expect(await item()).toMatchObject({
        chargebackamount: "40.00",
        transactionStatus: "chargeback",
      })
    })

    it("without a refund that is still under way", async () => {
      await merchant.visit()
      const { paymentId } = sandbox.pay(merchantTransactionId)
      sandbox.set({ refundCode: "00099" })
      await merchant.move("RF", paymentId, "15.00")
      expect(await merchant.list("31/01/2026", "31/01/2026")).toMatchObject({
        transaction: [{ refundamount: "0.00", transactionStatus: "markedforreversal" }],
      })
    })
  })

  describe("pays out", () => {
    it("to whom has paid before", async () => {
      await merchant.visit()
      const { paymentId } = sandbox.pay(merchantTransactionId)
      expect(await payOut({ paymentId })).toMatchObject({
        status: "payoutsuccessful",
        transactionStatus: "Y",
        ...code("00001"),
      })
      expect(sandbox.ledger.entries({ kind: "payout" })).toMatchObject([
        { reference: "PO1001", amount: "20.00", currency: "USD" },
      ])
      expect(await merchant.list("31/01/2026", "31/01/2026")).toMatchObject({
        transaction: [{}, { merchantTransactionId: "PO1001", payoutamount: "20.00" }],
      })
    })

    it("to nobody unknown, and to none who never paid", async () => {
      await merchant.visit()
      const unpaid = sandbox.payments.best(merchantTransactionId)?.paymentId ?? ""
      expect(await payOut({ paymentId: unpaid })).toMatchObject(code("10026"))
      expect(await payOut({ paymentId: "1" })).toMatchObject(code("10026"))
      expect(await payOut()).toMatchObject(code("10002"))
      expect(sandbox.ledger.entries()).toEqual([])
    })

    it("once under one number", async () => {
      await payOut({ "customer.email": "a@shop.test" })
      expect(await payOut({ "customer.email": "a@shop.test" })).toMatchObject(code("10002"))
      expect(sandbox.ledger.entries({ kind: "payout" })).toHaveLength(1)
    })

    it("later, or not at all, where that is switched on", async () => {
      sandbox.set({ payoutStatus: "payoutstarted" })
      expect(await payOut({ "customer.email": "a@shop.test" })).toMatchObject({
        transactionStatus: "P",
      })
      expect(sandbox.ledger.entries()).toEqual([])
      sandbox.finishPayout("PO1001", "payoutsuccessful")
      expect(sandbox.ledger.entries()).toHaveLength(1)
      sandbox.set({ payoutStatus: "payoutfailed" })
      const another = { merchantTransactionId: "PO1002", "customer.email": "a@shop.test" }
      expect(await payOut(another)).toMatchObject({ transactionStatus: "N", ...code("10001") })
      expect(sandbox.ledger.entries()).toHaveLength(1)
    })
  })

  describe("tells of a payout", () => {
    const toCustomer = { "customer.email": "a@shop.test" }

    it("by its own number and by the merchant's, as inquiries about payments do", async () => {
      const { paymentId } = await payOut(toCustomer)
      const record = {
        paymentId,
        merchantTransactionId: "PO1001",
        status: "payoutsuccessful",
        transactionStatus: "Y",
        amount: "20.00",
        currency: "USD",
        ...code("00026"),
      }
      expect(await merchant.inquire("PO1001")).toMatchObject(record)
      expect(await merchant.inquire(String(paymentId), "PID")).toMatchObject(record)
      expect(await merchant.inquire("PO9")).toMatchObject(code("10026"))
    })

    it("in its list alone, where that is switched on", async () => {
      sandbox.set({ inquiryTellsPayouts: false })
      await payOut(toCustomer)
      expect(await merchant.inquire("PO1001")).toMatchObject(code("10026"))
      expect(await merchant.list("31/01/2026", "31/01/2026")).toMatchObject({
        transaction: [{ merchantTransactionId: "PO1001", payoutamount: "20.00" }],
      })
    })

    it("that its money came back, which the ledger has too", async () => {
      await payOut(toCustomer)
      sandbox.giveBack("PO1001")
      expect(await merchant.inquire("PO1001")).toMatchObject({ status: "reversed" })
      expect(await merchant.list("31/01/2026", "31/01/2026")).toMatchObject({
        transaction: [{ transactionStatus: "reversed", payoutamount: "0.00" }],
      })
      expect(sandbox.ledger.entries().map(({ kind, amount }) => [kind, amount])).toEqual([
        ["payout", "20.00"],
        ["payout_returned", "20.00"],
      ])
      expect(() => sandbox.giveBack("PO1001")).toThrow(/has succeeded/)
    })

    it("at the address that came with it, once it has ended, signed", async () => {
      const receiver = await startReceiver()
      sandbox.set({ payoutStatus: "payoutstarted" })
      await payOut({ ...toCustomer, notificationUrl: receiver.url })
      await sandbox.callbacks.settled()
      expect(receiver.received).toEqual([])
      const { paymentId } = sandbox.finishPayout("PO1001", "payoutsuccessful")
      await sandbox.callbacks.settled()
      expect(JSON.parse(receiver.received[0]?.body ?? "")).toMatchObject({
        paymentId,
        merchantTransactionId: "PO1001",
        status: "payoutsuccessful",
        checksum: merchant.md5(paymentId, "PO1001", "20.00", "Y", "sandbox_secure_key"),
      })
      await receiver.close()
    })

    it("by itself after a while, where that is switched on", async () => {
      sandbox.set({ payoutStatus: "payoutstarted", payoutEndsAfterMs: 20 })
      await payOut(toCustomer)
      await pause(60)
      expect(await merchant.inquire("PO1001")).toMatchObject({ status: "payoutsuccessful" })
    })
  })

  describe("makes out invoices", () => {
    it("with a link whose payment is found by the invoice's number", async () => {
      const { invoiceDetails } = await invoice()
      expect(invoiceDetails).toMatchObject({ transactionUrl: expect.stringContaining(sandbox.url) })
      const page = await pageOf(await fetch(linkOf(invoiceDetails)))
      expect(page.html).toContain("Paymentz invoice")
      await press(page, "Pay")
      expect(await merchant.inquire("INV1001")).toMatchObject({ status: "capturesuccess" })
    })

    it("not without an address to send them to, and once under one number", async () => {
      expect(await invoice({ "customer.email": "" })).toMatchObject(code("10002"))
      expect(await invoice()).toMatchObject(code("00001"))
      expect(await invoice()).toMatchObject(code("10002"))
    })
  })
})

function linkOf(invoiceDetails: unknown): string {
  if (typeof invoiceDetails === "object" && invoiceDetails && "transactionUrl" in invoiceDetails) {
    return String(invoiceDetails.transactionUrl)
  }
  throw new Error("The answer has no link")
}
