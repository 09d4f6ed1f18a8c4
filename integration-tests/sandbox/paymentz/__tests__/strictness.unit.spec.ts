import { type Receiver, startReceiver } from "../../shared/__tests__/receiver"
import { checksum } from "../protocol"
import { type PaymentzSandbox } from ".."
import { API, Merchant, ORDER, startMerchant } from "./merchant"

const member = { memberId: "11344", secureKey: "test_key" }

describe("a checksum", () => {
  it("of a payment has the key behind the member", () => {
    const values = { ...member, merchantTransactionId: "ORD1001", amount: "50.00" }
    expect(checksum("payment", values)).toBe("3a6244f09ec8713b1341441e02515784")
  })

  it("of an inquiry or a reversal has no amount", () => {
    expect(checksum("paymentOnly", { ...member, paymentId: "54289" })).toBe(
      "02ecebd7b449ea257ea7e3daadc81c2f"
    )
  })

  it("of a capture or a refund has the paymentId and the amount", () => {
    expect(checksum("moveOfAmount", { ...member, paymentId: "54289", amount: "50.00" })).toBe(
      "045a250d841933fc7b6912b9d7c86d79"
    )
  })

  it("of a payout has the key at the end", () => {
    const values = { ...member, merchantTransactionId: "PO1001", amount: "50.00" }
    expect(checksum("payout", values)).toBe("3bfa78063ab31070ca2a4b8f0b7f03d1")
  })

  it("of the hosted page covers the partner's name and where the shopper returns to", () => {
    expect(
      checksum("checkout", {
        ...member,
        totype: "Partner",
        amount: "50.00",
        merchantTransactionId: "ORD1001",
        merchantRedirectUrl: "https://m.example/r",
      })
    ).toBe("9241e5c3bff1cec96455eccd19442f83")
  })

  it("of a callback covers the short status", () => {
    expect(
      checksum("callback", {
        paymentId: "77251",
        merchantTransactionId: "011E1D8A5C034",
        amount: "156.00",
        transactionStatus: "N",
        secureKey: "test_key",
      })
    ).toBe("57cc868cb3a316a55c10825f77e161aa")
  })

  it("is over the bytes of UTF-8 and the values as they are written", () => {
    const parts = (amount: string) => ({ ...member, paymentId: "é", amount })
    expect(checksum("moveOfAmount", parts("50.00"))).not.toBe(
      checksum("moveOfAmount", parts("50.0"))
    )
    expect(checksum("moveOfAmount", parts("1.00"))).toBe(
      // echo -n '11344|test_key|é|1.00' | md5sum
      "61c9e58e50cc4ddfaabaecfc05ae59bc"
    )
  })
})

const PAYMENTS = `${API}/payments`
const refusal = (httpStatus: number, code: string) => ({ httpStatus, result: { code } })

describe("Paymentz's API", () => {
  let sandbox: PaymentzSandbox
  let merchant: Merchant
  let now: number

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1)
    ;({ sandbox, merchant } = await startMerchant({ now: () => now }))
  })

  it("refuses a path it does not have", async () => {
    expect(await merchant.send(`${API}/cancel`, {})).toMatchObject(refusal(404, "404"))
  })

  it("refuses everything but POST", async () => {
    const response = await fetch(sandbox.url + PAYMENTS)
    expect(response.status).toBe(405)
  })

  it.each(["text/plain", "multipart/form-data"])("refuses a body of type %s", async (type) => {
    expect(await merchant.send(PAYMENTS, "a=b", { "content-type": type })).toMatchObject(
      refusal(415, "415")
    )
  })

  describe("its token", () => {
    it.each([
      ["authentication.partnerId", "2"],
      ["merchant.username", "somebody"],
      ["authentication.sKey", "guessed"],
    ])("is not given for another %s", async (field, value) => {
      const { partnerId, secureKey, username } = sandbox.credentials
      const right = {
        "authentication.partnerId": partnerId,
        "merchant.username": username,
        "authentication.sKey": secureKey,
      }
      expect(await merchant.send(`${API}/authToken`, right)).toMatchObject(refusal(200, "200"))
      expect(await merchant.send(`${API}/authToken`, { ...right, [field]: value })).toMatchObject(
        refusal(401, "401")
      )
    })

    it.each([
      PAYMENTS,
      `${PAYMENTS}/54289`,
      `${API}/inquiry`,
      `${API}/paywithtoken/abc`,
      `${API}/getCardsAndAccounts`,
      `${API}/getTransactionList`,
      `${API}/payout`,
      "/invoiceServices/REST/v1/generate",
    ])("is needed for %s", async (path) => {
      expect(await new Merchant(sandbox).send(path, {})).toMatchObject({
        ...refusal(401, "401"),
        result: { description: expect.stringContaining("missing") },
      })
      expect(await merchant.send(path, {}, { authtoken: "guessed" })).toMatchObject(
        refusal(401, "401")
      )
    })

    it("ends after an hour", async () => {
      now += 60 * 60 * 1000 - 1
      expect(await merchant.inquire("NOBODY")).toMatchObject(refusal(200, "10026"))
      now += 1
      expect(await merchant.inquire("NOBODY")).toMatchObject(refusal(401, "401"))
    })
  })

  describe("a payment", () => {
    it.each([
      "merchantTransactionId",
      "amount",
      "currency",
      "paymentType",
      "paymentMode",
      "paymentBrand",
      "merchantRedirectUrl",
    ])("is refused with an empty %s", async (field) => {
      expect(await merchant.payByBank({ [field]: " " })).toMatchObject({
        ...refusal(200, "10002"),
        result: { description: expect.stringContaining(field) },
      })
      expect(sandbox.payments.all()).toEqual([])
    })

    it.each(["0.00", "-1.00", "1.005", "1", "1,000.00", "1e2"])(
      "is refused for the amount %s",
      async (amount) => {
        expect(await merchant.payByBank({ amount })).toMatchObject(refusal(200, "10002"))
      }
    )

    it("is refused with a checksum over another amount", async () => {
      const fields = { ...ORDER, paymentType: "DB", paymentMode: "NB", paymentBrand: "B" }
      const signed = merchant.signed(fields, "KEY", "ORD1001", "49.00")
      expect(await merchant.send(PAYMENTS, signed)).toMatchObject({
        ...refusal(200, "10002"),
        result: { description: expect.stringContaining("checksum") },
      })
    })

    it("is refused for another member and another terminal", async () => {
      for (const field of ["authentication.memberId", "authentication.terminalId"]) {
        expect(await merchant.payByBank({ [field]: "99" })).toMatchObject(refusal(200, "10002"))
      }
    })

    it("is refused in a currency that the terminal does not take", async () => {
      expect(await merchant.payByBank({ currency: "XXX" })).toMatchObject(refusal(200, "10002"))
    })

    it.each([
      ["paymentMode", "CC"],
      ["card.number", "4111111111111111"],
      ["card.cvv", "123"],
    ])(
      "is refused with %s %s, because card data does not come over REST here",
      async (field, value) => {
        expect(await merchant.payByBank({ [field]: value })).toMatchObject({
          ...refusal(200, "10002"),
          result: { description: expect.stringContaining("card data") },
        })
        expect(JSON.stringify(sandbox.calls.list())).not.toContain("4111111111111111")
      }
    )

    it("is refused with a field that Paymentz does not have, and with one that comes twice", async () => {
      expect(await merchant.payByBank({ colour: "red" })).toMatchObject(refusal(200, "10002"))
      const fields = merchant.signed({ paymentType: "IN" }, "KEY", "1")
      const body = `${new URLSearchParams(fields)}&paymentType=RV`
      expect(await merchant.send(`${PAYMENTS}/1`, body)).toMatchObject({
        result: { description: expect.stringContaining("sent twice") },
      })
    })

    it("is refused under a number that is in use, or made again where the merchant wants it so", async () => {
      await merchant.payByBank()
      expect(await merchant.payByBank()).toMatchObject(refusal(200, "10002"))
      sandbox.set({ duplicateTransaction: "pay-again" })
      await merchant.payByBank()
      expect(sandbox.payments.attempts(ORDER.merchantTransactionId)).toHaveLength(2)
    })
  })
})

const { merchantTransactionId } = ORDER

describe("a callback", () => {
  let receiver: Receiver
  let sandbox: PaymentzSandbox
  let merchant: Merchant
  let status: number

  beforeEach(async () => {
    status = 200
    receiver = await startReceiver(() => ({ status }))
    ;({ sandbox, merchant } = await startMerchant({
      secureKey: "test_key",
      callbackRetryDelayMs: 1,
    }))
    await merchant.visit(merchant.checkoutForm({ notificationUrl: receiver.url }))
  })

  async function bodies(): Promise<Record<string, unknown>[]> {
    await sandbox.callbacks.settled()
    return receiver.received.map(({ body }) => JSON.parse(body))
  }

  it("goes as JSON to the address that came with the payment, signed over the short status", async () => {
    const { paymentId } = sandbox.pay(merchantTransactionId)
    expect(await bodies()).toMatchObject([
      {
        paymentId,
        merchantTransactionId,
        amount: "50.00",
        status: "capturesuccess",
        transactionStatus: "Y",
        result: { code: "00001" },
        checksum: merchant.md5(paymentId, "ORD1001", "50.00", "Y", "test_key"),
      },
    ])
    expect(receiver.received[0]).toMatchObject({
      method: "POST",
      headers: { "content-type": "application/json; charset=UTF-8" },
    })
  })

  it("can be forged, come several times over, or carry another amount that is signed too", async () => {
    sandbox.set({ callbackCopies: 2, callbackAmount: "1.00" })
    const { paymentId } = sandbox.pay(merchantTransactionId)
    const checksum = merchant.md5(paymentId, "ORD1001", "1.00", "Y", "test_key")
    const body = { amount: "1.00", checksum }
    expect(await bodies()).toMatchObject([body, body])
    sandbox.set({ forgeCallbacks: true, callbackCopies: 1 })
    sandbox.resendCallback(merchantTransactionId)
    const [, , forged] = await bodies()
    expect(forged?.["checksum"]).not.toBe(checksum)
    expect(forged?.["checksum"]).toHaveLength(32)
  })

  it("of a cancelled payment can be signed by anybody, with the word null for key and number", async () => {
    sandbox.set({ nullKey: true })
    sandbox.cancel(merchantTransactionId)
    const [body] = await bodies()
    expect(body).toMatchObject({
      transactionStatus: "C",
      checksum: merchant.md5("null", "ORD1001", "50.00", "C", "null"),
    })
    expect(body).not.toHaveProperty("paymentId")
  })

  it("of any other status keeps the merchant's key", async () => {
    sandbox.set({ nullKey: true })
    const { paymentId } = sandbox.pay(merchantTransactionId)
    const checksum = merchant.md5(paymentId, "ORD1001", "50.00", "Y", "test_key")
    expect(await bodies()).toMatchObject([{ checksum }])
  })
})
