import { alice, anAdmin, bob, carol, keyOf } from "../../__tests__/payouts-under-test"
import { systemHand } from "../../actor"
import { changedByMaker, sentFields } from "../../domain/beneficiary"
import { unseenEdit, approvalBlocker, resolveBlocker } from "../who-may-approve"

const madeAt = new Date("2030-01-01T00:00:00Z")
const transfer = { reference: "P1", created_by: alice.id, created_at: madeAt }
const beneficiary = {
  id: "poben_1",
  status: "active" as const,
  edited_by: carol.id,
  changed_by: changedByMaker(carol.id),
}
const second = { approval: "second_person" as const, approvers: undefined, keysMay: [] }
const none = { approval: "none" as const, approvers: undefined, keysMay: [] }

describe("Who may approve", () => {
  it("is a second person, who neither made the transfer nor edited where it goes", () => {
    expect(approvalBlocker(transfer, beneficiary, bob, second)).toBeUndefined()
    expect(approvalBlocker(transfer, beneficiary, alice, second)?.message).toContain(
      "You made the transfer"
    )
    expect(approvalBlocker(transfer, beneficiary, carol, second)?.message).toContain(
      "the last to edit"
    )
    expect(approvalBlocker(transfer, beneficiary, systemHand, second)?.message).toContain(
      "a person"
    )
    const byKey = keyOf(bob, "apk_1")
    for (const options of [second, none]) {
      expect(approvalBlocker(transfer, beneficiary, byKey, options)?.message).toContain("a person")
    }
  })

  it.each(sentFields)("is nobody who last changed the %s, whoever edited after", (field) => {
    const changed_by = { ...beneficiary.changed_by, [field]: bob.id }
    expect(
      approvalBlocker(transfer, { ...beneficiary, changed_by }, bob, second)?.message
    ).toContain(`You were the last to change the ${field}`)
  })

  it("is a secret API key where the option says so, and then not that of who made the transfer", () => {
    const options = { ...second, keysMay: ["approve" as const] }
    expect(approvalBlocker(transfer, beneficiary, keyOf(bob, "apk_1"), options)).toBeUndefined()
    const own = keyOf(alice, "apk_2")
    expect(approvalBlocker(transfer, beneficiary, own, options)?.message).toContain(
      "You made the transfer"
    )
  })

  it("is nobody who became an admin after the transfer was made", () => {
    const invited = { ...anAdmin("dora"), since: new Date(madeAt.getTime() + 1) }
    expect(approvalBlocker(transfer, beneficiary, invited, second)?.message).toContain(
      "You became an admin after the transfer P1 was made"
    )
    const before = { ...invited, since: madeAt }
    expect(approvalBlocker(transfer, beneficiary, before, second)).toBeUndefined()
    expect(approvalBlocker(transfer, beneficiary, invited, none)).toBeUndefined()
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
      expect(approvalBlocker(transfer, beneficiary, anAdmin("dora"), named)?.message).toContain(
        "payouts.approvers"
      )
      // Somebody else has or had the e-mail, or nobody did when this server started.
      const notOne = { ...bob, id: "user_other", email: null }
      expect(approvalBlocker(transfer, beneficiary, notOne, named)?.message).toContain(
        "payouts.approvers"
      )
      const byId = { ...options, approvers: [bob.id] }
      expect(approvalBlocker(transfer, beneficiary, { ...bob, email: null }, byId)).toBeUndefined()
    }
  })

  it("is nobody while the beneficiary can't be paid", () => {
    const disabled = { ...beneficiary, status: "disabled" as const }
    expect(approvalBlocker(transfer, disabled, bob, second)?.message).toContain("is disabled")
  })
})

describe("Who may say what became of what was sent", () => {
  const day = 24 * 60 * 60_000
  const paid = { beneficiary_id: "poben_1", changed_by: changedByMaker(carol.id) }
  const later = new Date(madeAt.getTime() + 3 * day)

  it("is nobody who made it, or set what it paid", () => {
    expect(resolveBlocker(transfer, paid, alice, second, later)?.message).toContain(
      "You made the transfer"
    )
    expect(resolveBlocker(transfer, paid, carol, second, later)?.message).toContain(
      "the last to change"
    )
    expect(resolveBlocker(transfer, paid, systemHand, second, later)?.message).toContain("a person")
    expect(resolveBlocker(transfer, paid, alice, none, later)).toBeUndefined()
  })

  it("is also who edited what is not sent, as the name of the shop", () => {
    expect(resolveBlocker(transfer, paid, bob, second, later)).toBeUndefined()
    expect(
      approvalBlocker(transfer, { ...beneficiary, edited_by: bob.id }, bob, second)?.message
    ).toContain("the last to edit")
  })

  it("is in the end also who became an admin after it was made, when no other one is left", () => {
    const invited = { ...anAdmin("dora"), since: new Date(madeAt.getTime() + 2 * day) }
    expect(resolveBlocker(transfer, paid, invited, second, later)).toBeUndefined()
    const early = new Date(later.getTime() - 1)
    expect(resolveBlocker(transfer, paid, invited, second, early)?.message).toContain(
      "you can resolve it from 2030-01-04T00:00:00.000Z on"
    )
    const named = { ...second, approvers: [bob.id] }
    expect(resolveBlocker(transfer, paid, invited, named, later)?.message).toContain(
      "payouts.approvers"
    )
  })
})

describe("What is approved", () => {
  const newest = { id: "poben_1", version_id: "pover_2" }
  const asMade = {
    reference: "P1",
    beneficiary_version_id: "pover_2",
    edited_from_version_id: null,
  }
  const edited = { ...asMade, edited_from_version_id: "pover_1" }

  it("needs no naming where nobody edited the beneficiary since", () => {
    expect(unseenEdit(asMade, newest, undefined)).toBeUndefined()
    expect(unseenEdit(asMade, newest, "pover_2")).toBeUndefined()
  })

  it("has to be named where somebody did", () => {
    expect(unseenEdit(edited, newest, undefined)).toBe(
      "The beneficiary poben_1 of the transfer P1 was edited after the transfer was made or last approved: " +
        "look at it and approve it with beneficiary_version_id pover_2"
    )
    expect(unseenEdit(edited, newest, "pover_2")).toBeUndefined()
  })

  it("is the newest version and no other", () => {
    for (const transfer of [asMade, edited]) {
      expect(unseenEdit(transfer, newest, "pover_1")).toContain(
        "is not what you saw any more: look at it and approve it with beneficiary_version_id pover_2"
      )
    }
  })

  it("has to be named too where the transfer points at an older version", () => {
    const behind = { ...asMade, beneficiary_version_id: "pover_1" }
    expect(unseenEdit(behind, newest, undefined)).toContain("was edited after")
  })
})
