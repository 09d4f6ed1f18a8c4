import { z } from "zod"
import type { GatewayAnswer } from "../request"
import { GatewayUnknownError } from "../errors"
import { readJson } from "../messages"

const call = { gateway: "acme", operation: "query" }
const schema = z.object({
  success: z.boolean(),
  data: z.object({ items: z.array(z.object({ amount: z.union([z.string(), z.number()]) })) }),
})

const answer = (body: string | Buffer, contentType?: string): GatewayAnswer => ({
  httpStatus: 200,
  headers: contentType === undefined ? {} : { "content-type": contentType },
  body: Buffer.from(body),
})

function failure(given: GatewayAnswer): GatewayUnknownError {
  try {
    readJson(given, schema, call)
  } catch (error) {
    if (error instanceof GatewayUnknownError) {
      return error
    }
    throw error
  }
  throw new Error("it was read")
}

const good = '{"success":true,"data":{"items":[{"amount":100.50}]}}'

describe("readJson", () => {
  it.each([
    ["nothing", answer(""), "it is empty"],
    [
      "a page",
      answer("<html>marked-value</html>", "text/html; charset=UTF-8"),
      "it is not JSON but text/html",
    ],
    ["half of it", answer(good.slice(0, 20)), "it is not JSON"],
    ["bytes that are no text", answer(Buffer.from([0x7b, 0xff, 0xfe])), "it is not UTF-8 text"],
    [
      "another charset",
      answer(good, "application/json; charset=GB2312"),
      "it is written in GB2312, not in UTF-8",
    ],
    ["a list", answer("[]"), "the whole of it: invalid_type"],
    ["null", answer("null"), "the whole of it: invalid_type"],
    ["a missing field", answer('{"success":true}'), "data: invalid_type"],
    [
      "a wrong type deep inside",
      answer('{"success":true,"data":{"items":[{"amount":1},{"amount":{"marked-value":1}}]}}'),
      "data.items[1].amount: invalid_union",
    ],
  ])("calls %s unreadable and says what was wrong, without a value", (_, given, sentence) => {
    const error = failure(given)
    expect(error).toMatchObject({ reason: "unreadable", outcome: "unknown", httpStatus: 200 })
    expect(error.message).toContain(sentence)
    expect(error.message).not.toContain("marked-value")
  })

  it("cleans the keys and types that a stranger chose", () => {
    const keys = z.record(z.string(), z.number())
    const body = answer(JSON.stringify({ ["evil\n" + "k".repeat(500)]: "x" }))
    expect(() => readJson(body, keys, call)).toThrow(/evil k{30,40}…: invalid_type/)
    expect(failure(answer("<", `text/\u009b31m${"x".repeat(500)}`)).message).toMatch(
      /text\/ 31mx+…/
    )
  })

  it("reads JSON whatever content type the gateway writes over it", () => {
    for (const type of [
      undefined,
      "text/html",
      "application/json;charset=utf8",
      'text/plain; charset="UTF-8"',
    ]) {
      expect(readJson(answer(good, type), schema, call)).toEqual(JSON.parse(good))
    }
  })

  it("reads past a byte order mark", () => {
    expect(readJson(answer(`\uFEFF${good}`), schema, call).success).toBe(true)
  })

  it("gives a number with too many digits as text, so that a schema of numbers refuses it", () => {
    const body = answer('{"amount":0.12345678901234567890}')
    const exact = z.object({ amount: z.union([z.string(), z.number()]) })
    expect(readJson(body, exact, call)).toEqual({ amount: "0.12345678901234567890" })
    expect(() => readJson(body, z.object({ amount: z.number() }), call)).toThrow(
      "amount: invalid_type"
    )
  })
})
