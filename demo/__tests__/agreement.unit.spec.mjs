import { describe, expect, it } from "@jest/globals"
import { differences } from "../tour/agreement.mjs"

const order = {
  number: 1,
  currency: "php",
  total: "1159.99",
  captured: "1159.99",
  refunded: "1159.99",
  paymentIds: ["pay_1"],
}
/** @param {"payment" | "refund"} kind @param {string} [amount] */
const movement = (kind, amount = "1159.99") => ({
  kind,
  amount,
  reference: "01ABC0",
  currency: "PHP",
})
const movements = [movement("payment"), movement("refund")]

describe("whether Medusa and the gateway agree about a purchase", () => {
  it("finds an order that was not made", () => {
    expect(differences({ orders: [], movements })).toEqual([
      "There are 0 orders, and there should be one.",
    ])
  })

  it("finds a second order for the same shopper", () => {
    expect(differences({ orders: [order, order], movements })).toEqual([
      "There are 2 orders, and there should be one.",
    ])
  })

  it("finds money that was taken twice, also where the sums look right", () => {
    const halves = [movement("payment", "1000"), movement("payment", "159.99"), movement("refund")]
    expect(differences({ orders: [order], movements: halves })).toEqual([
      "The gateway has taken money 2 times, and it should be once.",
    ])
  })

  it("finds a refund that Medusa wrote down and the gateway never made", () => {
    const sentences = differences({ orders: [order], movements: [movement("payment")] })
    expect(sentences).toContain(
      "What Medusa refunded is 1159.99, what the gateway gave back is 0.00."
    )
  })

  it("finds a refund that the gateway made and Medusa did not write down", () => {
    const sentences = differences({ orders: [{ ...order, refunded: "0" }], movements })
    expect(sentences).toContain(
      "What Medusa refunded is 0.00, what the gateway gave back is 1159.99."
    )
  })

  it("finds a centavo of difference", () => {
    const sentences = differences({ orders: [{ ...order, captured: "1159.98" }], movements })
    expect(sentences).toContain("The order's total is 1159.99, what Medusa captured is 1159.98.")
  })

  it("finds another currency", () => {
    const dollars = movements.map((move) => ({ ...move, currency: "USD" }))
    expect(differences({ orders: [order], movements: dollars })).toEqual([
      "The order is in php, the gateway moved usd.",
    ])
  })

  it("compares as the gateway counts: a total that Medusa does not round is charged in centavos", () => {
    const unrounded = { ...order, total: "1159.9888", captured: "1159.9888" }
    expect(differences({ orders: [unrounded], movements })).toEqual([])
  })

  it("has nothing to say where all is as it should be", () => {
    expect(differences({ orders: [order], movements })).toEqual([])
  })
})
