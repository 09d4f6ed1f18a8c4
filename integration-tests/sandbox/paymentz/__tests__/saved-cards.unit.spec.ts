import { startPaymentzSandbox, type PaymentzSandbox } from ".."
import { API, Merchant, ORDER } from "./merchant"

const { merchantTransactionId } = ORDER
const OWNER = { id: "cus_1", email: "owner@shop.test" }

describe("a saved card", () => {
  let sandbox: PaymentzSandbox
  let merchant: Merchant
  let registrationId: string

  beforeEach(async () => {
    sandbox = await startPaymentzSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
    registrationId = sandbox.saveCard(OWNER).registrationId
  })

  afterEach(() => sandbox.close())

  const list = (customer: Record<string, string> = {}) =>
    merchant.send(`${API}/getCardsAndAccounts`, merchant.signed(customer, "KEY"))
  const remove = (id: string) =>
    merchant.send(`${API}/paywithtoken/${id}`, merchant.signed({ paymentType: "DL" }, "KEY", id))

  it("pays at once", async () => {
    expect(await merchant.payWithToken(registrationId)).toMatchObject({
      status: "capturesuccess",
      transactionStatus: "Y",
      paymentMode: "CC",
      card: { last4Digits: "1111" },
      result: { code: "00001" },
    })
    expect(sandbox.ledger.entries()).toMatchObject([
      { kind: "payment", reference: merchantTransactionId, amount: "50.00" },
    ])
  })

  it("reserves where a preauthorisation is wanted", async () => {
    await merchant.payWithToken(registrationId, { paymentType: "PA" })
    expect(sandbox.ledger.entries()).toMatchObject([{ kind: "authorization" }])
  })

  it("can be declined", async () => {
    sandbox.set({ savedCardPayment: "decline" })
    expect(await merchant.payWithToken(registrationId)).toMatchObject({
      status: "authfailed",
      transactionStatus: "N",
      result: { code: "11005" },
    })
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it("can need 3-D Secure, which the shopper confirms or not", async () => {
    sandbox.set({ savedCardPayment: "3d" })
    expect(await merchant.payWithToken(registrationId)).toMatchObject({
      status: "authstarted",
      transactionStatus: "3D",
      redirect: { url: expect.stringContaining(sandbox.url), parameters: [expect.anything()] },
    })
    sandbox.pay(merchantTransactionId)
    expect(await merchant.inquire(merchantTransactionId)).toMatchObject({
      status: "capturesuccess",
      transactionStatus: "Y",
    })
  })

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

  it("can stay pending without a redirect until the bank has decided", async () => {
    sandbox.set({ savedCardPayment: "pending" })
    const answer = await merchant.payWithToken(registrationId)
    expect(answer).toMatchObject({ transactionStatus: "P" })
    expect(answer).not.toHaveProperty("redirect")
    sandbox.decline(merchantTransactionId)
    expect(await merchant.inquire(merchantTransactionId)).toMatchObject({ status: "authfailed" })
  })

  it("is charged again without 3-D Secure, where the bank supports it", async () => {
    sandbox.set({ savedCardPayment: "3d" })
    const again = { recurringType: "REPEATED" }
    expect(await merchant.payWithToken(registrationId, again)).toMatchObject({
      transactionStatus: "Y",
    })
    sandbox.set({ bankSupportsRecurring: false })
    const another = { ...again, merchantTransactionId: "ORD1002" }
    expect(await merchant.payWithToken(registrationId, another)).toMatchObject({
      result: { code: "10002", description: expect.stringContaining("recurring") },
    })
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

  it("stands in the list of its owner, and only its last digits do", async () => {
    sandbox.saveCard({ id: "cus_2" })
    const mine = await list({ "customer.customerId": OWNER.id })
    expect(mine).toMatchObject({
      cards: [{ registrationId, cardType: "VISA", last4Digits: "1111" }],
    })
    expect(JSON.stringify(mine)).not.toMatch(/\d{12,19}/)
    expect((await list())["cards"]).toHaveLength(2)
  })

  it("can be deleted, once", async () => {
    expect(await remove(registrationId)).toMatchObject({ result: { code: "00001" } })
    expect(await remove(registrationId)).toMatchObject({ result: { code: "10026" } })
    expect(await list()).toMatchObject({ cards: [] })
    expect(await merchant.payWithToken(registrationId)).toMatchObject({ result: { code: "10026" } })
  })
})
