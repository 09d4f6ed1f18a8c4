import { parseExactJson } from "./exact-json"

/**
 * The fields of a message whose sender's content type is not to be relied on: JSON where it begins like
 * one, else a form. Of a name that comes twice in a form the last counts. Build the schema for it so that
 * numbers may come as text: a form has no others, and exact-json.ts makes text of long ones.
 *
 * @returns undefined for JSON that is none
 */
export function parseJsonOrForm(rawBody: Buffer): unknown {
  const text = decoder.decode(rawBody)
  return text.trimStart().startsWith("{") ? parseJson(text) : parseForm(text)
}

/** UTF-8, without the byte order mark that some servers put in front. */
const decoder = new TextDecoder()

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
