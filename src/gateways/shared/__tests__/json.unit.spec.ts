import { parseExactJson, parseJsonObject, parseJsonOrForm } from "../json"
import { decimal, isExactAsDouble } from "../money"
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

  it("makes texts of long numbers alone, whatever stands in the strings around them", () => {
    const random = seededRandom(11)
    const strange = ['"', "\\", "1234567890123456789", "1e400", "é", ":", ",", "{", " "]
    const text = () =>
      Array.from({ length: Math.floor(random() * 5) }, () => oneOf(strange, random)).join("")
    const numbers = ["12345678901234567890", "1e400", "0.1", "-5", "100.00000000000000001", "0"]
    for (let round = 0; round < 2_000; round++) {
      const items = Array.from({ length: Math.floor(random() * 6) }, () =>
        random() < 0.5 ? { text: text() } : { number: oneOf(numbers, random) }
      )
      const written = items.map((item) => item.number ?? JSON.stringify(item.text))
      const read = items.map(({ number, text }) =>
        number === undefined ? text : number.length > 4 ? number : Number(number)
      )
      expect(parseExactJson(`[${written.join(random() < 0.5 ? "," : " , ")}]`)).toEqual(read)
      const key = text()
      expect(parseExactJson(`{${JSON.stringify(key)}:[${written.join(",")}]}`)).toEqual({
        [key]: read,
      })
    }
  })

  it("makes texts of long numbers among the members of an object, by the last of a name", () => {
    const random = seededRandom(13)
    const values = [
      ...[
        '""',
        '"x"',
        '"1234567890123456789"',
        JSON.stringify('"\\'),
        '"\\u0041"',
        '"é😀"',
        "null",
      ],
      ...["0", "-0", "5", "1e5", "0.1", "1234567890.12345", "100000000000000", "1e22"],
      ...["1234567890123456", "12345678901234567", "0.12345678901234567", "1.2345678901234567"],
      ...["1e400", "1e-400", "1.234567e-320", "-1E+400", "9007199254740993"],
    ]
    for (let round = 0; round < 5_000; round++) {
      const members = Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({
        name: oneOf(["a", "amount", "b", "A"], random),
        written: oneOf(values, random),
      }))
      const blank = random() < 0.3 ? " " : ""
      const text = `{${members.map(({ name, written }) => `"${name}":${blank}${written}`).join(",")}}`
      const read = Object.fromEntries(
        members.map(({ name, written }) => [
          name,
          /^-?\d/.test(written) && !isExactAsDouble(written) ? written : JSON.parse(written),
        ])
      )
      expect([text, parseExactJson(text)]).toEqual([text, read])
    }
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

function oneOf(values: readonly string[], random: () => number): string {
  return values[Math.floor(random() * values.length)] ?? ""
}

const parse = (text: string) => parseJsonOrForm(Buffer.from(text))

describe("a message that is the JSON of an object", () => {
  it.each(["", "a=1", '{"a":1', '{"a":1}x', "{]}"])("is nothing where it is none: %j", (text) => {
    expect(parseJsonObject(Buffer.from(text))).toBeUndefined()
  })

  it.each(['{"a":"1"}', '\uFEFF {"a":"1"}\r\n'])("is read: %j", (text) => {
    expect(parseJsonObject(Buffer.from(text))).toEqual({ a: "1" })
  })
})

describe("a message that may be JSON or a form", () => {
  it.each([
    '{"a":1',
    '{"a":1 \t\r\n',
    '{"a":"ü',
    '{"a":1} x',
    "{",
    "{ ",
    `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  ])("is nothing where it begins as JSON and is none", (text) => {
    expect(parse(text)).toBeUndefined()
  })

  it("is a form without fields where it is empty", () => {
    expect(parse("")).toEqual({})
    expect(parseJsonOrForm(Buffer.alloc(0))).toEqual({})
  })

  it("can't reach into other objects through its keys", () => {
    parse('{"__proto__":{"stolen":1}}')
    parse("__proto__=1&constructor=2")
    expect(Object.hasOwn(Object.prototype, "stolen")).toBe(false)
  })

  it("keeps every digit of a long number, as its text", () => {
    expect(parse('{"id":12345678901234567890,"amount":0.1}')).toEqual({
      id: "12345678901234567890",
      amount: 0.1,
    })
  })

  it.each([
    '{"a":"1"}',
    '{"a":"1"} \t\r\n',
    ' \r\n{"a":"1"}\n',
    '\uFEFF{"a":"1"}',
    "a=1",
    "a=0&a=1",
    "\uFEFFa=1",
  ])("is read: %j", (text) => {
    expect(parse(text)).toEqual({ a: "1" })
  })

  it("is read as a form with blanks and signs in it", () => {
    expect(parse("a=1%20+%261&b=%C3%9C")).toEqual({ a: "1  &1", b: "Ü" })
  })
})
