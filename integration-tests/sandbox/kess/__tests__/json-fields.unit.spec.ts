import { NumberLiteral, parseJsonFields } from "../protocol"

const read = (text: string) => parseJsonFields(Buffer.from(text))

describe("parseJsonFields", () => {
  it.each(["", "{", "{'a': 1}", '{"a": 01}', '{"a": 1,}', '{"a" 1}', "a=1"])(
    "refuses %j as no JSON",
    (text) => {
      expect(read(text)).toEqual({ problem: "the body is not JSON" })
    }
  )

  it.each(["null", "[]", "1", '"text"'])("refuses %j as no object", (text) => {
    expect(read(text)).toEqual({ problem: "the body is not a JSON object" })
  })

  it.each(['{"a": {}}', '{"a": [1]}'])("refuses %j as too deep", (text) => {
    expect(read(text)).toHaveProperty("problem")
  })

  it("refuses a name that comes twice, however it is written", () => {
    expect(read('{"amount": 1, "\\u0061mount": 2}')).toEqual({ repeated: "amount" })
  })

  it("keeps numbers as they stand, to the last digit", () => {
    expect(read('{"a":0.300000000000000004,"b":-1.0e+2 , "c":123456789012345678}')).toEqual({
      fields: {
        a: new NumberLiteral("0.300000000000000004"),
        b: new NumberLiteral("-1.0e+2"),
        c: new NumberLiteral("123456789012345678"),
      },
    })
  })

  it("is not misled by what stands inside a string", () => {
    expect(read('{"a":"x\\",\\"b\\":2","c":null,"d":true,"e":"","f":"7"}')).toEqual({
      fields: { a: 'x","b":2', c: null, d: true, e: "", f: "7" },
    })
    expect(read("{ }")).toEqual({ fields: {} })
  })
})
