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
/** @param {string} kind @param {string} [amount] */
const movement = (kind, amount = "1159.99") => ({
  kind,
  amount,
  reference: "01ABC0",
  currency: "PHP",
})
const refunds = /** @type {const} */ ("full")
const movements = [movement("payment"), movement("refund")]

describe("whether Medusa and the gateway agree about a purchase", () => {
  it("finds an order that was not made", () => {
    expect(differences({ orders: [], movements, refunds })).toEqual([
      "There are 0 orders, and there should be one.",
    ])
  })

  it("finds a second order for the same shopper", () => {
    expect(differences({ orders: [order, order], movements, refunds })).toEqual([
      "There are 2 orders, and there should be one.",
    ])
  })

  it("finds money that was taken twice, also where the sums look right", () => {
    const halves = [movement("payment", "1000"), movement("payment", "159.99"), movement("refund")]
    expect(differences({ orders: [order], movements: halves, refunds })).toEqual([
      "The gateway has taken money 2 times, and it should be 1.",
    ])
  })

  it("finds a refund that Medusa wrote down and the gateway never made", () => {
    const sentences = differences({ orders: [order], movements: [movement("payment")], refunds })
    expect(sentences).toContain(
      "What Medusa refunded is 1159.99, what the gateway gave back is 0.00."
    )
  })

  it("finds a refund that the gateway made and Medusa did not write down", () => {
    const sentences = differences({ orders: [{ ...order, refunded: "0" }], movements, refunds })
    expect(sentences).toContain(
      "What Medusa refunded is 0.00, what the gateway gave back is 1159.99."
    )
  })

  it("finds a refund that both made and the gateway should have refused", () => {
    expect(differences({ orders: [order], movements, refunds: "none" })).toEqual([
      "What Medusa refunded is 1159.99, what was to be refunded is 0.00.",
      "The gateway has given money back 1 times, and it should be 0.",
    ])
  })

  it("finds a part that was refunded twice, where the gateway and Medusa agree on the sum", () => {
    const halves = [movement("payment"), movement("refund", "579.99"), movement("refund", "580")]
    expect(
      differences({ orders: [order], movements: halves, refunds: "multiple_partial" })
    ).toEqual([])
    expect(differences({ orders: [order], movements: halves, refunds: "single_partial" })).toEqual([
      "What Medusa refunded is 1159.99, what was to be refunded is 579.99.",
      "The gateway has given money back 2 times, and it should be 1.",
    ])
  })

  it("finds a move of money that is neither a payment nor a refund", () => {
    const all = [...movements, movement("chargeback", "5.00")]
    expect(differences({ orders: [order], movements: all, refunds })).toEqual([
      "The gateway has made a chargeback of 5.00 that nobody wanted.",
    ])
  })

  it("finds a centavo of difference", () => {
    const short = { ...order, captured: "1159.98" }
    const sentences = differences({ orders: [short], movements, refunds })
    expect(sentences).toContain("The order's total is 1159.99, what Medusa captured is 1159.98.")
  })

  it("finds another currency", () => {
    const dollars = movements.map((move) => ({ ...move, currency: "USD" }))
    expect(differences({ orders: [order], movements: dollars, refunds })).toEqual([
      "The order is in php, the gateway moved usd.",
    ])
  })

  it("compares as the gateway counts: a total that Medusa does not round is charged in centavos", () => {
    const unrounded = { ...order, total: "1159.9888", captured: "1159.9888" }
    expect(differences({ orders: [unrounded], movements, refunds })).toEqual([])
  })

  it("compares whole rupees", () => {
    const rupees = { ...order, currency: "pkr", total: "4100.4", captured: "4100.4", refunded: "0" }
    const taken = { ...movement("payment", "4100"), currency: "PKR" }
    expect(differences({ orders: [rupees], movements: [taken], refunds: "none" })).toEqual([])
  })

  it("has nothing to say where all is as it should be", () => {
    expect(differences({ orders: [order], movements, refunds })).toEqual([])
  })
})
