import { parseExactJson } from "./exact-json"

/**
 * The fields of a message whose sender's content type is not to be relied on: JSON where it begins like
 * one, else a form. Of a name that comes twice in a form the last counts. Build the schema for it so that
 * numbers may come as text: a form has no others, and exact-json.ts makes text of long ones.
 *
 * @returns undefined for JSON that is none
 */
export function parseJsonOrForm(rawBody: Buffer): unknown {
  const text = utf8Text(rawBody)
  return text.startsWith("{") || text.trimStart().startsWith("{")
    ? parseJson(text)
    : parseForm(text)
}

const byteOrderMark = "\uFEFF"

/** UTF-8, without the byte order mark that some servers put in front. Cheaper for short texts than a TextDecoder. */
export function utf8Text(rawBody: Buffer): string {
  const text = rawBody.toString("utf8")
  return text.startsWith(byteOrderMark) ? text.slice(1) : text
}

function parseJson(text: string): unknown {
  try {
    return parseExactJson(text)
  } catch {
    return undefined
  }
}

function parseForm(text: string): unknown {
  return Object.fromEntries(new URLSearchParams(text))
}
