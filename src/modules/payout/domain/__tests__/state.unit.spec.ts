import {
  countedStates,
  isAskedAbout,
  isFinalState,
  mayFollow,
  nextStates,
  overrules,
  overrulingStates,
  queryableStates,
  resolvableStates,
  stateForbids,
  transferStates,
  type TransferState,
} from "../state"

/** The states in which money has left, or may have. */
const sent: readonly TransferState[] = ["processing", "unknown", "manual_review", "succeeded"]

const into = (to: TransferState) => transferStates.filter((from) => mayFollow(from, to))

describe("a transfer's state", () => {
  it("comes to be sent from an approval alone, and to an approval from what surely left nothing", () => {
    expect(into("submitting")).toEqual(["approved"])
    expect(into("approved")).toEqual(["awaiting_approval", "submitting", "not_found"])
    expect(into("awaiting_approval")).toEqual(["approved"])
  })

  it.each(sent)("never comes back from %s to where it would be sent again", (from) => {
    const reached = new Set<TransferState>(nextStates[from])
    for (const state of reached) {
      // Of gateways alone that promise that a reference sent twice is one transfer.
      nextStates[state].filter((next) => next !== "approved").forEach((next) => reached.add(next))
    }
    expect([...reached].filter((to) => to === "approved" || to === "submitting")).toEqual([])
  })

  it("is canceled or expired only before it is sent", () => {
    expect(into("canceled")).toEqual(["awaiting_approval", "approved"])
    expect(into("expired")).toEqual(["awaiting_approval"])
    expect(into("rejected")).toEqual(["awaiting_approval"])
  })

  it("is returned only where it was sent, and is over then", () => {
    expect(into("returned")).toEqual([
      "processing",
      "unknown",
      "not_found",
      "manual_review",
      "succeeded",
    ])
    expect(transferStates.filter(isFinalState)).toEqual([
      "returned",
      "failed",
      "rejected",
      "expired",
      "canceled",
    ])
  })

  it("that a person said is corrected by the gateway, and by nobody where the gateway said it", () => {
    expect(mayFollow("failed", "succeeded")).toBe(false)
    expect(mayFollow("failed", "succeeded", true)).toBe(true)
    expect(mayFollow("succeeded", "failed")).toBe(false)
    expect(mayFollow("succeeded", "failed", true)).toBe(true)
    expect(mayFollow("failed", "approved", true)).toBe(false)
    expect(overrules("failed", "processing")).toBe(true)
    expect(overrules("canceled", "succeeded")).toBe(false)
    expect(Object.keys(overrulingStates)).toEqual(["failed", "succeeded"])
  })

  it("counts against the day's limit from the approval until it is sure that nothing left", () => {
    const uncounted = transferStates.filter((state) => !countedStates.includes(state))
    expect(uncounted).toEqual([
      "awaiting_approval",
      "returned",
      "failed",
      "rejected",
      "expired",
      "canceled",
    ])
  })

  it("is asked about where it was sent, and a person's end of it, too", () => {
    const asked = (resolved_by: string | null) =>
      transferStates.filter((status) => isAskedAbout({ status, resolved_by }))
    expect(asked(null)).toEqual(queryableStates)
    expect(asked("user_1")).toEqual([...queryableStates, "returned", "failed"])
    expect(resolvableStates).toEqual(queryableStates.filter((state) => state !== "succeeded"))
  })

  it.each(transferStates)("%s says what can be done, with the reference", (status) => {
    const { message } = stateForbids({ reference: "P1", status }, "be approved")
    expect(message).toMatch(/^The transfer P1 can't be approved: it [a-z].{10,}$/)
  })
})
