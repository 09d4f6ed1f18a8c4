import { parseJson } from "../shared/body"

/** A number as it stood in the text: `JSON.parse` would round `0.300000000000000004` to what it should have been. */
export class NumberLiteral {
  constructor(readonly text: string) {}
}

export type JsonFields =
  | { readonly fields: Readonly<Record<string, unknown>> }
  /** A field that came twice has no one meaning: a strict gateway must refuse it. */
  | { readonly repeated: string }
  | { readonly problem: string }

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\]:,]/g

/** Reads a body that is one JSON object without any in it, its numbers as they are written. */
export function parseJsonFields(body: Buffer): JsonFields {
  const text = body.toString("utf8")
  const whole = parseJson(text)
  if (whole === undefined) return { problem: "the body is not JSON" }
  if (typeof whole !== "object" || whole === null || Array.isArray(whole)) {
    return { problem: "the body is not a JSON object" }
  }
  if (Object.values(whole).some((value) => typeof value === "object" && value !== null)) {
    return { problem: "an object or a list stands where a plain value was due" }
  }
  return fieldsOf(text.match(TOKEN) ?? [])
}

/** Of valid JSON without nesting the tokens are always: `{`, then name, `:`, value and `,` or `}` over and over. */
function fieldsOf(tokens: readonly string[]): JsonFields {
  const fields = new Map<string, unknown>()
  for (let index = 1; index + 2 < tokens.length; index += 4) {
    const name = String(parseJson(tokens[index] ?? ""))
    if (fields.has(name)) return { repeated: name }
    fields.set(name, valueOf(tokens[index + 2] ?? ""))
  }
  return { fields: Object.fromEntries(fields) }
}

function valueOf(token: string): unknown {
  return /^[-\d]/.test(token) ? new NumberLiteral(token) : parseJson(token)
}
