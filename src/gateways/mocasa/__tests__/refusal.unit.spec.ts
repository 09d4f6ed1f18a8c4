import { GatewayDeclinedError, GatewayUnknownError } from "../../shared/errors"
import { refusal } from "../refusal"

const said = { code: "E42", message: "No" }

describe("success: false", () => {
  it("does not prove that a refund was not made: no code of Mocasa's is known to be final", () => {
    const error = refusal("refundOrder", said, 200)
    expect(error).toBeInstanceOf(GatewayUnknownError)
    expect(error).toMatchObject({ outcome: "unknown", reason: "unlisted_code" })
  })

  it.each(["applyToken", "createOrder", "queryOrder"] as const)(
    "is a final no to %s, which moves no money by itself",
    (operation) => {
      const error = refusal(operation, said, 200)
      expect(error).toBeInstanceOf(GatewayDeclinedError)
      expect(error).toMatchObject({ outcome: "declined", reason: "declined" })
    }
  )

  it("tells a person the call, Mocasa's code and words, and the HTTP status", () => {
    expect(refusal("refundOrder", said, 400)).toMatchObject({
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
