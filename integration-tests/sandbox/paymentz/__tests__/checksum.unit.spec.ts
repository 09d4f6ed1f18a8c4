import { checksum } from "../protocol"

const member = { memberId: "11344", secureKey: "test_key" }

describe("a checksum", () => {
  it("of a payment has the key behind the member", () => {
    const values = { ...member, merchantTransactionId: "ORD1001", amount: "50.00" }
    expect(checksum("payment", values)).toBe("3a6244f09ec8713b1341441e02515784")
  })

  it("of an inquiry or a reversal has no amount", () => {
    expect(checksum("paymentOnly", { ...member, paymentId: "54289" })).toBe(
      "02ecebd7b449ea257ea7e3daadc81c2f"
    )
  })

  it("of a capture or a refund has the paymentId and the amount", () => {
    expect(checksum("moveOfAmount", { ...member, paymentId: "54289", amount: "50.00" })).toBe(
      "045a250d841933fc7b6912b9d7c86d79"
    )
  })

  it("of a payout has the key at the end", () => {
    const values = { ...member, merchantTransactionId: "PO1001", amount: "50.00" }
    expect(checksum("payout", values)).toBe("3bfa78063ab31070ca2a4b8f0b7f03d1")
  })

  it("of the hosted page covers the partner's name and where the shopper returns to", () => {
    expect(
      checksum("checkout", {
        ...member,
        totype: "Partner",
        amount: "50.00",
        merchantTransactionId: "ORD1001",
        merchantRedirectUrl: "https://m.example/r",
      })
    ).toBe("9241e5c3bff1cec96455eccd19442f83")
  })

  it("of a callback covers the short status", () => {
    expect(
      checksum("callback", {
        paymentId: "77251",
        merchantTransactionId: "011E1D8A5C034",
        amount: "156.00",
        transactionStatus: "N",
        secureKey: "test_key",
      })
    ).toBe("57cc868cb3a316a55c10825f77e161aa")
  })

  it("is over the bytes of UTF-8 and the values as they are written", () => {
    const parts = (amount: string) => ({ ...member, paymentId: "é", amount })
    expect(checksum("moveOfAmount", parts("50.00"))).not.toBe(
      checksum("moveOfAmount", parts("50.0"))
    )
    expect(checksum("moveOfAmount", parts("1.00"))).toBe(
      // echo -n '11344|test_key|é|1.00' | md5sum
      "61c9e58e50cc4ddfaabaecfc05ae59bc"
    )
  })
})
