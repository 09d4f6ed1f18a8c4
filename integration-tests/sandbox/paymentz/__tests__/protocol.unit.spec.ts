import { checksum } from "../protocol"
import { type PaymentzSandbox, startPaymentzSandbox } from ".."
import { type Answer, API, Merchant, ORDER, pageOf, press, returnOf } from "./merchant"

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

const { merchantTransactionId } = ORDER

describe("an asynchronous payment", () => {
  let sandbox: PaymentzSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startPaymentzSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

  interface Redirect {
    readonly url: string
    readonly method: string
    readonly parameters: readonly { readonly name: string; readonly value: string }[]
  }

  const isRedirect = (value: unknown): value is Redirect =>
    typeof value === "object" && value !== null && "url" in value && "parameters" in value

  async function follow({ redirect }: Answer) {
    if (!isRedirect(redirect)) throw new Error("The answer has no redirect")
    const parameters = new URLSearchParams()
    redirect.parameters.forEach(({ name, value }) => parameters.append(name, value))
    return pageOf(
      redirect.method === "POST"
        ? await fetch(redirect.url, { method: "POST", body: parameters })
        : await fetch(`${redirect.url}?${parameters}`)
    )
  }

  it("is answered with a redirect, and moves nothing before the shopper confirms", async () => {
    const answer = await merchant.payByBank()
    expect(answer).toMatchObject({
      status: "authstarted",
      transactionStatus: "P",
      paymentMode: "NB",
      card: { bin: "", last4Digits: "" },
      redirect: { method: "GET", target: "_self" },
    })
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it.each(["GET", "POST"] as const)("is confirmed at the bank, reached by %s", async (method) => {
    sandbox.set({ redirectMethod: method })
    const page = await follow(await merchant.payByBank())
    expect(page.html).toContain("Your bank")
    const back = returnOf(await press(page, "Pay"))
    expect(back.action).toBe(ORDER.merchantRedirectUrl)
    expect(back.fields).toMatchObject({ merchantTransactionId, status: "capturesuccess" })
    expect(sandbox.ledger.entries()).toMatchObject([{ kind: "payment", amount: "50.00" }])
  })

  it("is not known to the bank without the parameters of its redirect", async () => {
    const { redirect } = await merchant.payByBank()
    const url = isRedirect(redirect) ? redirect.url : ""
    expect((await fetch(url)).status).toBe(404)
  })

  it("that was declined can still be paid at the bank, under the same number", async () => {
    const { paymentId } = await merchant.payByBank()
    sandbox.decline(merchantTransactionId)
    expect(sandbox.pay(merchantTransactionId).paymentId).toBe(paymentId)
    expect(sandbox.ledger.entries()).toHaveLength(1)
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
    sandbox = await startPaymentzSandbox({ now: () => now })
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

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

  it("takes JSON with the same dotted names", async () => {
    const { memberId, secureKey } = sandbox.credentials
    const checksum = merchant.md5(memberId, secureKey, "NOBODY")
    const fields = {
      "authentication.memberId": memberId,
      "authentication.checksum": checksum,
      paymentType: "IN",
      idType: "MID",
    }
    const type = { "content-type": "application/json" }
    expect(await merchant.send(`${PAYMENTS}/NOBODY`, JSON.stringify(fields), type)).toMatchObject(
      refusal(200, "10026")
    )
    expect(await merchant.send(`${PAYMENTS}/NOBODY`, "[]", type)).toMatchObject(
      refusal(200, "10002")
    )
  })

  it("answers in XML whoever does not ask for JSON", async () => {
    const response = await fetch(sandbox.url + PAYMENTS, {
      method: "POST",
      body: new URLSearchParams({ a: "b" }),
    })
    expect(response.headers.get("content-type")).toBe("application/xml")
    expect(await response.text()).toContain("<result><code>401</code>")
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

    it("is a JSON Web Token that says when it ends", async () => {
      const { AuthToken, LoginName, memberId, timestamp } = await merchant.signIn()
      const [, payload = ""] = String(AuthToken).split(".")
      expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({
        exp: (now + 60 * 60 * 1000) / 1000,
      })
      expect({ LoginName, memberId, timestamp }).toEqual({
        LoginName: "sandboxmerchant",
        memberId: "11344",
        timestamp: "2026-01-01 00:00:00",
      })
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

    it("can be taken for a new one while it lives, and not after", async () => {
      const { partnerId } = sandbox.credentials
      const { AuthToken } = await merchant.signIn()
      const fields = { "authentication.partnerId": partnerId, authToken: String(AuthToken) }
      now += 59 * 60 * 1000
      const renewed = await merchant.send(`${API}/regenerateToken`, fields)
      expect(renewed).toMatchObject(refusal(200, "200"))
      now += 2 * 60 * 1000
      const headers = { authtoken: String(renewed["AuthToken"]) }
      expect(await merchant.send(`${API}/inquiry`, {}, headers)).toMatchObject(
        refusal(200, "10002")
      )
      expect(await merchant.send(`${API}/regenerateToken`, fields)).toMatchObject(
        refusal(401, "401")
      )
    })

    it("is unknown once it was revoked", async () => {
      sandbox.revokeTokens()
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

  it("shows a test what it was asked, with the secret key masked", async () => {
    await merchant.payByBank()
    expect(sandbox.calls.list().map(({ path }) => path)).toEqual([`${API}/authToken`, PAYMENTS])
    expect(sandbox.calls.list(PAYMENTS)[0]?.fields).toMatchObject(ORDER)
    expect(JSON.stringify(sandbox.calls.list())).not.toContain("sandbox_secure_key")
  })

  it("fails one operation of a path and not the others", async () => {
    sandbox.faults.add({ kind: "http-error", path: `${PAYMENTS}/:id#RF` })
    expect(await merchant.inquire("NOBODY")).toMatchObject(refusal(200, "10026"))
    await expect(merchant.move("RF", "1", "1.00")).rejects.toThrow()
    expect(await merchant.move("RF", "1", "1.00")).toMatchObject(refusal(200, "10026"))
  })
})
