import { decimal } from "../decimal"
import { parseExactJson } from "../exact-json"
import { seededRandom } from "./seeded-random"

describe("parseExactJson", () => {
  it.each([
    ['{"id":1386556575370063873}', { id: "1386556575370063873" }],
    ['{"id":9007199254740993}', { id: "9007199254740993" }],
    ['{"amount":100.00000000000000001}', { amount: "100.00000000000000001" }],
    [
      "[12345678901234567890.12, 1e400, -9007199254740993]",
      ["12345678901234567890.12", "1e400", "-9007199254740993"],
    ],
    // A double holds this one, but prints it with zeros at the end.
    ["1386556575370063872", "1386556575370063872"],
  ])("keeps every digit of a number that a double can't hold: %s", (text, expected) => {
    expect(parseExactJson(text)).toEqual(expected)
  })

  it.each([
    '{"amount":100.00,"fee":0.1,"n":-5,"big":9007199254740992,"e":1e5}',
    '{"order":"1386556575370063873","deep":["12345678901234567890.12"]}',
    '{"1386556575370063873":"a \\"1386556575370063873\\" \\\\","n":1234567890.123456}',
    '"1386556575370063873 1e400"',
    "[]",
    "null",
  ])("is JSON.parse for everything else: %s", (text) => {
    expect(parseExactJson(text)).toEqual(JSON.parse(text))
  })

  it.each(["", "{", "{'a':1}", "[1,]", "NaN", "01", "1386556575370063873,", "<html>", '{"a":1}}'])(
    "throws a SyntaxError for %p",
    (text) => {
      expect(() => parseExactJson(text)).toThrow(SyntaxError)
    }
  )

  it("stands texts as long as an answer may be, full of quotes and backslashes", () => {
    const value = { s: '"\\'.repeat(250_000), n: "x" }
    const text = JSON.stringify(value).replace('"x"', "1386556575370063873")
    expect(parseExactJson(text)).toEqual({ ...value, n: "1386556575370063873" })
  })

  it("never changes an amount, over random decimals", () => {
    const random = seededRandom(7)
    const digits = () =>
      Array.from({ length: 1 + Math.floor(random() * 14) }, () => Math.floor(random() * 10)).join(
        ""
      )
    for (let round = 0; round < 2_000; round++) {
      const written = `${BigInt(digits())}.${digits()}`
      const value = parseExactJson(`{"amount":${written}}`)
      expect(value).toEqual({ amount: expect.anything() })
      const amount = Object.values(value as Record<string, string | number>)[0]
      expect(amount === undefined ? undefined : decimal(amount)).toBe(decimal(written))
    }
  })
})
