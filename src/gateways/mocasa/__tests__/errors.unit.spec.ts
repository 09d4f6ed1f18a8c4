import { GatewayDeclinedError, GatewayUnknownError } from "../../shared/errors"
import { refusal, saysAlreadyRefunded } from "../errors"

const gatewayError = { code: "E42", message: "No" }

describe("success: false", () => {
  it("does not prove that a refund was not made: no code of Mocasa's is known to be final", () => {
    const error = refusal("refundOrder", gatewayError, 200)
    expect(error).toBeInstanceOf(GatewayUnknownError)
    expect(error).toMatchObject({ outcome: "unknown", reason: "unlisted_code" })
  })

  it.each(["applyToken", "createOrder", "queryOrder"] as const)(
    "is a final no to %s, which moves no money by itself",
    (operation) => {
      const error = refusal(operation, gatewayError, 200)
      expect(error).toBeInstanceOf(GatewayDeclinedError)
      expect(error).toMatchObject({ outcome: "declined", reason: "declined" })
    }
  )

  it("tells a person the call, Mocasa's code and words, and the HTTP status", () => {
    expect(refusal("refundOrder", gatewayError, 400)).toMatchObject({
      gateway: "Mocasa Pay",
      operation: "refundOrder",
      code: "E42",
      gatewayMessage: "No",
      httpStatus: 400,
      message: expect.stringMatching(/^Mocasa Pay refundOrder: .*HTTP 400.*code E42.*"No"/),
    })
  })

  it("may come without a code and without words", () => {
    const error = refusal("createOrder", { code: null, message: undefined }, 200)
    expect(error).toMatchObject({ code: undefined, gatewayMessage: undefined })
  })

  it("may come with a code that is a number", () => {
    expect(refusal("createOrder", { code: 1001, message: null }, 200).code).toBe("1001")
  })

  it("shows no card number that Mocasa may have written into its words", () => {
    const error = refusal("createOrder", { code: "1", message: "card 4111 1111 1111 1111" }, 200)
    expect(error.message).not.toContain("4111 1111")
  })
})

/** A false yes books a refund that the shopper never gets. */
describe("a refusal that does not say that the money was given back", () => {
  it.each([
    "not refunded",
    "Order is not refunded",
    "cannot be refunded",
    "This order can not be refunded",
    "refund already in progress",
    "Refund is already being processed",
    "A refund was already requested",
    "already refunding",
    "order already settled, it cannot be refunded",
    "already settled",
    "refund rejected",
    "refund amount exceeds the order's amount",
    "Unrefunded",
    "",
  ])("%j", (message) => {
    expect(saysAlreadyRefunded({ message })).toBe(false)
  })

  it.each([
    "Order has not already been refunded",
    "The order was not previously refunded",
    "This order has not been refunded already",
    "Only orders that are not already refunded can be refunded",
    "The order hasn't already been refunded",
    "The order hasn’t already been refunded",
    "This order wasn't previously refunded",
    "already refunded: false",
  ])("because it says the opposite: %j", (message) => {
    expect(saysAlreadyRefunded({ message })).toBe(false)
  })

  it.each([
    "Cannot determine whether the order was already refunded",
    "Please check if the order is already refunded",
    "The order may be settled or already refunded",
    "Only a paid order which was not settled or already refunded can be refunded",
  ])("because it names it as one of several reasons, or asks: %j", (message) => {
    expect(saysAlreadyRefunded({ message })).toBe(false)
  })

  it.each([
    "Failed to read the already refunded amount",
    "The refund amount and the already refunded amount exceed the order's amount",
    "The already refunded amount is 0.00",
  ])("because it speaks of an amount and not of the order: %j", (message) => {
    expect(saysAlreadyRefunded({ message })).toBe(false)
  })

  it.each([
    "You already refund request pending for this order",
    "Already refund processing",
    "order already refund failed",
  ])("because the refund it speaks of is not final: %j", (message) => {
    expect(saysAlreadyRefunded({ message })).toBe(false)
  })

  it.each([
    "The order was already partially refunded",
    "Already refunded in part",
    "already refunded 10.00 of 100.00",
  ])("because it was only a part: %j", (message) => {
    expect(saysAlreadyRefunded({ message })).toBe(false)
  })

  it.each([
    "ALREADY_REFUND_PROCESSING",
    "ALREADY_REFUND_PENDING",
    "NOT_ALREADY_REFUNDED",
    "REFUND_IN_PROGRESS",
    "ORDER_NOT_REFUNDABLE",
    "500",
  ])("because of its code: %s", (code) => {
    expect(saysAlreadyRefunded({ code })).toBe(false)
  })

  it("because its code and its words only look like it side by side", () => {
    const gatewayError = { code: "ORDER_SETTLED_ALREADY", message: "Refunded orders only" }
    expect(saysAlreadyRefunded(gatewayError)).toBe(false)
  })

  it("because it says nothing", () => {
    expect(saysAlreadyRefunded({})).toBe(false)
  })
})

describe("a refusal that says that the money was given back", () => {
  it.each([
    "already refunded",
    "Order already refunded",
    "The order has already been refunded.",
    "This order was previously refunded",
    "order refunded already",
    "ALREADY REFUNDED",
    "Order 01JQ7ZK3V5W8X9Y0A1B2C3D4E50 has already been refunded",
  ])("%j", (message) => {
    expect(saysAlreadyRefunded({ message })).toBe(true)
  })

  it.each(["ALREADY_REFUNDED", "ORDER_ALREADY_REFUNDED", "order-already-refunded"])(
    "by its code: %s",
    (code) => {
      expect(saysAlreadyRefunded({ code, message: "Refused" })).toBe(true)
      expect(saysAlreadyRefunded({ code })).toBe(true)
    }
  )
})
