import type { StatementEntry } from "../../provider"
import { decideStatement, type StatementRules } from "../statement"
import type { Transfer } from "../transfer"
import { aTransfer } from "./a-transfer"

const reference = (digit: number) => `P01M8CNP8X9TY5KXCAYT4RZ87T${digit}`

function inAFile(change: Partial<Transfer> = {}): Transfer {
  const transfer = { ...aTransfer, id: "potr_1", reference: reference(1), amount: "1500.00" }
  return { ...transfer, currency_code: "eur", status: "processing", ...change }
}

function anEntry(change: Partial<StatementEntry> = {}): StatementEntry {
  return {
    position: 1,
    reference: reference(1),
    amount: "1500.00",
    currencyCode: "eur",
    kind: "paid",
    account: null,
    bankReference: "B1",
    bookedOn: "2026-12-01",
    reason: null,
    ...change,
  }
}

function decide(
  entries: StatementEntry[],
  transfers: Transfer[] = [inAFile()],
  rules: Partial<StatementRules> = {}
) {
  return decideStatement(
    { entries },
    {
      transfers: new Map(transfers.map((transfer) => [transfer.reference, transfer])),
      blocker: () => undefined,
      isPayee: (_transfer, account) => account === "right",
      shownBefore: () => [],
      ...rules,
    }
  )
}

describe("What a statement says of a transfer in a file", () => {
  it.each([
    ["as it was asked for", {}],
    ["with another number of zeros", { amount: "1500" }],
    ["to the payee, where the bank names them", { account: "right" }],
    ["without a number of the bank's own", { bankReference: null }],
  ])("settles it where it was paid %s", (_name, change) => {
    const decision = decide([anEntry(change)])
    expect(decision.told).toEqual([])
    expect(decision.settles).toMatchObject([{ transfer: { id: "potr_1" }, bookedOn: "2026-12-01" }])
  })

  it.each(["processing", "unknown", "not_found", "manual_review"] as const)(
    "settles it while it is %s",
    (status) => {
      expect(decide([anEntry()], [inAFile({ status })]).settles).toHaveLength(1)
    }
  )

  it.each<[string, Partial<StatementEntry>, RegExp]>([
    ["amount", { amount: "1500.01" }, /paid 1500\.01 for P.*the file says 1500\.00 EUR/],
    ["amount", { amount: "150.00" }, /150\.00/],
    ["amount", { amount: null }, /paid no amount/],
    ["currency", { currencyCode: "usd" }, /in USD, and the file says EUR/],
    ["currency", { currencyCode: null }, /in no currency/],
    ["account", { account: "other" }, /another account than the file says/],
    ["returned", { kind: "returned", reason: "AC04" }, /came back.*\(AC04\)/],
    ["returned", { kind: "received" }, /came back/],
    ["not_booked", { kind: "not_booked" }, /not booked yet/],
  ])("is told as %s and settles nothing for %j", (kind, change, message) => {
    const decision = decide([anEntry(change)])
    expect(decision.settles).toEqual([])
    expect(decision.told).toEqual([
      {
        kind,
        position: 1,
        reference: reference(1),
        transfer_id: "potr_1",
        message: expect.stringMatching(message),
      },
    ])
  })

  it("is told and settles nothing where it is there twice, alike or not", () => {
    for (const second of [anEntry({ position: 2 }), anEntry({ position: 2, kind: "returned" })]) {
      const decision = decide([anEntry(), second])
      expect(decision.settles).toEqual([])
      expect(decision.told).toMatchObject([
        { kind: "twice", position: 1, transfer_id: "potr_1" },
        { kind: "twice", position: 2, transfer_id: "potr_1" },
      ])
    }
  })

  it.each<[string, Partial<StatementEntry>[], RegExp]>([
    ["another amount", [{ amount: "1400.00" }], /paid, and here it is failed.*paid 1400\.00/],
    ["another currency", [{ currencyCode: "usd" }], /here it is failed.*in USD/],
    ["another account", [{ account: "other" }], /here it is failed.*another account/],
    ["two payments", [{}, { position: 2 }], /here it is failed.*2 times/],
  ])("is told as ended otherwise where it failed and shows as %s", (_name, changes, message) => {
    const decision = decide(changes.map(anEntry), [inAFile({ status: "failed" })])
    expect(decision.settles).toEqual([])
    expect(decision.told).toHaveLength(changes.length)
    for (const told of decision.told) {
      expect(told).toMatchObject({
        kind: "ended_otherwise",
        message: expect.stringMatching(message),
      })
    }
  })

  it("is no news of one that failed where it came back, too", () => {
    const back = anEntry({ position: 2, kind: "returned" })
    const failed = [inAFile({ status: "failed" })]
    expect(decide([back], failed).told).toMatchObject([{ kind: "returned" }])
    expect(decide([anEntry(), back], failed).told).toMatchObject([
      { kind: "twice" },
      { kind: "twice" },
    ])
  })

  it("is one payment where it is announced and booked, in either order", () => {
    const announced = anEntry({ position: 2, kind: "not_booked" })
    for (const entries of [
      [anEntry(), announced],
      [announced, anEntry()],
    ]) {
      expect(decide(entries)).toMatchObject({ settles: [{ transfer: { id: "potr_1" } }], told: [] })
    }
    expect(decide([announced, announced]).told).toMatchObject([
      { kind: "twice" },
      { kind: "twice" },
    ])
    expect(decide([anEntry(), announced, anEntry({ position: 3 })]).settles).toEqual([])
  })

  it("is known where the same booking settled it before, and told where it is another one", () => {
    const settled = inAFile({ status: "succeeded", gateway_id: "B1" })
    expect(decide([anEntry()], [settled])).toMatchObject({ settles: [], told: [], repeats: [{}] })
    expect(decide([anEntry({ bankReference: null })], [settled])).toMatchObject({ repeats: [{}] })
    expect(decide([anEntry({ bankReference: "B2" })], [settled])).toMatchObject({
      repeats: [],
      told: [{ kind: "paid_again", message: expect.stringContaining("paid twice") }],
    })
  })

  describe("without a number of the bank's own", () => {
    const settled = inAFile({ status: "succeeded", gateway_id: null })
    const again = (bookedOn: string | null, days: (string | null)[]) =>
      decide([anEntry({ bankReference: null, bookedOn })], [settled], {
        shownBefore: () => days.map((booked_on) => ({ booked_on })),
      })

    it("is the same booking where another statement shows it on the same day, or none did", () => {
      for (const days of [["2026-12-01"], ["2026-11-30", "2026-12-01"], []]) {
        expect(again("2026-12-01", days)).toMatchObject({ settles: [], told: [], repeats: [{}] })
      }
      expect(again(null, [])).toMatchObject({ told: [], repeats: [{}] })
    })

    it("is told as paid again where it is booked on another day", () => {
      expect(again("2026-12-03", ["2026-12-01"])).toMatchObject({
        settles: [],
        repeats: [],
        told: [
          {
            kind: "paid_again",
            transfer_id: "potr_1",
            message: expect.stringContaining("booked on 2026-12-01, and this one on 2026-12-03"),
          },
        ],
      })
    })

    it("is held for a person where no day tells whether it is the same", () => {
      for (const [day, days] of [
        [null, ["2026-12-01"]],
        [null, [null]],
        ["2026-12-03", [null]],
      ] as const) {
        expect(again(day, [...days])).toMatchObject({
          settles: [],
          repeats: [],
          told: [{ kind: "indistinct", message: expect.stringContaining("Was it paid twice?") }],
        })
      }
    })

    it("is told where two lines of one file are alike, on one day or on two", () => {
      for (const bookedOn of ["2026-12-01", "2026-12-02", null]) {
        const lines = [
          anEntry({ bankReference: null }),
          anEntry({ bankReference: null, position: 2, bookedOn }),
        ]
        expect(decide(lines)).toMatchObject({
          settles: [],
          told: [{ kind: "twice" }, { kind: "twice", position: 2 }],
        })
      }
    })
  })

  it("is told where it came back after it was settled", () => {
    const settled = inAFile({ status: "succeeded", gateway_id: "B1" })
    expect(decide([anEntry({ kind: "returned" })], [settled]).told).toMatchObject([
      { kind: "returned" },
    ])
  })

  it.each(["failed", "returned", "canceled", "approved"] as const)(
    "is told where it shows it paid and it is %s",
    (status) => {
      const decision = decide([anEntry()], [inAFile({ status })])
      expect(decision.settles).toEqual([])
      expect(decision.told).toMatchObject([{ kind: "ended_otherwise" }])
    }
  )

  it("needs a second person, and settles the others beside it", () => {
    const other = inAFile({ id: "potr_2", reference: reference(2) })
    const entries = [anEntry(), anEntry({ position: 2, reference: reference(2) })]
    const blocker = ({ id }: Transfer) => (id === "potr_1" ? "You made it" : undefined)
    expect(decide(entries, [inAFile(), other], { blocker })).toMatchObject({
      settles: [{ transfer: { id: "potr_2" } }],
      told: [{ kind: "needs_second_person", message: "You made it", transfer_id: "potr_1" }],
    })
  })

  it("is told of a reference like ours that no file has, and counts what is none of ours", () => {
    const entries = [
      anEntry({ reference: reference(9) }),
      anEntry({ position: 2, reference: "NOTPROVIDED" }),
      anEntry({ position: 3, reference: null }),
      anEntry({ position: 4, reference: `${reference(1)} x` }),
    ]
    expect(decide(entries)).toMatchObject({
      settles: [],
      told: [{ kind: "unknown", reference: reference(9), transfer_id: null }],
      others: 3,
    })
  })
})
