import {
  resolvableStates,
  transferStates as apiStates,
} from "../../../../modules/payout/domain/state"
import { transferStates } from "../../payouts/states"
import { needsSecondPerson, offersFor, outcomesFor } from "../offers"

const everything = () => true

describe("what is offered of a transfer", () => {
  it("is there for every state that the API has", () => {
    expect([...transferStates].sort()).toEqual([...apiStates].sort())
  })

  it("is to say what became of it wherever the API takes that, and that it came back once it was paid", () => {
    const resolved = transferStates.filter((state) =>
      offersFor(state, everything).offered.includes("resolve")
    )
    expect(resolved.sort()).toEqual([...resolvableStates, "succeeded"].sort())
    expect(outcomesFor("succeeded")).toEqual(["returned"])
    expect(outcomesFor("unknown")).toEqual(["succeeded", "failed", "returned"])
  })

  it("is nothing before the role is known, and only what the role allows", () => {
    expect(offersFor("approved", undefined)).toEqual({ offered: [], isForbidden: false })
    expect(offersFor("approved", (ability) => ability === "payout_transfer:read")).toEqual({
      offered: [],
      isForbidden: true,
    })
    const approver = (ability: string) => ability === "payout_transfer:approve"
    expect(offersFor("manual_review", approver)).toEqual({
      offered: ["resolve"],
      isForbidden: false,
    })
    expect(offersFor("submitting", approver)).toEqual({ offered: [], isForbidden: false })
  })

  it("is not to tell or to ask a bank, which gets a file and answers by a statement", () => {
    expect(offersFor("approved", everything, true).offered).toEqual(["cancel"])
    expect(offersFor("processing", everything, true).offered).toEqual(["resolve"])
  })

  it("is to say what became of it for who made it where the shop asks for no approval, and else for others", () => {
    const made = { created_by: "user_ana" }
    expect(needsSecondPerson(made, "user_ana", "second_person")).toBe(true)
    expect(needsSecondPerson(made, "user_ana", "none")).toBe(false)
    expect(needsSecondPerson(made, "user_bob", "second_person")).toBe(false)
    // Nobody is offered what they may turn out not to have.
    expect(needsSecondPerson(made, "user_ana", undefined)).toBe(true)
    expect(needsSecondPerson(made, undefined, undefined)).toBe(false)
  })

  it("leads on from every end, so that nobody is stuck with what was not paid", () => {
    for (const state of ["failed", "rejected", "expired", "canceled", "returned"] as const) {
      expect([state, offersFor(state, everything).offered.length]).toEqual([state, 1])
    }
  })
})
