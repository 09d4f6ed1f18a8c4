import { parseExactJson } from "../shared/exact-json"
import { callbackBody, type CashyCallback } from "./messages"

/** UTF-8, without the byte order mark that some servers put in front. */
const decoder = new TextDecoder()

/** The fields of a callback's body, or undefined for anything that is none. Whose it is has to be checked. */
export function readCallback(rawBody: Buffer): CashyCallback | undefined {
  try {
    return callbackBody.safeParse(parseExactJson(decoder.decode(rawBody))).data
  } catch {
    return undefined
  }
}
