import type { PayoutResult } from "../../payout-provider"
import { mayFollow, type TransferState } from "../../transfer-state"
import { decideResult } from "../decide-result"
import { aTransfer, sentAt } from "./a-transfer"

const later = (seconds: number) => new Date(sentAt.getTime() + seconds * 1_000)

function decide(result: PayoutResult, failedTries = 0) {
  return decideResult(aTransfer, result, failedTries, sentAt)
}

describe("The answer to the call that sent a transfer", () => {
  it.each<[PayoutResult["outcome"], TransferState[], string, number | null]>([
    ["succeeded", ["succeeded"], "gateway", 86_400],
    ["failed", ["failed"], "gateway", null],
    ["processing", ["processing"], "gateway", 30],
    ["not_sent", ["approved"], "system", 60],
    ["unknown", ["unknown"], "system", 30],
  ])("%p makes it %p, by the %s's word", (outcome, states, actor, seconds) => {
    const steps = decide({ outcome })
    expect(steps.map(({ to }) => to)).toEqual(states)
    expect(steps[0]).toMatchObject({
      actor,
      change: {
        lease_expires_at: null,
        next_check_at: seconds === null ? null : later(seconds),
      },
    })
  })

  it("that tells of another amount or currency makes it a person's, by ways that the table knows", () => {
    for (const told of [{ amount: "1500.01" }, { amount: "many" }, { currencyCode: "USD" }]) {
      const steps = decide({ outcome: "succeeded", ...told })
      let state: TransferState = "submitting"
      for (const { to } of steps) {
        expect(mayFollow(state, to)).toBe(true)
        state = to
      }
      expect(state).toBe("manual_review")
      expect(steps.at(-1)?.reason).toContain("it was told to send 1500.00 php")
    }
    const same = decide({ outcome: "succeeded", amount: "1500", currencyCode: "PHP" })
    expect(same.map(({ to }) => to)).toEqual(["succeeded"])
  })

  it("leaves the gateway's number and fee, and its words on one line", () => {
    const [step] = decide({
      outcome: "failed",
      gatewayId: "G1",
      fee: "1.50",
      code: "E1",
      message: "no\nsuch account 1234567890123456",
    })
    expect(step).toMatchObject({
      code: "E1",
      message: "no such account ****3456",
      reason: "The gateway refused it (E1: no such account ****3456)",
      change: { gateway_id: "G1", gateway_fee: "1.50" },
    })
    expect(decide({ outcome: "processing", fee: "free" })[0]?.change).not.toHaveProperty(
      "gateway_fee"
    )
  })

  it("that never left us makes the next try wait longer each time", () => {
    const [step] = decide({ outcome: "not_sent" }, 2)
    expect(step?.change).toMatchObject({ submitted_at: null, next_check_at: later(900) })
  })
})
