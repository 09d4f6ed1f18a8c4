import { Secret } from "../../shared/secret"
import { checkoutFields } from "../checkout"

const merchant = { memberId: "11344", secureKey: Secret.of("test_key"), totype: "Partner" }
const checkout = {
  reference: "ORD1001",
  amount: "50",
  currency: "usd",
  paymentType: "DB",
  returnUrl: "https://m.example/r",
  notificationUrl: "https://m.example/n",
} as const

describe("the form of the hosted page", () => {
  it("is not made for an amount with nine digits before the point, or with a third decimal", () => {
    expect(() => checkoutFields(merchant, { ...checkout, amount: "100000000" })).toThrow(/8 digits/)
    expect(() => checkoutFields(merchant, { ...checkout, amount: "1.001" })).toThrow(/two decimals/)
  })

  it("has what the page requires, signed over the amount as it is written, and no more", () => {
    expect(checkoutFields(merchant, checkout)).toEqual({
      memberId: "11344",
      totype: "Partner",
      amount: "50.00",
      merchantTransactionId: "ORD1001",
      merchantRedirectUrl: "https://m.example/r",
      checksum: "9241e5c3bff1cec96455eccd19442f83",
      transactionType: "DB",
      currency: "USD",
      notificationUrl: "https://m.example/n",
      orderDescription: "ORD1001",
    })
  })

  it("has the terminal, the way to pay and the language where they are chosen", () => {
    const fields = checkoutFields(
      { ...merchant, terminalId: "T1" },
      { ...checkout, paymentType: "PA", paymentMode: "CC", paymentBrand: "VISA", language: "el" }
    )
    expect(fields).toMatchObject({
      transactionType: "PA",
      terminalid: "T1",
      paymentMode: "CC",
      paymentBrand: "VISA",
      lang: "el",
    })
  })

  it("has the card saved for the customer who wants it", () => {
    expect(checkoutFields(merchant, { ...checkout, saveFor: "cus_1" })).toMatchObject({
      createRegistration: "true",
      recurringType: "INITIAL",
      customerId: "cus_1",
    })
  })

  it("shows the key in none of its fields", () => {
    expect(JSON.stringify(checkoutFields(merchant, checkout))).not.toContain("test_key")
  })
})
