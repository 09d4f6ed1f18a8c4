import { orderReference, parseOrderReference } from "../order-reference"
import { times } from "./journal-fixtures"

const ULID = "01JQ5Z9K3M7N8P2R4S6T8V0WXY"
const SESSION = `payses_${ULID}`

describe("orderReference", () => {
  it.each([
    "",
    ULID,
    "payses_",
    `payses_${ULID}0`,
    `payses_${ULID.slice(1)}`,
    `payses_${ULID.toLowerCase()}`,
    `payses_${ULID.replace("Z", "U")}`,
    `payses_${ULID.replace("Z", "I")}`,
    ` ${SESSION}`,
    `${SESSION}\n`,
    `pay_${ULID}`,
  ])("refuses %j, which is no payment session's id", (id) => {
    expect(() => orderReference(id, 0)).toThrow(RangeError)
  })

  it.each([-1, 36, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses attempt %p", (attempt) => {
    expect(() => orderReference(SESSION, attempt)).toThrow("open a new session")
  })

  it("is the session's ULID and one character for the attempt", () => {
    expect(orderReference(SESSION, 0)).toBe(`${ULID}0`)
    expect(orderReference(SESSION, 35)).toBe(`${ULID}Z`)
  })

  it("leads back to the session and the attempt, for all 36", () => {
    const references = times(36, (attempt) => orderReference(SESSION, attempt))

    expect(new Set(references).size).toBe(36)
    references.forEach((reference, attempt) => {
      expect(reference).toMatch(/^[0-9A-Z]{27}$/)
      expect(parseOrderReference(reference)).toEqual({ sessionId: SESSION, attempt })
    })
  })
})

describe("parseOrderReference", () => {
  it.each([
    "",
    ULID,
    SESSION,
    `${ULID}00`,
    `${ULID}a`,
    `${ULID}-`,
    `${ULID}0\n`,
    `\n${ULID}0`,
    `${ULID.toLowerCase()}0`,
    `${ULID.replace("Z", "O")}0`,
    `P${ULID.slice(1)}\u0000`,
    "x".repeat(100_000),
  ])("knows that %j is not one of ours", (value) => {
    expect(parseOrderReference(value)).toBeUndefined()
  })
})
