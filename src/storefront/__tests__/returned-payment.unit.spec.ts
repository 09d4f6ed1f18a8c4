import { orderReference } from "../../modules/payment-journal/references"
import { returnedPayment } from "../returned-payment"

describe("the payment that the shopper was led back from", () => {
  const sessionId = "payses_01ARZ3NDEKTSV4RRFFQ69G5FAV"
  const reference = orderReference(sessionId, 3)

  it("is found by the reference that the store puts into the address", () => {
    const query = `?lang=hr&payment_status=paid&payment_reference=${reference}`
    expect(returnedPayment(query)).toEqual({ sessionId, reference })
  })

  it("is found in what Next.js gives a page of its address", () => {
    expect(returnedPayment({ payment_reference: reference })).toEqual({ sessionId, reference })
  })

  it.each([
    "",
    "?payment_reference=",
    "?payment_reference=../carts/1",
    `?payment_reference=${reference}x`,
    `?payment_reference=${sessionId}`,
    "?payment_status=paid",
  ])("is none in %p", (query) => {
    expect(returnedPayment(query)).toBeUndefined()
  })

  it("is none where the address names two", () => {
    expect(returnedPayment({ payment_reference: [reference, reference] })).toBeUndefined()
  })
})
