import {
  GatewayDeclinedError,
  GatewayNotSentError,
  GatewayUnknownError,
} from "../../../gateways/shared/errors"
import { failedToAsk, failedToRegister, failedToSend } from "../payout-failure"

const call = { gateway: "Acme", operation: "send" }
const said = { code: "E1", gatewayMessage: "No" }
const unreachable = new GatewayNotSentError({ ...call, reason: "refused" })
const noToken = new GatewayNotSentError({ ...call, reason: "no_token", ...said })
const declined = new GatewayDeclinedError({ ...call, ...said })
const unauthorized = new GatewayDeclinedError({ ...call, reason: "unauthorized" })
const lost = new GatewayUnknownError({ ...call, reason: "headers_timeout" })
const fault = new TypeError("account 12345 is odd")

describe("a transfer whose call failed", () => {
  it.each([
    ["a final no", declined, "failed"],
    ["a connection that was refused", unreachable, "not_sent"],
    ["no token", noToken, "not_sent"],
    ["credentials that are not taken", unauthorized, "not_sent"],
    ["no answer", lost, "unknown"],
    ["a fault of our own", fault, "unknown"],
  ])("with %s is %s", (_what, error, outcome) => {
    expect(failedToSend(error).outcome).toBe(outcome)
  })

  it("tells which options to look at, and where their values are, where the gateway does not accept the shop", () => {
    const subject = {
      title: "Acme",
      setUp: { credentials: ["id", "key"], whereCredentials: "See Keys", whereBaseUrl: "Ask" },
    }
    for (const tell of [failedToSend, failedToAsk]) {
      expect(tell(unauthorized, subject).message).toMatch(/Check id and key of .*See Keys$/)
      expect(tell(lost, subject).message).toBe(tell(lost).message)
    }
    expect(failedToRegister(unauthorized, "Look there", subject).message).toMatch(
      /Check id and key/
    )
  })

  it("tells the gateway's code and words, or what went wrong in ours", () => {
    expect(failedToSend(declined)).toEqual({ outcome: "failed", code: "E1", message: "No" })
    expect(failedToSend(lost).message).toMatch(/did not begin to answer in time/)
  })

  it("tells of a fault of our own no more than its kind", () => {
    expect(failedToSend(fault).message).toBe("the call broke off: TypeError")
  })
})

describe("a question that failed", () => {
  it.each([declined, unauthorized, unreachable, lost, fault])(
    "says nothing about the transfer: %p",
    (error) => {
      expect(failedToAsk(error).outcome).toBe("unknown")
    }
  )
})

describe("a beneficiary whose call failed", () => {
  it.each([
    ["a final no", declined, "rejected", /^No$/],
    [
      "a connection that was refused",
      unreachable,
      "rejected",
      /Nothing was made: add it once more$/,
    ],
    ["credentials that are not taken", unauthorized, "rejected", /Nothing was made/],
    ["no answer", lost, "pending", /\. Look there$/],
    ["a fault of our own", fault, "pending", /TypeError\. Look there$/],
  ])("with %s is %s for the shop", (_what, error, status, message) => {
    expect(failedToRegister(error, "Look there")).toMatchObject({
      status,
      message: expect.stringMatching(message),
    })
  })
})
