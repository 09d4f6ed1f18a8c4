import { wayToPay } from "../way-to-pay"

const desk = "https://desk.cashy.example/pay/PAYIN1"
const wallet = "https://m.wallet.example/pay?no=1"
const code = "646012000000015942"

describe("how a shopper can pay", () => {
  it.each([{}, { payDeskUrl: null, payUrl: "", payCode: " " }, { payUrl: null, payCode: null }])(
    "is not told by %j",
    (payable) => {
      expect(wayToPay(payable)).toBeUndefined()
    }
  )

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "/pay/1",
    "wallet://pay/1",
    "https://",
    " https://x",
  ])("is never a link that is no web address: %j", (link) => {
    expect(wayToPay({ payDeskUrl: link, payUrl: link })).toBeUndefined()
    expect(wayToPay({ payDeskUrl: link, payUrl: wallet })).toEqual({ type: "page", url: wallet })
  })

  it("is the pay desk, where there is one", () => {
    const way = { type: "page", url: desk }
    expect(wayToPay({ payDeskUrl: desk, payUrl: wallet, payCode: code })).toEqual(way)
  })

  it("is the wallet's page, where there is no pay desk", () => {
    const way = { type: "page", url: wallet }
    expect(wayToPay({ payDeskUrl: null, payUrl: wallet, payCode: code })).toEqual(way)
  })

  it("is the code, where there is no page", () => {
    expect(wayToPay({ payUrl: null, payCode: code })).toEqual({ type: "code", code })
  })
})
