import { isNumberOf, wayToPay } from "../messages"

const reference = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"

describe("a number of Cashy's for an order of the shop", () => {
  it.each([
    "",
    "P",
    reference.slice(0, 26),
    reference.toLowerCase(),
    ` ${reference}`,
    `${reference} `,
    `${reference}1`,
    `${reference}001`,
    `${reference}000001`,
    `${reference}0000a`,
    `${reference}-0001`,
    `${reference}٠٠٠٠١`,
    `${reference}00001\n`,
    `X${reference}00001`,
    `01JQ7ZK3V5W8X9Y0A1B2C3D4E51`,
    `01JQ7ZK3V5W8X9Y0A1B2C3D4E5100001`,
  ])("is not ours where it is %j", (number) => {
    expect(isNumberOf(number, reference)).toBe(false)
  })

  it.each([reference, `${reference}00001`, `${reference}99999`, `${reference}0001`])(
    "is ours where it is the reference, alone or with a serial number: %s",
    (number) => {
      expect(isNumberOf(number, reference)).toBe(true)
    }
  )

  it("is the vendor's own example", () => {
    expect(isNumberOf("MCH2023008800001", "MCH20230088")).toBe(true)
    expect(isNumberOf("order_xxxxxxxxxxxxxx0001", "order_xxxxxxxxxxxxxx")).toBe(true)
  })
})

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
