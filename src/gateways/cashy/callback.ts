import { parseExactJson, utf8Text } from "../shared/json"
import { callbackBody, type CashyCallback } from "./messages"

/** The fields of a callback's body, or undefined for anything that is none. Whose it is has to be checked. */
export function readCallback(rawBody: Buffer): CashyCallback | undefined {
  try {
    return callbackBody.safeParse(parseExactJson(utf8Text(rawBody))).data
  } catch {
    return undefined
  }
}
