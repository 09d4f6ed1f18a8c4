import { alice, bob, carol } from "../../__tests__/payouts-under-test"
import { approvalBlocker, unseenEdit } from "../approve"
import { withTimeout } from "../call-provider"

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
    const byKey = { ...bob, key: "apk_1" }
    expect(approvalBlocker(transfer, beneficiary, byKey, second)).toContain("a person")
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

const late = (reason: string) => `unknown: ${reason}`

describe("A call within its time", () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it("gives its answer", async () => {
    expect(await withTimeout(async () => "paid", 1_000, late)).toBe("paid")
    expect(jest.getTimerCount()).toBe(0)
  })

  it("is unknown where it throws, now or later, and repeats no message", async () => {
    const throwing = async () => {
      throw new TypeError("account 998877")
    }
    expect(await withTimeout(throwing, 1_000, late)).toBe("unknown: TypeError")
    const atOnce = () => {
      throw new RangeError("account 998877")
    }
    expect(await withTimeout(atOnce, 1_000, late)).toBe("unknown: RangeError")
    expect(jest.getTimerCount()).toBe(0)
  })

  it("is unknown after its time, and tells of the answer that comes then", async () => {
    const told: string[] = []
    let answer: (text: string) => void = () => {}
    const hanging = new Promise<string>((resolve) => {
      answer = resolve
    })
    const result = withTimeout(
      () => hanging,
      1_000,
      late,
      (text) => told.push(text)
    )
    await jest.advanceTimersByTimeAsync(1_000)
    expect(await result).toBe("unknown: no answer in time")
    answer("paid")
    await jest.advanceTimersByTimeAsync(0)
    expect(told).toEqual(["paid"])
  })
})
