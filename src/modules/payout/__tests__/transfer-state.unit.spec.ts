import {
  askableStates,
  countedStates,
  isFinalState,
  mayFollow,
  nextStates,
  statesBefore,
  transferStates,
} from "../transfer-state"

describe("The states of a transfer", () => {
  it("stand in one table, to which nothing else leads", () => {
    expect(Object.keys(nextStates).sort()).toEqual([...transferStates].sort())
    for (const to of transferStates) {
      expect(statesBefore(to)).toEqual(transferStates.filter((from) => mayFollow(from, to)))
    }
  })

  it("can all be reached from where a transfer begins", () => {
    const reached = new Set<string>(["awaiting_approval"])
    for (const _round of transferStates) {
      for (const from of transferStates.filter((state) => reached.has(state))) {
        nextStates[from].forEach((to) => reached.add(to))
      }
    }
    expect([...reached].sort()).toEqual([...transferStates].sort())
  })

  it("end where money has moved back, or never will", () => {
    expect(transferStates.filter(isFinalState)).toEqual([
      "returned",
      "failed",
      "rejected",
      "expired",
      "canceled",
    ])
  })

  it("lead to being sent only from an approval", () => {
    expect(statesBefore("submitting")).toEqual(["approved"])
  })

  it("lead back to an approval only where nothing was sent, or the gateway knows nothing of it", () => {
    expect(statesBefore("approved")).toEqual(["awaiting_approval", "submitting", "not_found"])
  })

  it("lead out of the unknown by what is heard alone", () => {
    expect(nextStates.unknown).not.toContain("approved")
    expect(nextStates.manual_review).not.toContain("approved")
  })

  it("lead from success nowhere but to money that came back", () => {
    expect(nextStates.succeeded).toEqual(["returned"])
  })

  it("count against the day's limit wherever money has left, may have, or will", () => {
    const notCounted = transferStates.filter((state) => !countedStates.includes(state))
    expect(notCounted).toEqual([
      "awaiting_approval",
      "returned",
      "failed",
      "rejected",
      "expired",
      "canceled",
    ])
  })

  it("are asked about wherever the gateway can still tell something", () => {
    askableStates.forEach((state) => expect(isFinalState(state)).toBe(false))
    expect(askableStates).not.toContain("submitting")
  })
})
