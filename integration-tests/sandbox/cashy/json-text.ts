/** A number that is written digit by digit: `JSON.stringify` would drop zeros and, beyond 15 digits, the value. */
export class Digits {
  constructor(readonly text: string) {}
}

export type JsonField = string | boolean | null | Digits

/** The text of a flat JSON object, its fields in the order given. */
export function jsonText(fields: Readonly<Record<string, JsonField>>): string {
  const members = Object.entries(fields).map(
    ([name, value]) =>
      `${JSON.stringify(name)}:${value instanceof Digits ? value.text : JSON.stringify(value)}`
  )
  return `{${members.join(",")}}`
}
