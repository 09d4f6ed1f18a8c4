import { Secret } from "../../shared/secret"
import { proofOf, readCallback, readNotice } from "../webhook"

const keys = [Secret.of("test_key")]

/** The vendor's worked example, with an invented key. */
const body = {
  paymentId: "77251",
  merchantTransactionId: "011E1D8A5C034",
  amount: "156.00",
  status: "authfailed",
  transactionStatus: "N",
  checksum: "57cc868cb3a316a55c10825f77e161aa",
}
/** Made with the literal key `null`, as anybody can. */
const canceledByAnybody = "bf74da1df9346aa2514bc1615abd90fa"
const canceledWithoutNumber = "a7cf599aff629b16ec0144f2527d5724"
const failedWithoutNumber = "08aa3a3f190fcb7d965461a0b619d80d"

const read = (text: string) => readCallback(Buffer.from(text))
const proof = (change: object, secureKeys = keys) =>
  proofOf(readNotice({ ...body, ...change }) ?? {}, secureKeys)

describe("a callback that is not proven", () => {
  it.each([
    ["without a checksum", { checksum: undefined }],
    ["with an empty checksum", { checksum: "" }],
    ["with a number for a checksum", { checksum: 57 }],
    ["with a list for a checksum", { checksum: [body.checksum] }],
    ["with another payment's number", { paymentId: "77252" }],
    ["with another reference", { merchantTransactionId: "011E1D8A5C035" }],
    ["with another amount", { amount: "156.01" }],
    ["with the same amount in other digits", { amount: "156.0" }],
    ["with another short status", { transactionStatus: "Y" }],
    ["without an amount", { amount: undefined }],
    ["without a reference", { merchantTransactionId: undefined }],
    ["without a status", { transactionStatus: undefined, status: undefined }],
    ["signed over the long status", { transactionStatus: undefined }],
    ["signed with the key null, on another status than C", { transactionStatus: "Y" }],
    ["without a number, though one was signed", { paymentId: undefined }],
  ])("is forged %s", (_what, change) => {
    expect(proof(change)).toBe("forged")
  })

  it("is only a hint where it is signed with the literal key null, which anybody can", () => {
    expect(proof({ transactionStatus: "C", checksum: canceledByAnybody })).toBe("hint")
  })

  it("is only a hint where the payment's number is the literal null as well", () => {
    const change = { paymentId: null, transactionStatus: "C", checksum: canceledWithoutNumber }
    expect(proof(change)).toBe("hint")
  })

  it("is only a hint without a payment's number, though the key is ours", () => {
    expect(proof({ paymentId: "", checksum: failedWithoutNumber })).toBe("hint")
  })

  it("is forged on a status other than C where the key null signed it", () => {
    // MD5 of 77251|011E1D8A5C034|156.00|Y|null
    const checksum = "e5465c0a4b82f33d7c7ab879dc745771"
    expect(proof({ status: "capturesuccess", transactionStatus: "Y", checksum })).toBe("forged")
  })
})

describe("a callback with the merchant's checksum", () => {
  it("is genuine", () => {
    expect(proof({})).toBe("genuine")
  })

  it("is genuine in capital letters, and under the long status's change, which is not signed", () => {
    expect(proof({ checksum: body.checksum.toUpperCase() })).toBe("genuine")
    expect(proof({ status: "failed" })).toBe("genuine")
  })

  it("is genuine with the key before, while the key is being changed", () => {
    expect(proof({}, [Secret.of("new_key"), ...keys])).toBe("genuine")
    expect(proof({}, [Secret.of("new_key")])).toBe("forged")
  })

  it("is genuine with its amount as a number, which was signed with two decimals", () => {
    expect(proof({ amount: 156 })).toBe("genuine")
  })

  it("is genuine with the names of older pages, where status is the short word", () => {
    const { checksum } = body
    const old = {
      trackingid: "77251",
      desc: "011E1D8A5C034",
      amount: "156.00",
      status: "N",
      checksum,
    }
    expect(proofOf(readNotice(old) ?? {}, keys)).toBe("genuine")
  })
})

describe("reading a callback", () => {
  it.each(["", "null", "[]", "{", "<html></html>", '"text"'])(
    "gives no reference for %j",
    (text) => {
      expect(read(text)?.reference).toBeUndefined()
    }
  )

  const notice = {
    paymentId: "77251",
    reference: "011E1D8A5C034",
    amount: "156.00",
    shortStatus: "N",
    rawStatus: "authfailed",
    checksum: body.checksum,
  }

  it("takes JSON", () => {
    expect(read(JSON.stringify({ ...body, card: { bin: "" } }))).toEqual(notice)
  })

  it("takes a form", () => {
    expect(read(new URLSearchParams(body).toString())).toEqual(notice)
  })

  it.each(["../authToken", "7/1", "a b", "x".repeat(65), "%2e", {}])(
    "takes no number that could not be one: %j",
    (paymentId) => {
      expect(read(JSON.stringify({ ...body, paymentId }))?.paymentId).toBeUndefined()
    }
  )
})
