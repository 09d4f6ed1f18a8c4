import fc from "fast-check"
import { isStorable } from "../../src/gateways/shared/text"

/** What text is made of that readers have trouble with: repeated it shows growth, mixed it is what is fuzzed with. */
export const units: readonly string[] = [
  "1 ",
  "1-",
  "1.",
  "4111 ",
  "4",
  "a",
  " ",
  "\t",
  "\n",
  '"',
  '""',
  "\\",
  '\\"',
  "{",
  '{"a":',
  "[",
  "[[",
  ",",
  ";",
  ",,\n",
  "&a=",
  "%41",
  "%",
  "+",
  "=",
  "1e9,",
  "1e999",
  "-0.",
  "../",
  "@",
  "a@",
  "a.",
  "ext. ",
  "x1",
  "()",
  "\u200c",
  "\u200d\u200c ",
  "\u202e",
  "\u0301",
  "\u200c\u200d",
  "\ufe0f",
  "\u3164",
  "៤",
  "1.500,00;",
  "'=",
  "\r\n;",
  "😀",
  "ក្",
  "ß",
]

/** Alone each of these has broken something somewhere. */
const oddities: readonly string[] = [
  "\0",
  "%00",
  "\\u0000",
  "\ud83d",
  "\ude00",
  "\\ud83d",
  "%ED%A0%BD",
  "%zz",
  "\ufeff",
  "\u2028",
  "\u001b[31m",
  "\u202a+49 151 234567\u202c",
  "4111 1111 1111 1111",
  "42101-1234567-4",
  "5171011505900000",
  "+49 1512 3456787",
  "+1 780-459-5656 ext. 725",
  "01JQ7ZK3V5W8X9Y0A1B2C3D4E50",
  "P01JQ7ZK3V5W8X9Y0A1B2C3D4E5",
  "__proto__",
  "constructor",
  '{"__proto__":{"a":1}}',
  "null",
  "NaN",
  "Infinity",
  "-0",
  "1e400",
  "1".repeat(400),
  "0.1",
  "https://shop.example/",
  "javascript:alert(1)",
  "' or 1=1 --",
  "$where",
  "beneficiary_id,amount,currency_code,purpose\n",
  "sep=;\niznos;svrha\n",
  "3.00123E+09",
  '="03451234567"',
  "\ufffd",
  "=cmd|'/c calc'!A1",
]

/** Halves of characters, which are none by themselves. */
const surrogates = { first: 0xd800, count: 0x800 }

/** Any of Unicode's. `fc.string` would list all 1.1 million of them before it makes one, which takes seconds. */
const character = fc
  .nat(0x10ffff - surrogates.count)
  .map((place) => String.fromCodePoint(place < surrogates.first ? place : place + surrogates.count))

/** Some text, seldom of the kind that is expected. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.constantFrom(...units, ...oddities), { maxLength: 12 })
    .map((parts) => parts.join("")),
  fc.array(character, { maxLength: 60 }).map((characters) => characters.join("")),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.json({ maxDepth: 4 }),
  fc
    .dictionary(fc.constantFrom("payer", "amount", "orderNo", "referenceId", "status"), fc.string())
    .map((fields) => JSON.stringify(fields)),
  fc
    .tuple(fc.constantFrom(...units), fc.integer({ min: 1, max: 3_000 }))
    .map(([unit, times]) => unit.repeat(times)),
  fc.integer({ min: 1, max: 20_000 }).map((depth) => `${"[".repeat(depth)}${"]".repeat(depth)}`),
  fc
    .integer({ min: 1, max: 9_000 })
    .map((depth) => `${'{"payer":'.repeat(depth)}1${"}".repeat(depth)}`)
)

/** The first text anywhere in a value that no database keeps; undefined where there is none. */
export function unstorableIn(value: unknown): string | undefined {
  const open: unknown[] = [value]
  for (let next = open.pop(); next !== undefined || open.length > 0; next = open.pop()) {
    if (typeof next === "string" && !isStorable(next)) {
      return next
    }
    if (typeof next === "object" && next !== null) {
      open.push(...Object.keys(next), ...Object.values(next))
    }
  }
  return undefined
}
