import type { PayoutReport, PayoutResult } from "../../provider"
import { type Asked, decideReport, decideResult, notFoundGraceMs } from "../decisions"
import type { Reason } from "../reason"
import { mayFollow, type TransferState, transferStates } from "../state"
import type { Transfer } from "../transfer"
import { aTransfer, sentAt } from "./a-transfer"

describe("decide result", () => {
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
        expect(steps.at(-1)?.reason?.text).toContain("it was told to send 1500.00 php")
        expect(steps.at(-1)?.reason).toMatchObject({
          code: "other_amount",
          details: { told: "1500.00 php" },
        })
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
        reason: {
          text: "The gateway refused it (E1: no such account ****3456)",
          code: "refused",
          words: "E1: no such account ****3456",
        },
        change: { gateway_id: "G1", gateway_fee: "1.50" },
      })
      expect(decide({ outcome: "processing", fee: "free" })[0]?.change).not.toHaveProperty(
        "gateway_fee"
      )
      expect(decide({ outcome: "failed" })[0]?.reason).toEqual({
        text: "The gateway refused it",
        code: "refused",
      })
      expect(decide({ outcome: "failed", message: "no" })[0]?.reason?.text).toBe(
        "The gateway refused it (no)"
      )
      expect(decide({ outcome: "succeeded", amount: "1.00", gatewayId: "G1" })[0]?.change).toEqual({
        gateway_id: "G1",
        lease_expires_at: null,
        next_check_at: null,
      })
    })

    it("that never left us makes the next try wait longer each time", () => {
      const [step] = decide({ outcome: "not_sent" }, 2)
      expect(step?.change).toMatchObject({ submitted_at: null, next_check_at: later(900) })
    })
  })
})

describe("decide report", () => {
  const minute = 60_000
  const day = 24 * 60 * minute
  const at = (ms: number) => new Date(sentAt.getTime() + ms)

  const outcomes = [
    "succeeded",
    "returned",
    "failed",
    "processing",
    "not_found",
    "unknown",
  ] as const

  function decide(
    change: Partial<Transfer>,
    report: PayoutReport | PayoutReport["outcome"],
    asked: Partial<Asked> = {}
  ) {
    return decideReport(
      { ...aTransfer, ...change },
      {
        report: typeof report === "string" ? { outcome: report } : report,
        askedAt: at(minute),
        succeededAt: undefined,
        idempotentReference: false,
        now: at(minute),
        ...asked,
      }
    )
  }

  /** `-` where nothing changes. */
  function after(status: TransferState, outcome: PayoutReport["outcome"]): string {
    const decision = decide({ status }, outcome)
    return decision.type === "move"
      ? decision.step.to
      : decision.type === "stay"
        ? "-"
        : "contradiction"
  }

  describe("What the gateway answers about a transfer", () => {
    it("decides what it becomes by this table", () => {
      const table = Object.fromEntries(
        transferStates.map((state) => [state, outcomes.map((outcome) => after(state, outcome))])
      )
      const nothing = ["-", "-", "-", "-", "-", "-"]
      expect(table).toEqual({
        //                 succeeded    returned    failed    processing    not_found    unknown
        awaiting_approval: nothing,
        approved: nothing,
        submitting: nothing,
        processing: ["succeeded", "returned", "failed", "-", "-", "-"],
        unknown: ["succeeded", "returned", "failed", "processing", "not_found", "-"],
        not_found: ["succeeded", "returned", "failed", "processing", "-", "-"],
        manual_review: ["succeeded", "returned", "failed", "processing", "-", "-"],
        succeeded: ["-", "returned", "returned", "-", "-", "-"],
        returned: nothing,
        failed: ["contradiction", "-", "-", "contradiction", "-", "-"],
        rejected: nothing,
        expired: nothing,
        canceled: nothing,
      })
    })

    it("wins over a person's word, for a week after it", () => {
      const resolved = { resolved_by: "user_1", updated_at: at(0) }
      const after = (status: TransferState) =>
        outcomes.map((outcome) => {
          const decision = decide({ ...resolved, status }, outcome)
          return decision.type === "move" ? decision.step.to : decision.type
        })
      expect(outcomes).toEqual([
        "succeeded",
        "returned",
        "failed",
        "processing",
        "not_found",
        "unknown",
      ])
      expect({
        failed: after("failed"),
        succeeded: after("succeeded"),
        returned: after("returned"),
      }).toEqual({
        failed: ["succeeded", "returned", "stay", "processing", "stay", "stay"],
        succeeded: ["stay", "returned", "failed", "stay", "stay", "stay"],
        returned: ["contradiction", "stay", "stay", "stay", "stay", "stay"],
      })
      const untold = (now: Date) => decide({ ...resolved, status: "failed" }, "unknown", { now })
      expect(untold(at(2 * minute))).toMatchObject({ change: { next_check_at: at(day) } })
      expect(untold(at(7 * day))).toMatchObject({ change: { next_check_at: null } })
      expect(decide({ ...resolved, status: "failed" }, "failed")).toMatchObject({
        change: { next_check_at: null, resolved_by: null },
      })
      const another = { outcome: "succeeded", amount: "1.00" } as const
      expect(decide({ ...resolved, status: "failed" }, another).type).toBe("contradiction")
    })

    it("that it is at work on it overrules no person for ever", () => {
      const failed = { status: "failed", resolved_by: "user_1", updated_at: at(8 * day) } as const
      const week = { now: at(8 * day + minute), askedAt: at(8 * day + minute) }
      expect(decide(failed, "processing", week)).toEqual({
        type: "stay",
        change: { next_check_at: at(9 * day + minute) },
      })
      expect(decide(failed, "succeeded", week)).toMatchObject({ step: { to: "succeeded" } })
    })

    it("that it is at work on it is heard again on the next day, however long ago a person had said otherwise", () => {
      const failed = { status: "failed", resolved_by: "user_1", updated_at: at(8 * day) } as const
      const later = { now: at(30 * day), askedAt: at(30 * day) }
      const onTheNextDay = { type: "stay", change: { next_check_at: at(31 * day) } }
      expect(decide(failed, "processing", later)).toEqual(onTheNextDay)
      expect(decide(failed, "not_found", later)).toMatchObject({ change: { next_check_at: null } })
    })

    it("never leads where the table of states knows no way", () => {
      for (const resolved_by of [null, "user_1"]) {
        everyDecision(resolved_by)
      }
    })

    const bySomebody: readonly TransferState[] = ["failed", "succeeded", "returned"]

    function everyDecision(resolved_by: string | null) {
      for (const status of transferStates) {
        for (const outcome of outcomes) {
          for (const now of [at(minute), at(20 * minute), at(8 * day)]) {
            for (const amount of ["1500.00", "1.00"]) {
              for (const idempotentReference of [true, false]) {
                const asked = { now, askedAt: now, idempotentReference }
                const isResolved = resolved_by !== null && bySomebody.includes(status)
                const word = isResolved ? { resolved_by } : {}
                const decision = decide({ status, ...word }, { outcome, amount }, asked)
                if (decision.type === "move") {
                  const { to } = decision.step
                  const isLegal = mayFollow(status, to, isResolved)
                  expect([status, to, isLegal]).toEqual([status, to, true])
                }
              }
            }
          }
        }
      }
    }

    it("that it knows it not is believed the second time, a while later", () => {
      const first = decide({ status: "unknown" }, "not_found")
      expect(first).toMatchObject({
        step: { to: "not_found", change: { not_found_since: at(minute) } },
      })
      const again = (askedAt: Date, idempotentReference = false) =>
        decide({ status: "not_found", not_found_since: at(minute) }, "not_found", {
          askedAt,
          now: askedAt,
          idempotentReference,
        })
      const believed = at(minute + notFoundGraceMs)
      const inTime = { type: "stay", change: { next_check_at: at(15 * minute) } }
      expect(again(at(10 * minute))).toEqual(inTime)
      expect(again(new Date(believed.getTime() - 1))).toEqual({
        type: "stay",
        change: { next_check_at: believed },
      })
      expect(again(believed)).toMatchObject({ step: { to: "manual_review", actor: "system" } })
      expect(again(believed, true)).toMatchObject({
        step: { to: "approved", change: { submitted_at: null, next_check_at: believed } },
      })
    })

    it("that was asked for before the first such answer is not a second one", () => {
      const decision = decide(
        { status: "not_found", not_found_since: at(10 * minute) },
        "not_found",
        {
          askedAt: at(minute),
          now: at(60 * minute),
        }
      )
      expect(decision.type).toBe("stay")
    })

    it("after seven days without an end makes it a person's", () => {
      const asked = { now: at(7 * day), askedAt: at(7 * day) }
      for (const status of ["processing", "unknown"] as const) {
        for (const outcome of ["processing", "unknown"] as const) {
          expect(decide({ status }, outcome, asked)).toMatchObject({
            step: { to: "manual_review", change: { next_check_at: null } },
          })
        }
      }
      expect(decide({ status: "manual_review" }, "processing", asked).type).toBe("stay")
    })

    it("that it failed counts as money that came back only where it is newer than the success", () => {
      const status = "succeeded"
      const succeededAt = at(5 * minute)
      const older = { succeededAt, askedAt: at(minute), now: at(6 * minute) }
      expect(decide({ status }, "failed", older)).toEqual({
        type: "stay",
        change: { next_check_at: at(5 * minute + day) },
      })
      const newer = { succeededAt, askedAt: at(6 * minute), now: at(6 * minute) }
      expect(decide({ status }, "failed", newer)).toMatchObject({ step: { to: "returned" } })
    })

    it("of another amount makes it a person's, wherever it was", () => {
      for (const status of ["processing", "unknown", "not_found"] as const) {
        expect(decide({ status }, { outcome: "succeeded", amount: "15.00" })).toMatchObject({
          step: {
            to: "manual_review",
            reason: { text: expect.stringContaining("it sent 15.00 php") },
          },
        })
      }
      const waiting = decide({ status: "manual_review" }, { outcome: "succeeded", amount: "15.00" })
      expect(waiting.type).toBe("stay")
    })
  })
})

describe("what is kept of an answer", () => {
  const minute = 60_000
  const day = 24 * 60 * minute
  const at = (ms: number) => new Date(sentAt.getTime() + ms)
  const now = at(minute)
  const tomorrow = at(day + minute)
  const soon = at(2 * minute)
  const said = { gatewayId: "G1", code: "E1", message: "closed" }
  const words = "E1: closed"

  function decide(
    change: Partial<Transfer>,
    outcome: PayoutReport["outcome"],
    asked: Partial<Asked> = {}
  ) {
    const base = { askedAt: now, succeededAt: undefined, idempotentReference: false, now }
    return decideReport(
      { ...aTransfer, ...change },
      { report: { outcome, ...said }, ...base, ...asked }
    )
  }

  it.each<[PayoutReport["outcome"], Reason | null, Date | null]>([
    ["succeeded", null, tomorrow],
    ["returned", { text: "The money came back (E1: closed)", code: "came_back", words }, null],
    [
      "failed",
      { text: "The gateway says that it failed (E1: closed)", code: "said_failed", words },
      null,
    ],
    ["processing", null, soon],
  ])("where it says %p: its number, its words, and when it is asked again", (to, reason, next) => {
    expect(decide({ status: "unknown", not_found_since: sentAt }, to)).toEqual({
      type: "move",
      step: {
        to,
        reason,
        actor: "gateway",
        code: "E1",
        message: "closed",
        change: { gateway_id: "G1", next_check_at: next, not_found_since: null },
      },
    })
  })

  it("that tells nothing is its number, and the next question", () => {
    const change = { gateway_id: "G1", next_check_at: soon }
    expect(decide({ status: "processing" }, "unknown")).toEqual({ type: "stay", change })
  })

  it("about what waits for a person keeps to the timetable that there is, or to none", () => {
    const next = (next_check_at: Date | null, later = now) =>
      decide({ status: "manual_review", next_check_at }, "unknown", { now: later })
    const kept = (next_check_at: Date | null) => ({
      type: "stay",
      change: { gateway_id: "G1", next_check_at },
    })
    expect(next(null)).toEqual(kept(null))
    expect(next(sentAt)).toEqual(kept(soon))
    expect(next(sentAt, at(8 * day))).toEqual(kept(null))
  })

  it("that it is not known, after the timetable's end, is heard once more when it can be believed", () => {
    const late = { now: at(8 * day), askedAt: at(8 * day) }
    const believed = at(8 * day + notFoundGraceMs)
    expect(decide({ status: "unknown" }, "not_found", late)).toMatchObject({
      step: { to: "not_found", change: { not_found_since: at(8 * day), next_check_at: believed } },
    })
    const heard = { status: "not_found", not_found_since: at(8 * day) } as const
    expect(decide(heard, "not_found", late)).toMatchObject({ change: { next_check_at: believed } })
  })

  it("that overrules a person says so, and what confirms them takes their word away", () => {
    const failed = { status: "failed", resolved_by: "user_1", updated_at: at(0) } as const
    const succeeded = { ...failed, status: "succeeded" } as const
    const overruled = (outcome: string) => ({
      text: `A person had said that it failed, and the gateway says "${outcome}" (E1: closed)`,
      code: "overruled",
      details: { transfer_state: "failed", outcome },
      words,
    })
    expect(decide(failed, "succeeded")).toMatchObject({
      step: { reason: overruled("succeeded"), change: { next_check_at: tomorrow } },
    })
    expect(decide(failed, "returned")).toMatchObject({
      step: { reason: overruled("returned"), change: { next_check_at: null } },
    })
    expect(decide(succeeded, "returned")).toMatchObject({
      step: { reason: { code: "came_back", words }, change: { next_check_at: null } },
    })
    expect(decide(succeeded, "succeeded")).toEqual({
      type: "stay",
      change: { gateway_id: "G1", resolved_by: null, next_check_at: tomorrow },
    })
  })

  it("that contradicts ends the questions of what a person ended, and changes nothing else", () => {
    expect(decide({ status: "returned", resolved_by: "user_1" }, "succeeded")).toEqual({
      type: "contradiction",
      change: { next_check_at: null },
    })
    expect(decide({ status: "failed" }, "succeeded")).toEqual({ type: "contradiction", change: {} })
  })
})
