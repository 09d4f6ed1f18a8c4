import { refusal, readGatewayError, gatewayErrorIn } from "../errors"

describe("a refusal of KESS's", () => {
  it.each(["quickPay", "jsapiPay", "refund"] as const)(
    "does not prove that %s moved no money: no code of KESS's is known to be final",
    (operation) => {
      for (const status of [200, 400, 403, 422]) {
        expect(refusal(operation, { gatewayMessage: "No" }, status)).toMatchObject({
          outcome: "unknown",
          reason: "unlisted_code",
        })
      }
    }
  )

  it.each(["token", "nativePay", "checkPaymentStatus", "checkRefundStatus"] as const)(
    "is a final no to %s, which moves no money by itself",
    (operation) => {
      expect(refusal(operation, {}, 200)).toMatchObject({ outcome: "declined", reason: "declined" })
    }
  )

  it.each(["checkPaymentStatus", "checkRefundStatus"] as const)(
    "of the question %s says that there is nothing, unless the account may not ask",
    (operation) => {
      expect(refusal(operation, { code: "ANY" }, 200)).toMatchObject({ isNotFound: true })
      expect(refusal(operation, {}, 404)).toMatchObject({ isNotFound: true })
      expect(refusal(operation, {}, 403)).toMatchObject({
        isNotFound: false,
        reason: "unauthorized",
      })
      expect(refusal("nativePay", {}, 200)).toMatchObject({ isNotFound: false })
    }
  )

  it.each([408, 429])("says nothing about what was asked with HTTP %i", (status) => {
    for (const operation of ["nativePay", "quickPay", "checkRefundStatus"] as const) {
      expect(refusal(operation, {}, status)).toMatchObject({ outcome: "unknown" })
    }
  })

  it("tells a person the call, KESS's code and words, and the HTTP status", () => {
    const gatewayError = { code: "E42", gatewayMessage: "Store is closed" }
    expect(refusal("nativePay", gatewayError, 422)).toMatchObject({
      gateway: "KESS Pay",
      code: "E42",
      gatewayMessage: "Store is closed",
      message: expect.stringMatching(
        /^KESS Pay nativePay: .*HTTP 422.*code E42.*"Store is closed"/
      ),
    })
  })
})

describe("KESS's words", () => {
  it.each([
    ["stand beside success", { message: "No" }, { gatewayMessage: "No" }],
    ["stand in data", { data: { message: "No" } }, { gatewayMessage: "No" }],
    ["are called an error", { error: "No" }, { gatewayMessage: "No" }],
    ["are a number", { code: 7, data: { message: 8 } }, { code: 7, gatewayMessage: "8" }],
    ["are a result", { data: { result_code: "FAIL" } }, { code: "FAIL" }],
    ["are something else", { data: [] }, { code: undefined, gatewayMessage: undefined }],
  ])("are found where they %s", (_where, reply, gatewayError) => {
    expect(gatewayErrorIn({ data: undefined, ...reply })).toMatchObject(gatewayError)
  })

  it("are read from an error of HTTP 500 where it is in KESS's form", () => {
    const body = Buffer.from('{"success":false,"data":{"message":"Down"}}')
    expect(readGatewayError({ httpStatus: 500, body })).toMatchObject({ gatewayMessage: "Down" })
  })
})
