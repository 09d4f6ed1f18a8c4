import { type PaymentzSandbox } from ".."
import { API, type Merchant, ORDER, startMerchant } from "./merchant"

const OWNER = { id: "cus_1", email: "owner@shop.test" }

describe("a saved card", () => {
  let sandbox: PaymentzSandbox
  let merchant: Merchant
  let registrationId: string

  beforeEach(async () => {
    ;({ sandbox, merchant } = await startMerchant())
    registrationId = sandbox.saveCard(OWNER).registrationId
  })

  const list = (customer: Record<string, string> = {}) =>
    merchant.send(`${API}/getCardsAndAccounts`, merchant.signed(customer, "KEY"))
  const remove = (id: string) =>
    merchant.send(`${API}/paywithtoken/${id}`, merchant.signed({ paymentType: "DL" }, "KEY", id))

  it("is not charged by 3-D Secure where the shopper would have no way back", async () => {
    sandbox.set({ savedCardPayment: "3d" })
    const { merchantRedirectUrl, ...fields } = { ...ORDER, paymentType: "DB" }
    expect(merchantRedirectUrl).toBeDefined()
    const signed = merchant.signed(fields, "KEY", registrationId, fields.amount)
    expect(await merchant.send(`${API}/paywithtoken/${registrationId}`, signed)).toMatchObject({
      result: { description: expect.stringContaining("merchantRedirectUrl") },
    })
    expect(sandbox.payments.all()).toEqual([])
  })

  it("is charged once under one merchantTransactionId", async () => {
    await merchant.payWithToken(registrationId)
    expect(await merchant.payWithToken(registrationId)).toMatchObject({ result: { code: "10002" } })
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })

  it("is not charged for somebody else, nor where it does not exist", async () => {
    const other = { "customer.customerId": "cus_2" }
    expect(await merchant.payWithToken(registrationId, other)).toMatchObject({
      result: { code: "10026" },
    })
    expect(await merchant.payWithToken("nobodys")).toMatchObject({ result: { code: "10026" } })
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("needs a checksum over its own number", async () => {
    const fields = { ...ORDER, paymentType: "DB" }
    const signed = merchant.signed(fields, "KEY", "another", fields.amount)
    expect(await merchant.send(`${API}/paywithtoken/${registrationId}`, signed)).toMatchObject({
      result: { code: "10002" },
    })
  })

  it("can be deleted, once", async () => {
    expect(await remove(registrationId)).toMatchObject({ result: { code: "00001" } })
    expect(await remove(registrationId)).toMatchObject({ result: { code: "10026" } })
    expect(await list()).toMatchObject({ cards: [] })
    expect(await merchant.payWithToken(registrationId)).toMatchObject({ result: { code: "10026" } })
  })
})

const { merchantTransactionId } = ORDER
const code = (value: string) => ({ result: { code: value } })

describe("beside payments, Paymentz", () => {
  let sandbox: PaymentzSandbox
  let merchant: Merchant
  let now: number

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 31, 23, 59)
    ;({ sandbox, merchant } = await startMerchant({ now: () => now }))
  })

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
  })

  describe("pays out", () => {
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
  })

  describe("makes out invoices", () => {
    it("not without an address to send them to, and once under one number", async () => {
      expect(await invoice({ "customer.email": "" })).toMatchObject(code("10002"))
      expect(await invoice()).toMatchObject(code("00001"))
      expect(await invoice()).toMatchObject(code("10002"))
    })
  })
})
