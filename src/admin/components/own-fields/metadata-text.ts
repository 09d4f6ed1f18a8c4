/** What the shop keeps with a row for itself, as the API has it. */
export type Metadata = Readonly<Record<string, string | number | boolean | null>>

/** A line of `key = value` for each. A text that a line would not hold, or that begins with a quote, stands in JSON's quotes. */
export function metadataText(metadata: Metadata | null): string {
  return Object.entries(metadata ?? {})
    .map(([key, value]) => `${key} = ${typeof value === "string" ? textOf(value) : String(value)}`)
    .join("\n")
}

function textOf(value: string): string {
  return /^"|[\n\r]|^\s|\s$/.test(value) ? JSON.stringify(value) : value
}

/**
 * The metadata that lines stand for; null for none. A value that nobody changed stays a number or what else it was, and what
 * is typed anew is a text.
 *
 * @returns instead the number of the first line that is none, from 1
 */
export function metadataOf(text: string, before: Metadata | null): Metadata | number | null {
  const entries: [string, Metadata[string]][] = []
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") {
      continue
    }
    const [, key = "", written = ""] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    const value = valueOf(written, before?.[key])
    if (key === "" || value === undefined || entries.some(([other]) => other === key)) {
      return index + 1
    }
    entries.push([key, value])
  }
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

/** Undefined for quotes that don't close. */
function valueOf(
  written: string,
  before: Metadata[string] | undefined
): Metadata[string] | undefined {
  if (written.startsWith('"')) {
    try {
      const read: unknown = JSON.parse(written)
      return typeof read === "string" ? read : undefined
    } catch {
      return undefined
    }
  }
  return before !== undefined && String(before) === written ? before : written
}
