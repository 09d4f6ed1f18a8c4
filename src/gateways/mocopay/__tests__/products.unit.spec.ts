import { decimal } from "../../shared/money"
import { noProduct, decimalsOf, productAt, type MocopayProduct } from "../products"

const product = (pid: string, amount: string, currency = "eur"): MocopayProduct => ({
  pid,
  amount: decimal(amount),
  currency,
  type: "onetime",
})

const products = [product("P5", "5"), product("P10", "10.00"), product("H10", "10", "huf")]
const at = (amount: string, currency: string) =>
  productAt(products, { amount: decimal(amount), currency })?.pid

describe("the product for an amount", () => {
  it.each([
    ["9.99", "eur"],
    ["10.01", "eur"],
    ["15", "eur"],
    ["10", "usd"],
    ["5", "huf"],
  ])("is none where no price is exactly %s %s", (amount, currency) => {
    expect(at(amount, currency)).toBeUndefined()
  })

  it("is the one with the price, however many zeros it is written with", () => {
    expect(at("10.00", "eur")).toBe("P10")
    expect(at("10", "huf")).toBe("H10")
    expect(at("5.0", "eur")).toBe("P5")
  })
})

describe("the decimal places", () => {
  it("are known for the currencies of the products and for no other", () => {
    expect(decimalsOf(products)).toEqual({ eur: 2, huf: 2 })
  })

  it("are ISO's, also where the prices are whole: what is near a price is not that price", () => {
    expect(decimalsOf([product("A", "10"), product("B", "500", "jpy")])).toEqual({ eur: 2, jpy: 0 })
    expect(decimalsOf([product("A", "1.25", "kwd")])).toEqual({ kwd: 3 })
  })

  it("are those of the most exact price where it has more", () => {
    const exact = [product("A", "0.125"), product("B", "1"), product("C", "0.5", "jpy")]
    expect(decimalsOf(exact)).toEqual({ eur: 3, jpy: 1 })
  })
})

describe("an amount that no product costs", () => {
  const refusalFor = (list: MocopayProduct[], amount: string) =>
    noProduct(list, { amount: decimal(amount), currency: "eur" })

  it("is a final no that names the amount and the prices on offer", () => {
    expect(refusalFor(products, "12.5")).toMatchObject({
      outcome: "declined",
      gatewayMessage: "no product costs 12.50 EUR; the prices on offer are 5.00, 10.00",
    })
  })

  it("names the nearest prices where there are many", () => {
    const many = Array.from({ length: 30 }, (_, index) => product(`P${index}`, `${index + 1}`))
    expect(refusalFor(many, "15.5").gatewayMessage).toBe(
      "no product costs 15.50 EUR; the prices on offer are 12.00, 13.00, 14.00, 15.00, 16.00, " +
        "17.00, 18.00, 19.00 and 22 more"
    )
  })

  it("names high prices whole", () => {
    expect(refusalFor([product("A", "1234567.89")], "9999999.99").gatewayMessage).toContain(
      "1234567.89"
    )
  })
})
