import type { PayoutReport } from "../../payout-provider"
import type { Transfer } from "../../transfer"
import { mayFollow, transferStates, type TransferState } from "../../transfer-state"
import { decideReport, notFoundGraceMs, type Asked } from "../decide-report"
import { aTransfer, sentAt } from "./a-transfer"

const minute = 60_000
const day = 24 * 60 * minute
const at = (ms: number) => new Date(sentAt.getTime() + ms)

const outcomes = ["succeeded", "returned", "failed", "processing", "not_found", "unknown"] as const

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
  const verdict = decide({ status }, outcome)
  return verdict.type === "move" ? verdict.step.to : verdict.type === "stay" ? "-" : "contradiction"
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

  it("never leads where the table of states knows no way", () => {
    for (const status of transferStates) {
      for (const outcome of outcomes) {
        for (const now of [at(minute), at(20 * minute), at(8 * day)]) {
          for (const amount of ["1500.00", "1.00"]) {
            for (const idempotentReference of [true, false]) {
              const asked = { now, askedAt: now, idempotentReference }
              const verdict = decide({ status }, { outcome, amount }, asked)
              if (verdict.type === "move") {
                expect([status, verdict.step.to, mayFollow(status, verdict.step.to)]).toEqual([
                  status,
                  verdict.step.to,
                  true,
                ])
              }
            }
          }
        }
      }
    }
  })

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
    const verdict = decide({ status: "not_found", not_found_since: at(10 * minute) }, "not_found", {
      askedAt: at(minute),
      now: at(60 * minute),
    })
    expect(verdict.type).toBe("stay")
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
        step: { to: "manual_review", reason: expect.stringContaining("it sent 15.00 php") },
      })
    }
    const waiting = decide({ status: "manual_review" }, { outcome: "succeeded", amount: "15.00" })
    expect(waiting.type).toBe("stay")
  })
})
