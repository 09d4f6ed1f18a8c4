import { Secret } from "../../shared/secret"
import { isSignedByCashy, signHeader } from "../signature"

const apiKey = Secret.of("test_api_key")
const body =
  '{"mchOrderNo":"1386556575370063873","nonceStr":"9459931608","orderNo":"PAYIN8551843837024997376"}'
const vector = "18d70293564b01b466f7d9ba961b680b"
const bytes = Buffer.from(body)

describe("a callback that Cashy did not sign", () => {
  it.each([
    ["missing", undefined],
    ["null", null],
    ["empty", ""],
    ["a list, as a header that came twice", [vector, vector]],
    ["a number", 18],
    ["an object", { toString: () => vector }],
    ["with blanks around it", ` ${vector} `],
    ["with more behind it", `${vector}00`],
    ["cut short", vector.slice(0, 30)],
    ["with a digit changed", vector.replace("1", "2")],
    ["in base64", Buffer.from(vector, "hex").toString("base64")],
    ["with letters that are no digits", vector.replace("d", "g")],
    ["the vendor's placeholder", "A6FC73F7D22EC8B4A064C8FFCC592CBF"],
  ])("is refused: its Sign is %s", (_what, sign) => {
    expect(isSignedByCashy(bytes, sign, [apiKey])).toBe(false)
  })

  it.each([
    ["a blank more", `${body} `],
    ["its fields in another order", JSON.stringify({ ...JSON.parse(body), mchOrderNo: "1" })],
    ["the same values, written again", JSON.stringify(JSON.parse(body), null, 1)],
    ["nothing", ""],
  ])("is refused with %s", (_what, text) => {
    expect(isSignedByCashy(Buffer.from(text), vector, [apiKey])).toBe(false)
  })

  it("is refused with another key, and with none at all", () => {
    expect(isSignedByCashy(bytes, vector, [Secret.of("other")])).toBe(false)
    expect(isSignedByCashy(bytes, vector, [])).toBe(false)
  })
})

describe("Cashy's signature", () => {
  it("is MD5 of the body and the key, written in capitals where we send it", () => {
    expect(signHeader(body, apiKey)).toBe(vector.toUpperCase())
  })

  it.each([vector, vector.toUpperCase(), `${vector.slice(0, 9)}${vector.slice(9).toUpperCase()}`])(
    "is taken in any letters: %s",
    (sign) => {
      expect(isSignedByCashy(bytes, sign, [apiKey])).toBe(true)
    }
  )

  it("may be made with either key while one is being changed", () => {
    const changed = [Secret.of("new_key"), apiKey]
    expect(isSignedByCashy(bytes, vector, changed)).toBe(true)
    expect(isSignedByCashy(bytes, vector, changed.reverse())).toBe(true)
  })

  it("is taken over the bytes as they came, also where they are no text", () => {
    const odd = Buffer.from([0xff, 0xfe, 0x7b, 0x7d])
    const asText = signHeader(odd.toString("utf8"), apiKey)
    expect(isSignedByCashy(odd, asText, [apiKey])).toBe(false)
    expect(isSignedByCashy(odd, "be217cdb04ca05fd1ff266b6f3d7b3e7", [apiKey])).toBe(true)
  })

  it("is taken over UTF-8, whatever is signed", () => {
    const text = '{"realName":"محمد علی"}'
    expect(isSignedByCashy(Buffer.from(text, "utf8"), signHeader(text, apiKey), [apiKey])).toBe(
      true
    )
  })
})
