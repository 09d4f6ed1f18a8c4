import fc from "fast-check"
import jsQR from "jsqr"
import { qrSvg } from "../qr-svg"

describe("qr svg", () => {
  /** What a wallet's camera reads: the squares that the path draws, each four dots wide. */
  function scanned(svg: string): string | undefined {
    const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
    const dots = size * 4
    const picture = new Uint8ClampedArray(dots * dots * 4).fill(255)
    for (const [, x, y] of svg.matchAll(/M(\d+),(\d+)l1,0 0,1 -1,0 0,-1z/g)) {
      for (let dot = 0; dot < 16; dot += 1) {
        const place = (Number(y) * 4 + (dot >> 2)) * dots + Number(x) * 4 + (dot & 3)
        picture.fill(0, place * 4, place * 4 + 3)
      }
    }
    const code = jsQR(picture, dots, dots)
    return code === null ? undefined : new TextDecoder().decode(new Uint8Array(code.binaryData))
  }

  describe("qrSvg", () => {
    it("draws a code that scales, with the quiet zone that cameras need", () => {
      const svg = qrSvg("weixin://wxpay/bizpayurl?pr=6E4ptwz")
      // 29 modules for this text, and four of quiet zone on each side.
      expect(svg).toContain('viewBox="0 0 37 37"')
      expect(svg).not.toMatch(/<svg[^>]* width=/)
    })

    it.each([
      "weixin://wxpay/bizpayurl?pr=6E4ptwz",
      "https://pay.example/?shop=Café&for=Ünïcödé",
      "ភ្នំពេញ កម្ពុជា",
      "微信支付 ¥ 50.00",
      "دفع بالبطاقة",
      "\u0000\u007f\u0080\u00ff\u0100\uffff",
      "🧾🇰🇭",
    ])("draws what a camera reads as %j", (text) => {
      expect(scanned(qrSvg(text))).toBe(text)
    })

    it("draws what a camera reads as the same text, whatever it is", () => {
      // What is no text at all, half a pair of surrogates, is read as the sign for that.
      const text = fc.string({ unit: "binary", minLength: 1, maxLength: 60 })
      fc.assert(
        fc.property(text, (value) => {
          expect(scanned(qrSvg(value))).toBe(
            new TextDecoder().decode(new TextEncoder().encode(value))
          )
        }),
        { numRuns: 10 }
      )
    })

    it("never writes what it is given into the page as markup", () => {
      const svg = qrSvg('"><script>alert(1)</script>', 'Pay "now" <b>')
      expect(svg).not.toContain("<script>")
      expect(svg).toContain('aria-label="Pay &quot;now&quot; &lt;b>"')
    })

    it("says so when the text is too long for a code, which counts its bytes", () => {
      expect(() => qrSvg("x".repeat(3_000))).toThrow()
      expect(() => qrSvg("ភ".repeat(1_000))).toThrow()
      expect(() => qrSvg("ភ".repeat(700))).not.toThrow()
    })
  })
})
