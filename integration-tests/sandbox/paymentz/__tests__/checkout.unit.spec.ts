import { createHash } from "node:crypto"
import { startPaymentzSandbox, type PaymentzSandbox } from ".."
import { Merchant, ORDER, press, returnOf } from "./merchant"

const { merchantTransactionId } = ORDER

describe("the hosted page", () => {
  let sandbox: PaymentzSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startPaymentzSandbox({ secureKey: "test_key" })
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

  it("is not shown for a checksum over other values, and does not say why", async () => {
    const form = merchant.checkoutForm()
    const page = await merchant.visit({ ...form, amount: "49.00" })
    expect(page.status).toBe(400)
    expect(page.html).toContain("Error 10002")
    expect(page.html).not.toMatch(/checksum/i)
    expect(sandbox.payments.all()).toEqual([])
  })

  it("is not shown for another partner's name, in the same words", async () => {
    const wrong = await merchant.visit({ ...merchant.checkoutForm(), checksum: "0".repeat(32) })
    // Signed over the wrong name, as a merchant does who has it wrong in the options.
    const page = await merchant.visit(merchant.checkoutForm({ totype: "Somebody" }))
    expect(page.status).toBe(400)
    expect(page.html).toBe(wrong.html)
  })

  it("knows the key's place behind the return address", async () => {
    const { memberId, totype } = sandbox.credentials
    const parts = [memberId, totype, "50.00", "ORD1001", "https://m.example/r", "test_key"]
    const checksum = "9241e5c3bff1cec96455eccd19442f83"
    expect(merchant.md5(...parts)).toBe(checksum)
    const form = merchant.checkoutForm({ merchantRedirectUrl: "https://m.example/r" })
    expect((await merchant.visit({ ...form, checksum })).status).toBe(200)
  })

  it.each([
    ["amount", "50"],
    ["amount", "50.0"],
    ["amount", "0.00"],
    ["amount", "123456789.00"],
    ["amount", "50,00"],
    ["merchantTransactionId", "ORD-1001"],
    ["merchantTransactionId", "9".repeat(101)],
    ["merchantRedirectUrl", "javascript:alert(1)"],
    ["merchantRedirectUrl", `https://m.example/${"r".repeat(100)}`],
    ["transactionType", "CP"],
    ["currency", "usd"],
    ["currency", "XXX"],
    ["notificationUrl", "/hook"],
    ["attemptThreeD", "maybe"],
    ["terminalid", "9999"],
    ["anything", "else"],
  ])("is not shown for %s %s, and names the field", async (field, value) => {
    const page = await merchant.visit(merchant.checkoutForm({ [field]: value }))
    expect(page.status).toBe(400)
    expect(page.html).toContain(field === "currency" && value === "XXX" ? "XXX" : field)
    expect(sandbox.payments.all()).toEqual([])
  })

  it.each(["amount", "merchantTransactionId", "merchantRedirectUrl", "transactionType"])(
    "is not shown without %s",
    async (field) => {
      const { [field]: left, ...form } = merchant.checkoutForm()
      expect(left).toBeDefined()
      expect((await merchant.visit(form)).html).toContain(`missing or empty: ${field}`)
    }
  )

  it("takes no yen with a fraction", async () => {
    const form = { currency: "JPY", amount: "50.50" }
    expect((await merchant.visit(merchant.checkoutForm(form))).status).toBe(400)
    const whole = merchant.checkoutForm({ ...form, amount: "50.00" })
    expect((await merchant.visit(whole)).status).toBe(200)
  })

  it("escapes what the merchant wrote", async () => {
    const orderDescription = `<img src=x onerror="alert(1)">`
    const page = await merchant.visit(merchant.checkoutForm({ orderDescription }))
    expect(page.html).not.toContain("<img")
    expect(page.html).toContain("&lt;img")
  })

  it("opens one attempt, however often the form is posted, and takes nothing by being shown", async () => {
    await merchant.visit()
    await merchant.visit()
    expect(sandbox.payments.all()).toMatchObject([{ status: "begun", money: "none" }])
    expect(sandbox.ledger.entries()).toEqual([])
    expect(await merchant.inquire(merchantTransactionId)).toMatchObject({
      status: "begun",
      transactionStatus: "P",
      result: { code: "00026" },
    })
  })

  it("does not change the amount of an attempt that is open", async () => {
    await merchant.visit()
    const page = await merchant.visit(merchant.checkoutForm({ amount: "1.00" }))
    expect(page.status).toBe(400)
    expect(sandbox.payments.all()).toMatchObject([{ amount: "50.00" }])
  })

  it("pays and has the browser post the answer's fields to the shop by itself", async () => {
    const paid = await press(await merchant.visit(), "Pay")
    const { action, fields } = returnOf(paid)
    expect(action).toBe(ORDER.merchantRedirectUrl)
    expect(fields).toMatchObject({
      merchantTransactionId,
      amount: "50.00",
      status: "capturesuccess",
      transactionStatus: "Y",
      "result.code": "00001",
      "card.last4Digits": "1111",
      checksum: merchant.md5(String(fields["paymentId"]), "ORD1001", "50.00", "Y", "test_key"),
    })
    expect(sandbox.ledger.entries()).toMatchObject([
      { kind: "payment", reference: merchantTransactionId, amount: "50.00", currency: "USD" },
    ])
  })

  it("allows exactly the script that submits the way back", async () => {
    const paid = await press(await merchant.visit(), "Pay")
    const script = /<script>([\s\S]*?)<\/script>/.exec(paid.html)?.[1] ?? ""
    expect(script).toContain(".submit()")
    expect(paid.policy).toContain(
      `script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`
    )
  })

  it("can use the older names on the way back", async () => {
    sandbox.set({ returnFields: "older" })
    const { fields } = returnOf(await press(await merchant.visit(), "Pay"))
    expect(fields).toMatchObject({
      trackingid: expect.stringMatching(/^\d+$/),
      desc: merchantTransactionId,
      status: "Y",
      resultCode: "00001",
      cardLast4Digits: "1111",
    })
    expect(fields).not.toHaveProperty("transactionStatus")
  })

  it("reserves only, where a preauthorisation was wanted", async () => {
    await press(await merchant.visit(merchant.checkoutForm({ transactionType: "PA" })), "Pay")
    expect(sandbox.ledger.entries()).toMatchObject([{ kind: "authorization" }])
    expect(await merchant.inquire(merchantTransactionId)).toMatchObject({
      status: "authsuccessful",
      transactionStatus: "Y",
    })
  })

  it("declines, and another visit opens another attempt under a number of its own", async () => {
    const declined = await press(await merchant.visit(), "Decline")
    expect(returnOf(declined).fields).toMatchObject({
      status: "authfailed",
      transactionStatus: "N",
      "result.code": "11005",
    })
    await press(await merchant.visit(), "Pay")
    const [first, second] = sandbox.payments.attempts(merchantTransactionId)
    expect(first?.status).toBe("authfailed")
    expect(second?.status).toBe("capturesuccess")
    expect(second?.paymentId).not.toBe(first?.paymentId)
    expect(await merchant.inquire(merchantTransactionId)).toMatchObject({
      paymentId: second?.paymentId,
    })
    expect(await merchant.inquire(first?.paymentId ?? "", "PID")).toMatchObject({
      status: "authfailed",
    })
  })

  it("cancels with the short status C", async () => {
    const { fields } = returnOf(await press(await merchant.visit(), "Cancel and go back"))
    expect(fields).toMatchObject({ status: "cancelled", transactionStatus: "C" })
  })

  it("of a paid order offers only the way back, also by the same form", async () => {
    await press(await merchant.visit(), "Pay")
    const page = await merchant.visit()
    expect(page.html).toContain("This payment is made")
    expect(page.html).not.toContain("formaction")
    expect(returnOf(await press(page, "Back to the shop")).fields).toMatchObject({
      status: "capturesuccess",
    })
  })

  it("takes the money once when the button is pressed in two windows", async () => {
    const page = await merchant.visit()
    await Promise.all([press(page, "Pay"), press(page, "Pay"), press(page, "Decline")])
    const { length } = sandbox.ledger.entries()
    expect(length).toBe(1)
  })

  it("saves the card only where the box was ticked", async () => {
    await press(await merchant.visit(), "Pay")
    expect(sandbox.savedCards.all()).toEqual([])
    const form = merchant.checkoutForm({ merchantTransactionId: "ORD1002", email: "a@shop.test" })
    const { fields } = returnOf(
      await press(await merchant.visit(form), "Pay", { saveCard: "true" })
    )
    expect(sandbox.savedCards.all()).toMatchObject([
      { registrationId: fields["registrationId"], customer: { email: "a@shop.test" } },
    ])
    expect(await merchant.inquire("ORD1002")).toMatchObject({
      registrationId: fields["registrationId"],
    })
  })

  it("saves it for the customer whom the form names, with the box ticked before", async () => {
    const form = merchant.checkoutForm({ createRegistration: "true", customerId: "cus_1" })
    expect((await merchant.visit(form)).html).toMatch(/name="saveCard"[^>]*checked/)
    const other = merchant.checkoutForm({ merchantTransactionId: "ORD1002" })
    expect((await merchant.visit(other)).html).not.toMatch(/name="saveCard"[^>]*checked/)
    await press(await merchant.visit(form), "Pay", { saveCard: "true" })
    expect(sandbox.savedCards.all()).toMatchObject([{ customer: { id: "cus_1" } }])
  })

  it("does not exist under an address that was not handed out", async () => {
    const response = await fetch(`${sandbox.url}/transaction/page/54289`)
    expect(response.status).toBe(404)
    expect(await response.text()).toContain("Unknown payment")
  })
})
