import { operationKinds } from "../gateway-operation"
import { nextOperationReference, operationPrefix, operationReference } from "../operation-reference"
import { parseOrderReference } from "../order-reference"
import { times } from "./journal-fixtures"

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
