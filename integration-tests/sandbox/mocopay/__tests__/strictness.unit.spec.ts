import { decimalText, parseThousandths, sign, thousandths, wireNumber } from "../protocol"
import { type MocopaySandbox } from ".."
import { INIT, type Merchant, ORDER, VERIFY, startMerchant } from "./merchant"

const SECRET = "this.is.a.secret"
const VECTOR = "WETDyNQLx0+8BJ16vDgiVg=="

describe("sign", () => {
  it("gives the value of the vendor's worked example, which has a slash before the query", () => {
    const target = "/v1/payment/initPayment/?mcc=228&mnc=01&pid=12000&userId=123456789"
    expect(sign(SECRET, target)).toBe(VECTOR)
  })

  it("gives the value for a path without that slash", () => {
    expect(sign(SECRET, "/v1/payment/verifyPayment?userId=359276053656628")).toBe(
      "1v0+YNnIjRiIy7QWdKHbww=="
    )
  })

  it("can be base64 of a SHA-1, which is as long as the vendor's examples", () => {
    // Made with another program.
    const value = sign(SECRET, "/v1/payment/verifyPayment?userId=359276053656628", "sha1")
    expect(value).toBe("+Dvn9sqXmQFNIz19uJ7ZooKy2vc=")
    expect(value).toHaveLength("Lu48LwCUxAalXuCCLlz+UrbaLow=".length)
  })

  it("leaves the parameter of the signature itself out", () => {
    const target = "/v1/payment/initPayment/?mcc=228&mnc=01&pid=12000&signature=x&userId=123456789"
    expect(sign(SECRET, target)).toBe(VECTOR)
  })

  it("sorts capitals before small letters", () => {
    // MD5 of "this.is.a.secret/p?B=2&a=1", made with another program.
    expect(sign(SECRET, "/p?a=1&B=2")).toBe("VisHJ5MtVAbBn02CvOyBhw==")
  })

  it("covers the bytes as they were sent, not what they stand for", () => {
    expect(sign(SECRET, "/p?a=%20")).not.toBe(sign(SECRET, "/p?a=+"))
    expect(sign(SECRET, "/p?a=%2f")).not.toBe(sign(SECRET, "/p?a=%2F"))
  })
})

describe("an amount", () => {
  it.each([
    "",
    "-1.00",
    "+1",
    "1.",
    ".5",
    "1.0005",
    "1,000.00",
    "01.00",
    " 1",
    "1e2",
    "NaN",
    "1\n",
  ])("of %j is refused", (text) => {
    expect(parseThousandths(text)).toBeUndefined()
  })

  it("of nothing can't be charged", () => {
    expect(() => thousandths("0.00")).toThrow(/positive/)
  })

  it.each([
    ["10", "10", 10],
    ["0.01", "0.01", 0.01],
    ["0.005", "0.005", 0.005],
    ["100.50", "100.5", 100.5],
    ["1234567.89", "1234567.89", 1234567.89],
    ["999999999999.999", "999999999999.999", 999999999999.999],
  ])("of %s is %s, and exactly that in JSON", (text, decimal, wire) => {
    const amount = thousandths(text)
    expect(decimalText(amount)).toBe(decimal)
    expect(wireNumber(amount)).toBe(wire)
    expect(JSON.stringify(wireNumber(amount))).toBe(decimal)
  })
})

const refusal = (status: number, code: string) => ({
  status,
  body: { code, message: expect.any(String) },
})

describe("MoCoPay's API", () => {
  let sandbox: MocopaySandbox
  let merchant: Merchant

  beforeEach(async () => {
    ;({ sandbox, merchant } = await startMerchant())
  })

  it("refuses a path it does not have", async () => {
    expect(await merchant.send("GET", "/v1/payment/refundPayment")).toEqual(
      refusal(404, "PATH_NOT_FOUND")
    )
  })

  it("takes initPayment by GET only and verifyPayment by POST only", async () => {
    expect(await merchant.send("POST", `${INIT}?pid=x`)).toEqual(refusal(405, "METHOD_NOT_ALLOWED"))
    expect(await merchant.send("GET", `${VERIFY}?userId=x`)).toEqual(
      refusal(405, "METHOD_NOT_ALLOWED")
    )
  })

  it("takes no parameters from a body", async () => {
    expect(await merchant.send("POST", VERIFY, {}, "userId=ORD1001")).toEqual(
      refusal(400, "BODY_NOT_EMPTY")
    )
  })

  it.each(["*/*", "text/html", "application/xml, application/*+json"])(
    "refuses a caller who accepts only %s",
    async (accept) => {
      expect(await merchant.send("POST", `${VERIFY}?userId=x`, { accept })).toEqual(
        refusal(406, "NOT_ACCEPTABLE")
      )
    }
  )

  describe("its signature", () => {
    const target = `${INIT}?pid=PP27638048`

    it("is needed for every call", async () => {
      for (const [method, path] of [
        ["GET", target],
        ["POST", `${VERIFY}?userId=x`],
      ] as const) {
        const response = await fetch(sandbox.url + path, {
          method,
          headers: { accept: "application/json" },
        })
        expect(response.status).toBe(401)
        expect(await response.json()).toMatchObject({ code: "SIGNATURE_MISSING" })
      }
      expect(sandbox.payments.all()).toEqual([])
    })

    it.each([
      ["another key", (value: string) => `ApiKey other:${value}`],
      ["no key", (value: string) => `ApiKey ${value}`],
      ["no prefix", (value: string) => `app1:${value}`],
      ["another prefix", (value: string) => `Bearer app1:${value}`],
      ["one letter more", (value: string) => `ApiKey app1:${value}=`],
      ["its case changed", (value: string) => `ApiKey app1:${value.toLowerCase()}`],
    ])("is refused with %s", async (_what, write) => {
      const [, value = ""] = merchant.signatureOf(target).split(":")
      expect(await merchant.send("GET", target, { signature: write(value) })).toEqual(
        refusal(401, "SIGNATURE_INVALID")
      )
    })

    it("of another call is refused", async () => {
      const signature = `ApiKey ${merchant.signatureOf(`${INIT}?pid=PP27638049`)}`
      expect(await merchant.send("GET", target, { signature })).toEqual(
        refusal(401, "SIGNATURE_INVALID")
      )
    })

    it("is over the path as it was sent, with or without a slash at its end", async () => {
      const withSlash = `${INIT}/?pid=PP27638048`
      expect(await merchant.send("GET", withSlash)).toMatchObject({ status: 200 })
      expect(await merchant.send("GET", target)).toMatchObject({ status: 200 })
      const signature = `ApiKey ${merchant.signatureOf(target)}`
      expect(await merchant.send("GET", withSlash, { signature })).toEqual(
        refusal(401, "SIGNATURE_INVALID")
      )
    })

    it("is over the values as they were encoded", async () => {
      const encoded = `${INIT}?pid=PP27638048&userId=a%20b%26c`
      expect(await merchant.send("GET", encoded)).toMatchObject({ status: 200 })
      const signature = `ApiKey ${merchant.signatureOf(encoded.replace("%20", "+"))}`
      expect(await merchant.send("GET", encoded, { signature })).toEqual(
        refusal(401, "SIGNATURE_INVALID")
      )
      expect(sandbox.payments.all()[0]?.parameters.userId).toBe("a b&c")
    })

    it("may be a parameter in place of the header, and not both", async () => {
      const asParameter = `${target}&signature=${encodeURIComponent(merchant.signatureOf(target))}`
      const response = await fetch(sandbox.url + asParameter, {
        headers: { accept: "application/json" },
      })
      expect(response.status).toBe(200)
      expect(await merchant.send("GET", asParameter)).toEqual(refusal(401, "SIGNATURE_INVALID"))
    })
  })

  describe("initPayment", () => {
    it("needs a pid", async () => {
      const { pid, ...others } = ORDER
      expect(pid).toBeDefined()
      expect(await merchant.init(others)).toEqual(refusal(400, "PARAM_MISSING"))
      expect(await merchant.init({ ...ORDER, pid: "" })).toEqual(refusal(400, "PARAM_MISSING"))
    })

    it("does not know a product that was not agreed on", async () => {
      expect(await merchant.init({ ...ORDER, pid: "12000" })).toEqual(
        refusal(404, "PRODUCT_NOT_FOUND")
      )
    })

    it("has no amount and no currency", async () => {
      for (const name of ["amount", "currency", "price"]) {
        expect(await merchant.init({ ...ORDER, [name]: "10" })).toMatchObject({
          ...refusal(400, "PARAM_UNKNOWN"),
          body: { message: expect.stringContaining(name) },
        })
      }
    })

    it.each([
      ["mcc", "9999"],
      ["mnc", "x"],
      ["country", "hrv"],
      ["userId", " "],
      ["clientIp", "300.0.0.1"],
      ["phone", "ask me"],
      ["lang", "HR"],
      ["referenceId", ""],
      ["callbackUrl", "javascript:alert(1)"],
      ["notifyUrl", "/hook"],
      ["imageUrl", "image.png"],
    ])("refuses %s of %j", async (name, value) => {
      expect(await merchant.init({ ...ORDER, [name]: value })).toMatchObject({
        ...refusal(400, "PARAM_INVALID"),
        body: { message: expect.stringContaining(name) },
      })
      expect(sandbox.payments.all()).toEqual([])
    })

    it("takes every documented parameter", async () => {
      const all = {
        ...ORDER,
        mcc: "999",
        mnc: "99",
        country: "HR",
        clientIp: "192.0.2.1",
        phone: "+38598765432",
        lang: "hr",
        notifyUrl: "http://shop.test/hook",
        imageUrl: "http://shop.test/i.png",
      }
      expect(await merchant.init(all)).toMatchObject({ status: 200 })
      expect(sandbox.payments.all()[0]?.parameters).toEqual(all)
    })

    it("refuses a parameter that comes twice", async () => {
      expect(await merchant.send("GET", `${INIT}?pid=PP27638048&pid=PP27638049`)).toMatchObject({
        ...refusal(400, "PARAM_INVALID"),
        body: { message: expect.stringContaining("pid was sent twice") },
      })
    })
  })

  describe("verifyPayment", () => {
    it("needs exactly one of the three ways to name a payment", async () => {
      expect(await merchant.send("POST", VERIFY)).toEqual(refusal(400, "PARAM_MISSING"))
      expect(await merchant.verify({ userId: "a", sessionId: "b" })).toEqual(
        refusal(400, "PARAM_INVALID")
      )
      expect(await merchant.verify({ referenceId: "ORD1001" })).toEqual(
        refusal(400, "PARAM_UNKNOWN")
      )
    })

    it.each(["sessionId", "userId", "transactionId"])(
      "of a %s of nobody's is not found",
      async (name) => {
        await merchant.init()
        for (const value of ["NOBODY", "__proto__", "constructor"]) {
          expect(await merchant.verify({ [name]: value })).toEqual(
            refusal(404, "SESSION_NOT_FOUND")
          )
        }
      }
    )
  })
})
