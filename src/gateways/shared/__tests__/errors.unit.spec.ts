import { inspect } from "node:util"
import {
  GatewayDeclinedError,
  GatewayError,
  type GatewayFailure,
  GatewayNotSentError,
  GatewayUnknownError,
  isGatewayFailure,
  isPassing,
} from "../errors"

const call = { gateway: "acme", operation: "refund" }

describe("gateway errors", () => {
  it("tell by their type whether the gateway could have acted", () => {
    const mayBeSentAgain = (failure: GatewayFailure): boolean => {
      // No default: the compiler sees that these are all there are.
      switch (failure.outcome) {
        case "not_sent":
          return true
        case "declined":
          return false
        case "unknown":
          return false
      }
    }
    expect(mayBeSentAgain(new GatewayNotSentError({ ...call, reason: "refused" }))).toBe(true)
    expect(mayBeSentAgain(new GatewayUnknownError({ ...call, reason: "reset" }))).toBe(false)
    expect(mayBeSentAgain(new GatewayDeclinedError(call))).toBe(false)
  })

  it("say what happened, with the gateway's code and words", () => {
    const error = new GatewayDeclinedError({
      ...call,
      httpStatus: 422,
      code: 40012,
      gatewayMessage: "order already settled",
    })
    expect(error.message).toBe(
      'acme refund: the gateway declined (HTTP 422, code 40012, "order already settled")'
    )
    expect(error).toMatchObject({
      name: "GatewayDeclinedError",
      outcome: "declined",
      reason: "declined",
      gateway: "acme",
      operation: "refund",
      httpStatus: 422,
      code: "40012",
      gatewayMessage: "order already settled",
    })
  })

  it("clean and cut what the gateway wrote", () => {
    const error = new GatewayUnknownError({
      ...call,
      reason: "server_error",
      code: `E1\n${"x".repeat(500)}`,
      gatewayMessage: `card 4111111111111111\u0000 ${"y".repeat(5000)}`,
    })
    expect(error.message).not.toMatch(/[\n\0]|4111111111111111/)
    expect(error.code?.length).toBeLessThanOrEqual(64)
    expect(error.gatewayMessage?.length).toBeLessThanOrEqual(200)
    expect(error.gatewayMessage).toMatch(/^card \*\*\*\*1111 y+…$/)
  })

  it("know a rejected token from any other refusal", () => {
    const unauthorized = new GatewayDeclinedError({ ...call, reason: "unauthorized" })
    expect(unauthorized.isUnauthorized).toBe(true)
    expect(new GatewayDeclinedError(call).isUnauthorized).toBe(false)
    expect(new GatewayNotSentError({ ...call, reason: "no_token" }).isUnauthorized).toBe(false)
  })

  it("can be told from other errors", () => {
    expect(isGatewayFailure(new GatewayUnknownError({ ...call, reason: "reset" }))).toBe(true)
    expect(new GatewayDeclinedError(call)).toBeInstanceOf(GatewayError)
    for (const other of [new Error("x"), undefined, null, { outcome: "unknown" }, "unknown"]) {
      expect(isGatewayFailure(other)).toBe(false)
    }
  })

  it("show their type and their sentence when they are printed", () => {
    const printed = inspect(
      new GatewayNotSentError({ ...call, reason: "dns", causeCode: "ENOTFOUND" })
    )
    expect(printed).toContain("GatewayNotSentError")
    expect(printed).toContain("the gateway's host name could not be resolved (ENOTFOUND)")
  })
})

describe("isPassing", () => {
  it("is true for what may be over in a moment", () => {
    expect(isPassing(new GatewayNotSentError({ ...call, reason: "refused" }))).toBe(true)
    expect(isPassing(new GatewayUnknownError({ ...call, reason: "server_error" }))).toBe(true)
  })

  it("is false for what would come out the same", () => {
    expect(isPassing(new GatewayDeclinedError(call))).toBe(false)
    expect(isPassing(new GatewayUnknownError({ ...call, reason: "unreadable" }))).toBe(false)
    expect(isPassing(new GatewayNotSentError({ ...call, reason: "invalid_request" }))).toBe(false)
  })
})
