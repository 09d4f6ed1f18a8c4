import { operationKinds } from "../gateway-operation"
import {
  nextOperationReference,
  operationPrefix,
  operationReference,
  orderReference,
  parseOrderReference,
} from "../references"
import { times } from "./fixtures"

describe("order reference", () => {
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

    it.each([-1, 36, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
      "refuses attempt %p",
      (attempt) => {
        expect(() => orderReference(SESSION, attempt)).toThrow("open a new session")
      }
    )

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
})

describe("operation reference", () => {
  const ULID = "01JQ5Z9K3M7N8P2R4S6T8V0WXY"

  describe("operationReference", () => {
    it("is the session's ULID, a letter for the kind and a counter, whichever the attempt", () => {
      expect(operationReference(`${ULID}0`, "refund", 1)).toBe(`${ULID}R1`)
      expect(operationReference(`${ULID}7`, "capture", 36)).toBe(`${ULID}C10`)
    })

    it("begins differently for each kind", () => {
      const prefixes = operationKinds.map((kind) => operationPrefix(`${ULID}0`, kind))
      expect(new Set(prefixes).size).toBe(operationKinds.length)
    })

    it("is never taken for an order's reference, and has at most 32 characters for a million", () => {
      for (const kind of operationKinds) {
        for (const counter of [1, 35, 36, 1_000_000]) {
          const reference = operationReference(`${ULID}0`, kind, counter)
          expect(parseOrderReference(reference)).toBeUndefined()
          expect(reference).toMatch(/^[0-9A-Z]{28,32}$/)
        }
      }
    })
  })

  describe("nextOperationReference", () => {
    const next = (...givenOut: string[]) => nextOperationReference(`${ULID}0`, "refund", givenOut)

    it("starts at 1", () => {
      expect(next()).toBe(`${ULID}R1`)
    })

    it("follows the highest, so that a row that went missing never makes a number come twice", () => {
      expect(next(`${ULID}R9`, `${ULID}R2`)).toBe(`${ULID}RA`)
    })

    it("takes 10 for more than Z", () => {
      expect(next(`${ULID}R10`, `${ULID}RZ`)).toBe(`${ULID}R11`)
    })

    it("looks neither at other kinds nor at other sessions", () => {
      expect(next(`${ULID}C5`, `01JQ0000000000000000000000R7`)).toBe(`${ULID}R1`)
    })

    it("never comes twice in a thousand", () => {
      const givenOut: string[] = []
      for (const _ of times(1_000, () => 0)) {
        givenOut.push(nextOperationReference(`${ULID}0`, "refund", givenOut))
      }
      expect(new Set(givenOut).size).toBe(1_000)
    })
  })
})
