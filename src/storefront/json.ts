export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== ""
}

/** What stands in an answer at a path of names; undefined where there is nothing. */
export function valueAt(answer: unknown, ...names: string[]): unknown {
  return names.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), answer)
}
