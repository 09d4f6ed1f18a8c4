import { parseJsonOrForm } from "../json-or-form"

const parse = (text: string) => parseJsonOrForm(Buffer.from(text))

describe("a message that may be JSON or a form", () => {
  it.each(['{"a":1', '{"a":1} x', "{", `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}`])(
    "is nothing where it begins as JSON and is none",
    (text) => {
      expect(parse(text)).toBeUndefined()
    }
  )

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

  it.each(['{"a":"1"}', ' \r\n{"a":"1"}\n', '\uFEFF{"a":"1"}', "a=1", "a=0&a=1", "\uFEFFa=1"])(
    "is read: %j",
    (text) => {
      expect(parse(text)).toEqual({ a: "1" })
    }
  )

  it("is read as a form with blanks and signs in it", () => {
    expect(parse("a=1%20+%261&b=%C3%9C")).toEqual({ a: "1  &1", b: "Ü" })
  })
})
