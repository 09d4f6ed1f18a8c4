import { Secret } from "../../shared/secret"
import { callbackDigest, checksum, type Signed } from "../signature"

const merchant = { memberId: "11344", secureKey: Secret.of("test_key") }

describe("the checksum of a call", () => {
  const vectors: [string, Signed, string][] = [
    [
      "a payment signs our reference and the amount",
      { row: "payment", merchantTransactionId: "ORD1001", amount: "50.00" },
      "3a6244f09ec8713b1341441e02515784",
    ],
    [
      "a capture and a refund sign the gateway's number and the amount",
      { row: "operation", paymentId: "54289", amount: "50.00" },
      "045a250d841933fc7b6912b9d7c86d79",
    ],
    [
      "a reversal and an inquiry sign the gateway's number",
      { row: "paymentId", paymentId: "54289" },
      "02ecebd7b449ea257ea7e3daadc81c2f",
    ],
    [
      "an inquiry by our reference signs that",
      { row: "reference", merchantTransactionId: "ORD1001" },
      "ce5b2e5cb041020a036dcc55fe1cb33f",
    ],
    [
      "a payment with a saved card signs the card and the amount",
      { row: "savedCardPayment", registrationId: "REG77", amount: "50.00" },
      "d21d87ec981d42a124c3896b4bba5712",
    ],
    [
      "the deletion of a saved card signs the card",
      { row: "savedCard", registrationId: "REG77" },
      "3b4c235e22ac3086ce9375f472254ac0",
    ],
    ["a list signs nothing more", { row: "member" }, "563303518046d796fb240f62e103e285"],
    [
      "a payout has the key at its end",
      { row: "payout", merchantTransactionId: "PO1001", amount: "50.00" },
      "3bfa78063ab31070ca2a4b8f0b7f03d1",
    ],
    [
      "the hosted page has the key at its end, and the partner and the address between",
      {
        row: "checkout",
        totype: "Partner",
        amount: "50.00",
        merchantTransactionId: "ORD1001",
        merchantRedirectUrl: "https://m.example/r",
      },
      "9241e5c3bff1cec96455eccd19442f83",
    ],
    [
      "an invoice signs its number, the amount and the address",
      {
        row: "invoice",
        merchantInvoiceId: "ORD1001",
        amount: "50.00",
        merchantRedirectUrl: "https://m.example/r",
      },
      "e062a1b6e779983721d43940c7cb86f7",
    ],
  ]
  it.each(vectors)("of %s", (_what, signed, expected) => {
    expect(checksum(signed, merchant)).toBe(expected)
  })

  it("has a row in this test for every row of the table", () => {
    expect(new Set(vectors.map(([, { row }]) => row)).size).toBe(vectors.length)
  })

  it("differs where a blank or a digit differs", () => {
    const of = (amount: string) =>
      checksum({ row: "operation", paymentId: "54289", amount }, merchant)
    expect(new Set([of("50.00"), of("50.0"), of("50.00 ")]).size).toBe(3)
  })

  it("does not hold the key in the clear", () => {
    expect(checksum({ row: "member" }, merchant)).not.toContain("test_key")
  })
})

it("a callback is signed with the short status and the key at its end", () => {
  const texts = {
    paymentId: "77251",
    merchantTransactionId: "011E1D8A5C034",
    amount: "156.00",
    transactionStatus: "N",
  }
  expect(callbackDigest(texts, merchant.secureKey).toString("hex")).toBe(
    "57cc868cb3a316a55c10825f77e161aa"
  )
})
