import { renderToString } from "react-dom/server"
import { CheckoutError, checkoutErrorCodes } from "../../checkout-error"
import { paymentStates, isPaid } from "../../payment-state"
import { en, km } from "../../words"
import { PaymentResult, usePayment, type PaymentView } from ".."

const session = {
  id: "payses_1",
  provider_id: "pp_kess_kess",
  amount: 12.5,
  currency_code: "usd",
  data: { next_action: { type: "qr_code", value: "weixin://wxpay/1" } },
}

const askAgain = () => {}
const otherWay = "/checkout"

describe("<PaymentResult>", () => {
  const states = paymentStates.filter((state) => !isPaid(state)) as Exclude<
    (typeof paymentStates)[number],
    "paid" | "authorized"
  >[]
  const views: [string, PaymentView, string][] = [
    ...(["checking", "none", "paid"] as const).map((type): [string, PaymentView, string] => [
      type,
      { type },
      en[type].title,
    ]),
    ["ordered", { type: "ordered", orderId: "order_1" }, en.ordered.title],
    ["waiting", { type: "waiting", session }, "Pay $12.50"],
    ...states.map((state): [string, PaymentView, string] => [
      state,
      { type: "ended", state, session },
      en.ended[state].title,
    ]),
    ...checkoutErrorCodes.map((code): [string, PaymentView, string] => [
      code,
      { type: "problem", error: new CheckoutError(code, "for the log alone") },
      en.errors[code].title,
    ]),
  ]

  it.each(views)("says in words what %s means, and never the log's", (_name, payment, title) => {
    const html = renderToString(<PaymentResult payment={payment} otherWay={otherWay} />)
    const [, heading] = /<h1[^>]*>(.*?)<\/h1>/.exec(html) ?? []
    expect(heading?.replaceAll("&#x27;", "'")).toBe(title)
    expect(html).toContain('role="status"')
    expect(html).not.toContain("for the log")
  })

  it("shows what there is to pay with on the server already", () => {
    const html = renderToString(<PaymentResult payment={{ type: "waiting", session }} />)
    expect(html).toContain("QR code to pay with")
    expect(html).toContain(en.waiting.text)
  })

  it("asks first where the shopper was at the gateway's page, and offers to pay below", () => {
    const html = renderToString(<PaymentResult payment={{ type: "waiting", session }} cameBack />)
    expect(html).toContain(en.checking.title)
    expect(html.indexOf("payment-result__later")).toBeLessThan(html.indexOf("QR code to pay with"))
    expect(html.indexOf("payment-result__later")).toBeGreaterThan(0)
  })

  it.each(["mismatch", "chargeback"] as const)("leads nobody to pay again after %s", (state) => {
    const payment: PaymentView = { type: "ended", state, session }
    const html = renderToString(<PaymentResult {...{ payment, askAgain, otherWay }} />)
    expect(html).not.toMatch(/<a |<button|<form/)
  })

  it.each([
    "order_not_ready",
    "paid_without_order",
    "offline",
    "store_failed",
    "conflict",
  ] as const)("leads nobody who may have paid to another way to pay: %s", (code) => {
    const payment: PaymentView = { type: "problem", error: new CheckoutError(code, "x") }
    const html = renderToString(<PaymentResult {...{ payment, askAgain, otherWay }} />)
    expect(html).not.toContain(en.otherWay)
  })

  it("speaks another language, and takes a link of the page's own router", () => {
    const html = renderToString(
      <PaymentResult
        payment={{ type: "ended", state: "expired", session: null }}
        words={km}
        heading="h2"
        otherWay={<a href="/kh/checkout">{km.otherWay}</a>}
      />
    )
    expect(html).toContain('lang="km"')
    expect(html).toContain(`>${km.ended.expired.title}</h2>`)
    expect(html).toContain('href="/kh/checkout"')
  })
})

describe("usePayment on a server", () => {
  function Page({ known }: { known: boolean }) {
    const storeFetch = async () => {
      throw new Error("a server asks nothing")
    }
    const { payment } = usePayment({
      storeFetch,
      cartId: "cart_1",
      session: known ? session : undefined,
    })
    return <PaymentResult payment={payment} />
  }

  it("shows the session that the page has loaded, so that nothing flashes", () => {
    expect(renderToString(<Page known />)).toContain("QR code to pay with")
  })

  it("says that it checks where the page knows nothing yet", () => {
    expect(renderToString(<Page known={false} />)).toContain(en.checking.title)
  })
})
