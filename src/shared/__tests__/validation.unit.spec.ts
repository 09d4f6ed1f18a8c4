import { z } from "zod"
import { checked, problemLines } from "../validation"

const schema = z.strictObject({
  name: z.string().min(3).max(5).optional(),
  count: z.number().int().min(1).max(3).multipleOf(1).optional(),
  isOn: z.boolean().optional(),
  mode: z.enum(["one", "two"]).optional(),
  only: z.literal("this").optional(),
  mail: z.email().optional(),
  page: z.url().optional(),
  code: z.string().regex(/^x/).optional(),
  list: z.array(z.string().min(1)).min(1).optional(),
  inner: z.strictObject({ perTransfer: z.string() }).optional(),
  byCode: z.record(z.string().regex(/^[a-z]{3}$/), z.number().positive()).optional(),
  either: z.union([z.enum(["a", "b"]), z.array(z.enum(["a", "b"]))]).optional(),
  kind: z
    .discriminatedUnion("is", [
      z.strictObject({ is: z.literal("yes"), note: z.string() }),
      z.strictObject({ is: z.literal("no") }),
    ])
    .optional(),
  odd: z.custom<string>((value) => value === "odd").optional(),
  own: z.string({ error: "says it in its own words" }).optional(),
})

function lines(value: unknown, noun: "option" | "field" = "field"): string[] {
  const result = checked(schema, value, noun)
  return result.success ? [] : problemLines(result.problems)
}

describe("What is wrong with a value", () => {
  it.each<[unknown, string[]]>([
    [{ name: "ab" }, ["- name: must have at least 3 characters"]],
    [{ name: "abcdef" }, ["- name: must have at most 5 characters"]],
    [{ name: 7 }, ["- name: must be a text"]],
    [{ count: "1" }, ["- count: must be a number"]],
    [{ count: 1.5 }, ["- count: must be a whole number"]],
    [{ count: 0 }, ["- count: must be at least 1"]],
    [{ count: 4 }, ["- count: must be at most 3"]],
    [{ count: Number.NaN }, ["- count: must be a number"]],
    [{ isOn: "yes" }, ["- isOn: must be true or false"]],
    [{ mode: "three" }, ['- mode: must be "one" or "two"']],
    [{ only: 1 }, ['- only: must be "this"']],
    [{ mail: "x" }, ["- mail: must be an e-mail address"]],
    [{ page: "x" }, ["- page: must be a full address such as https://shop.example"]],
    [{ code: "y" }, ["- code: is not written as it has to be"]],
    [{ list: [] }, ["- list: is empty"]],
    [{ list: {} }, ["- list: must be a list"]],
    [{ list: ["a", ""] }, ["- list.1: is empty"]],
    [{ inner: [] }, ["- inner: must be an object"]],
    [{ inner: {} }, ["- inner.perTransfer: is missing"]],
    [
      { byCode: { USD: 1 } },
      ["- byCode.USD: is no name to be used here: it is not written as it has to be"],
    ],
    [{ byCode: { usd: 0 } }, ["- byCode.usd: must be more than 0"]],
    [{ either: "c" }, ['- either: must be "a" or "b"']],
    [{ either: ["a", "c"] }, ['- either.1: must be "a" or "b"']],
    [{ kind: { is: "perhaps" } }, ['- kind.is: must be "yes" or "no"']],
    [{ kind: { is: "yes" } }, ["- kind.note: is missing"]],
    [{ odd: "even" }, ["- odd: can't be used"]],
    [{ own: 7 }, ["- own: says it in its own words"]],
    ["a text", ["- options: must be an object"]],
    [undefined, ["- options: is missing"]],
  ])("is told in our own words, and never in zod's: %j", (value, expected) => {
    expect(lines(value)).toEqual(expected)
  })

  it("is told all at once, with what a misspelt name was meant to be, however far in", () => {
    const value = { nmae: "x", is_on: true, mode: 7, inner: { per_transfer: "1" }, colour: "red" }
    expect(lines(value, "option")).toEqual([
      '- mode: must be "one" or "two"',
      "- inner.perTransfer: is missing",
      "- inner.per_transfer: no such option; did you mean perTransfer?",
      "- nmae: no such option; did you mean name?",
      "- is_on: no such option; did you mean isOn?",
      "- colour: no such option",
    ])
  })

  it("says of an option that stands there without a value that its variable may not be set", () => {
    const value = { inner: { perTransfer: undefined } }
    expect(lines(value, "option")).toEqual([
      "- inner.perTransfer: is missing. Its value is undefined: is the environment variable set from which " +
        "medusa-config takes it?",
    ])
    expect(lines(value, "field")).toEqual(["- inner.perTransfer: is missing"])
  })

  it("shows no value, and no name that is too long to be one", () => {
    const secret = "a-secret-that-stands-where-a-name-should"
    const told = lines({
      [secret]: 1,
      byCode: { [secret]: 1 },
      name: secret,
      mode: secret,
      mail: secret,
    })
    expect(told).toHaveLength(5)
    expect(told.join()).not.toContain(secret)
  })

  it("is nothing where all is right, and then it is read", () => {
    const result = checked(z.object({ name: z.string().trim() }), { name: " Ana " }, "field")
    expect(result).toEqual({ success: true, data: { name: "Ana" } })
  })
})
