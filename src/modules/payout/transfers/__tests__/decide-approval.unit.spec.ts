import { alice, bob, carol } from "../../__tests__/payouts-under-test"
import { approvalBlocker } from "../decide-approval"

const transfer = { reference: "P1", created_by: alice.id }
const beneficiary = { id: "poben_1", status: "active" as const, edited_by: carol.id }
const second = { approval: "second_person" as const, approvers: undefined }
const none = { approval: "none" as const, approvers: undefined }

describe("Who may approve", () => {
  it("is a second person, who neither made the transfer nor edited where it goes", () => {
    expect(approvalBlocker(transfer, beneficiary, bob, second)).toBeUndefined()
    expect(approvalBlocker(transfer, beneficiary, alice, second)).toContain("You made the transfer")
    expect(approvalBlocker(transfer, beneficiary, carol, second)).toContain("the last to edit")
    expect(approvalBlocker(transfer, beneficiary, { id: "system" }, second)).toContain("a person")
  })

  it("is anybody where no second person is asked for and one was held", () => {
    for (const actor of [alice, bob, carol]) {
      expect(approvalBlocker(transfer, beneficiary, actor, none)).toBeUndefined()
    }
  })

  it("is among those whom the option names, in either case", () => {
    for (const options of [second, none]) {
      const named = { ...options, approvers: ["Bob@Shop.example"] }
      expect(approvalBlocker(transfer, beneficiary, bob, named)).toBeUndefined()
      expect(approvalBlocker(transfer, beneficiary, { id: "user_dora" }, named)).toContain(
        "payouts.approvers"
      )
    }
  })

  it("is nobody while the beneficiary can't be paid", () => {
    const disabled = { ...beneficiary, status: "disabled" as const }
    expect(approvalBlocker(transfer, disabled, bob, second)).toContain("is disabled")
  })
})
