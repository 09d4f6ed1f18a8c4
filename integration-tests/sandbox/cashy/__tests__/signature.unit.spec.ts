import { isSignOf, sign } from "../protocol"

const BODY =
  '{"mchOrderNo":"1386556575370063873","nonceStr":"9459931608","orderNo":"PAYIN8551843837024997376"}'
const KEY = "test_api_key"
const SIGN = "18D70293564B01B466F7D9BA961B680B"

describe("Cashy's Sign", () => {
  it("is the MD5 of the body's text and the key behind it", () => {
    expect(sign(BODY, KEY)).toBe(SIGN)
  })

  it.each([SIGN, SIGN.toLowerCase()])("is right as %s", (given) => {
    expect(isSignOf(given, Buffer.from(BODY), KEY)).toBe(true)
  })

  it("is another one for the same fields in another text, and for another key", () => {
    const reordered = JSON.stringify({ nonceStr: "9459931608", ...JSON.parse(BODY) })
    expect(isSignOf(SIGN, Buffer.from(reordered), KEY)).toBe(false)
    expect(isSignOf(SIGN, Buffer.from(BODY.replace(",", ", ")), KEY)).toBe(false)
    expect(isSignOf(SIGN, Buffer.from(BODY), "other_key")).toBe(false)
  })

  it("counts bytes, not characters", () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x7d])
    expect(isSignOf(sign(bytes, KEY), bytes, KEY)).toBe(true)
    expect(isSignOf(sign(bytes.toString("utf8"), KEY), bytes, KEY)).toBe(false)
  })
})
