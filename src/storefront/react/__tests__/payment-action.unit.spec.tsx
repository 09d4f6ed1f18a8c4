import { renderToString } from "react-dom/server"
import { hr, ur } from "../../words"
import { PaymentAction, type PaymentActionProps } from ".."

/** As a server renders it: what the shopper sees before any script has run. */
function rendered(next_action: object, props: Omit<PaymentActionProps, "session"> = {}): string {
  return renderToString(<PaymentAction session={{ data: { next_action } }} {...props} />)
}

describe("<PaymentAction>", () => {
  it("is a plain link to the gateway's page, which works without a script", () => {
    const html = rendered({ type: "redirect", url: "https://pay.example/?a=1&b=2" })
    expect(html).toContain('href="https://pay.example/?a=1&amp;b=2"')
    expect(html).not.toContain("_blank")
  })

  it("opens beside the page where the gateway leads nobody back, and says so to a screen reader", () => {
    const html = rendered({ type: "redirect", url: "https://pay.example/1" }, { opensBeside: true })
    expect(html).toContain('target="_blank" rel="noopener"')
    expect(html).toContain("(opens in a new tab)")
  })

  it("is a form with every field as it is, which the browser posts by itself", () => {
    const fields = { submit: "x", amount: "50.00", note: 'a "b"\n<c>' }
    const html = rendered({ type: "post_form", url: "https://pay.example/form", fields })
    expect(html).toContain('<form method="post" action="https://pay.example/form"')
    expect(html).toContain('<input type="hidden" name="submit" value="x"/>')
    expect(html).toContain('<input type="hidden" name="amount" value="50.00"/>')
    expect(html).toContain('value="a &quot;b&quot;\n&lt;c&gt;"')
  })

  it("draws the QR code on the server, with what it is for in words", () => {
    const html = rendered({ type: "qr_code", value: "weixin://wxpay/1" }, { method: "WeChat Pay" })
    expect(html).toContain('role="img" aria-label="QR code to pay with WeChat Pay"')
    expect(html).toContain("<path")
    expect(html).toContain("Scan this code with WeChat Pay.")
    expect(html).toContain("On this phone?")
  })

  it("shows a code, left to right in every language, and until when it can be paid", () => {
    const expires_at = "2030-01-02T03:04:05.000Z"
    const html = rendered({ type: "pay_code", code: "1234-5678", expires_at }, { words: ur })
    expect(html).toContain('lang="ur" dir="rtl"')
    expect(html).toMatch(/<code class="[^"]*" dir="ltr">1234-5678<\/code>/)
    expect(html).toContain(`dateTime="${expires_at}"`)
    // The server does not know the shopper's time zone: what it writes keeps the place and is not shown.
    expect(html).toContain('style="visibility:hidden"')
  })

  it("shows no time where there is none", () => {
    expect(rendered({ type: "pay_code", code: "1", expires_at: "soon" })).not.toContain("<time")
  })

  it("takes a page's own words", () => {
    const words = { ...hr, openPage: "Plati karticom" }
    const action = { type: "redirect", url: "https://pay.example/1" }
    expect(rendered(action, { words })).toContain("Plati karticom")
  })

  it.each([
    [{ type: "none" }],
    [{ type: "redirect", url: "javascript:alert(1)" }],
    [{ type: "dance" }],
  ])("is nothing for %j", (action) => {
    expect(rendered(action)).toBe("")
  })

  it("puts nothing of a gateway's into the page as HTML", () => {
    const evil = '"><script>alert(1)</script>'
    const all = [
      rendered({ type: "pay_code", code: evil, expires_at: evil }),
      rendered({ type: "qr_code", value: evil }, { method: evil }),
      rendered({ type: "redirect", url: `https://pay.example/${evil}` }),
      rendered({ type: "post_form", url: "https://pay.example", fields: { [evil]: evil } }),
    ]
    expect(all.join("")).not.toContain("<script")
  })
})
