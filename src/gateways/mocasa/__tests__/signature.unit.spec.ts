import { createHash } from "node:crypto"
import { Secret } from "../../shared/secret"
import { isSignedByMocasa, webhookDigest } from "../signature"

const secret = Secret.of("test_secret")
const signed = { orderNo: "ORD1001", txStatus: "success" }
/** Of `ORD1001|success|test_secret`. */
const vector = "RcZfyRK1Z/gpLQNcrv1Hm+f/HCR50umz475kaT2FvQI="
const hex = Buffer.from(vector, "base64").toString("hex")
const ofHex = Buffer.from(hex).toString("base64")

describe("a signature that is not Mocasa's", () => {
  it.each([
    ["missing", undefined],
    ["null", null],
    ["empty", ""],
    ["a list, as a header that came twice", [vector, vector]],
    ["a list of one", [vector]],
    ["a number", 42],
    ["an object", { toString: () => vector }],
    ["in another alphabet", vector.replaceAll("+", "-").replaceAll("/", "_")],
    ["without its padding", vector.replace("=", "")],
    ["with blanks around it", ` ${vector} `],
    ["with more behind it", `${vector}AAAA`],
    ["cut short", vector.slice(0, 40)],
    ["in other letters", vector.toLowerCase()],
    ["in hexadecimal", hex],
    ["as base64 of the hexadecimal text", ofHex],
    ["with a bit changed", vector.replace("R", "S")],
    ["with an idle bit changed, so that it decodes to the same bytes", vector.replace("I=", "J=")],
  ])("is refused: %s", (_what, signature) => {
    expect(isSignedByMocasa(signed, signature, [secret], "base64")).toBe(false)
  })

  it("is refused for another order or another status", () => {
    const accepts = (change: object) =>
      isSignedByMocasa({ ...signed, ...change }, vector, [secret], "base64")
    expect(accepts({ orderNo: "ORD1002" })).toBe(false)
    expect(accepts({ txStatus: "failed" })).toBe(false)
    expect(accepts({ orderNo: "ord1001" })).toBe(false)
  })

  it("is refused with another secret, and with none at all", () => {
    expect(isSignedByMocasa(signed, vector, [Secret.of("other")], "base64")).toBe(false)
    expect(isSignedByMocasa(signed, vector, [], "base64")).toBe(false)
  })

  it("is refused where the two readings of the vendor's page are mixed up", () => {
    expect(isSignedByMocasa(signed, vector, [secret], "base64-of-hex")).toBe(false)
    expect(isSignedByMocasa(signed, ofHex, [secret], "base64")).toBe(false)
  })
})

describe("a signature of Mocasa's", () => {
  it("is base64 of the digest's 32 bytes", () => {
    expect(webhookDigest("ORD1001", "success", secret).toString("base64")).toBe(vector)
    expect(isSignedByMocasa(signed, vector, [secret], "base64")).toBe(true)
  })

  it("is base64 of the digest's hexadecimal text where the shop says so", () => {
    expect(isSignedByMocasa(signed, ofHex, [secret], "base64-of-hex")).toBe(true)
  })

  it("may be made with either secret while one is being changed", () => {
    const changed = [Secret.of("new_secret"), secret]
    expect(isSignedByMocasa(signed, vector, changed, "base64")).toBe(true)
    expect(isSignedByMocasa(signed, vector, changed.reverse(), "base64")).toBe(true)
  })

  it("is taken over UTF-8, whatever is signed", () => {
    const text = "Bestellung-Ü|success|test_secret"
    const signature = createHash("sha256").update(text, "utf8").digest("base64")
    const odd = { orderNo: "Bestellung-Ü", txStatus: "success" }
    expect(isSignedByMocasa(odd, signature, [secret], "base64")).toBe(true)
  })
})
