import { qrSvg } from "../qr-svg"

describe("qrSvg", () => {
  it("draws a code that scales, with the quiet zone that cameras need", () => {
    const svg = qrSvg("weixin://wxpay/bizpayurl?pr=6E4ptwz")
    // 29 modules for this text, and four of quiet zone on each side.
    expect(svg).toContain('viewBox="0 0 37 37"')
    expect(svg).not.toMatch(/<svg[^>]* width=/)
  })

  it("draws another code for another text", () => {
    expect(qrSvg("https://pay.example/1")).not.toBe(qrSvg("https://pay.example/2"))
  })

  it("never writes what it is given into the page as markup", () => {
    const svg = qrSvg('"><script>alert(1)</script>', 'Pay "now" <b>')
    expect(svg).not.toContain("<script>")
    expect(svg).toContain('aria-label="Pay &quot;now&quot; &lt;b>"')
  })

  it("says so when the text is too long for a code", () => {
    expect(() => qrSvg("x".repeat(3_000))).toThrow()
  })
})
