import { StatementProblem } from "../../../modules/payout/provider"
import { readCamt053 } from "../camt-053"
import { ibans, reference } from "./a-file"
import { aStatement, type Booking } from "./a-statement"
import { itAgainstSchema } from "./schemas"

const debtor = { iban: ibans.debtor }

function entriesOf(...bookings: Booking[]) {
  return readCamt053(aStatement(bookings), debtor).entries
}

/** @returns what is said of a file that can't be read */
function refusalOf(xml: string): string {
  try {
    readCamt053(xml, debtor)
  } catch (error) {
    expect(error).toBeInstanceOf(StatementProblem)
    return error instanceof Error ? error.message : ""
  }
  throw new Error("it was read")
}

const batch: Booking = {
  amount: "1500.01",
  bankReference: "B77",
  parts: [
    {
      endToEndId: reference(1),
      amount: "1500.00",
      bankReference: "B77-1",
      account: ibans.croatian,
    },
    { endToEndId: reference(2), amount: "0.01", bankReference: "B77-2" },
  ],
}

describe("A camt.053 statement", () => {
  itAgainstSchema(
    "camt.053.001.08",
    "is tried as the standard's schema wants it",
    async (problemsOf) => {
      const bookings = [batch, { parts: [{ endToEndId: reference(3), returned: "AC04" }] }]
      expect(await problemsOf(aStatement(bookings))).toEqual([])
      expect(await problemsOf(aStatement(bookings, { prefix: "camt" }))).toEqual([])
    }
  )

  it("tells of a single booking what was paid under our reference", () => {
    expect(entriesOf({ bankReference: "B1" })).toEqual([
      {
        position: 1,
        reference: reference(1),
        amount: "1500",
        currencyCode: "eur",
        kind: "paid",
        account: null,
        bankReference: "B1",
        bookedOn: "2026-12-01",
        reason: null,
      },
    ])
  })

  it("tells each part of a booking of a whole batch", () => {
    expect(entriesOf(batch)).toMatchObject([
      {
        position: 1,
        reference: reference(1),
        amount: "1500",
        bankReference: "B77-1",
        account: ibans.croatian,
      },
      {
        position: 1,
        reference: reference(2),
        amount: "0.01",
        bankReference: "B77-2",
        account: null,
      },
    ])
  })

  it("tells parts without a number of their own by that of the booking", () => {
    const parts = [1, 2].map((digit) => ({ endToEndId: reference(digit), amount: "1.00" }))
    expect(entriesOf({ bankReference: "B78", parts })).toMatchObject([
      { reference: reference(1), bankReference: "B78" },
      { reference: reference(2), bankReference: "B78" },
    ])
  })

  it("keeps numbers of the bank's and references with many digits as they are", () => {
    const bankReference = "2026120100001234567890"
    const parts = [{ endToEndId: "P01000000000000000000000009" }]
    expect(entriesOf({ bankReference, parts })).toMatchObject([
      { reference: "P01000000000000000000000009", bankReference },
    ])
  })

  it("guesses no amount of a part that says none", () => {
    const parts = [{ endToEndId: reference(1) }, { endToEndId: reference(2) }]
    expect(entriesOf({ amount: "3000.00", parts })).toMatchObject([
      { reference: reference(1), amount: null },
      { reference: reference(2), amount: null },
    ])
  })

  it.each<[string, Booking, object]>([
    ["that is only announced", { status: "PDNG" }, { kind: "not_booked" }],
    ["for information", { status: "INFO" }, { kind: "not_booked" }],
    ["that came in", { indicator: "CRDT" }, { kind: "received" }],
    ["that was taken back", { reversal: true, indicator: "CRDT" }, { kind: "returned" }],
    [
      "that came back",
      { indicator: "CRDT", parts: [{ endToEndId: reference(1), returned: "AC04" }] },
      { kind: "returned", reason: "AC04" },
    ],
    [
      "whose part goes the other way",
      { parts: [{ endToEndId: reference(1), indicator: "CRDT" }] },
      { kind: "received" },
    ],
    ["without parts", { parts: [] }, { kind: "paid", reference: null }],
    ["without a reference", { parts: [{ amount: "1.00" }] }, { reference: null }],
  ])("tells a booking %s as such", (_name, booking, told) => {
    expect(entriesOf(booking)).toMatchObject([told])
  })

  it("is read whatever prefix its elements have, and with nothing booked", () => {
    expect(readCamt053(aStatement([batch], { prefix: "ns2" }), debtor).entries).toHaveLength(2)
    expect(readCamt053(aStatement([]), debtor)).toEqual({ ids: ["53-2026-12-01"], entries: [] })
  })

  it("of another account is not read", () => {
    const other = aStatement([batch], { iban: ibans.croatian })
    expect(refusalOf(other)).toContain("another account than the one in the option debtor.iban")
    expect(refusalOf(other)).not.toContain(ibans.croatian)
  })

  it.each([
    [
      "of another kind",
      aStatement([]).replace("camt.053.001.08", "camt.053.001.02"),
      "camt.053.001.02",
    ],
    [
      "that is another message",
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"/>',
      "pain.002.001.10",
    ],
    ["of no kind", "<Document/>", "no statement"],
    ["that is broken off", aStatement([batch]).slice(0, -40), "not XML"],
    ["that is no XML", "<", "not XML"],
    ["with a DTD", `<!DOCTYPE d [<!ENTITY a "b">]>${aStatement([])}`, "DTD"],
    [
      "that would grow without end",
      `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>`,
      "DTD",
    ],
    ["that names a file of the server", '<!doctype d SYSTEM "file:///etc/passwd"><d/>', "DTD"],
    ["that is too deep", "<d>".repeat(40) + "</d>".repeat(40), "too deep"],
    [
      "with a name that would change the reader",
      "<__proto__>1</__proto__>",
      "names that no statement has",
    ],
    ["that is too large", " ".repeat(16_000_001), "too large"],
    ["with an amount without a currency", aStatement([{}]).replaceAll(' Ccy="EUR"', ""), "Amt"],
  ])("%s is refused with the reason", (_name, xml, reason) => {
    expect(refusalOf(xml)).toContain(reason)
  })

  it("expands nothing but the five characters that XML itself escapes", () => {
    const xml = aStatement([{ parts: [{ endToEndId: "A &amp; B &lt;&#80;&xxe;" }] }])
    expect(readCamt053(xml, debtor).entries).toMatchObject([{ reference: "A & B <&#80;&xxe;" }])
  })
})
