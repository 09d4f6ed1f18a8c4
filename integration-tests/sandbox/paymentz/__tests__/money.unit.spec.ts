import { type PaymentzSandbox } from ".."
import { type Merchant, startMerchant, ORDER, press } from "./merchant"

const { merchantTransactionId } = ORDER

describe("the hosted page", () => {
  let sandbox: PaymentzSandbox
  let merchant: Merchant

  beforeEach(async () => {
    ;({ sandbox, merchant } = await startMerchant({ secureKey: "test_key" }))
  })

  it("is not shown for a checksum over other values, and does not say why", async () => {
    const form = merchant.checkoutForm()
    const page = await merchant.visit({ ...form, amount: "49.00" })
    expect(page.status).toBe(400)
    expect(page.html).toContain("Error 10002")
    expect(page.html).not.toMatch(/checksum/i)
    expect(sandbox.payments.all()).toEqual([])
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

  it("takes the money once when the button is pressed in two windows", async () => {
    const page = await merchant.visit()
    await Promise.all([press(page, "Pay"), press(page, "Pay"), press(page, "Decline")])
    const { length } = sandbox.ledger.entries()
    expect(length).toBe(1)
  })
})

const code = (value: string) => ({ result: { code: value } })

describe("the operations of Paymentz", () => {
  let sandbox: PaymentzSandbox
  let merchant: Merchant

  beforeEach(async () => {
    ;({ sandbox, merchant } = await startMerchant())
  })

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
      expect(await merchant.reverse(sandbox.pay("ORD1002").paymentId)).toMatchObject(code("10007"))
    })
  })

  describe("inquiry", () => {
    it("does not take one number for the other", async () => {
      const paymentId = await paid()
      expect(await merchant.inquire(paymentId, "MID")).toMatchObject(code("10026"))
      expect(await merchant.inquire(merchantTransactionId, "PID")).toMatchObject(code("10026"))
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
})
