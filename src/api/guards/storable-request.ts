import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { isStorable, unstorableAdvice, printableText } from "../../gateways/shared/text"
import { invalidData } from "../../providers/base/errors"

/** Longer than every id there is, in characters. */
const longestSegment = 255
/** Deeper than any body is, in levels, and no deeper than can be looked through. */
const deepest = 100

/**
 * Stands before the routes of this plugin, and before those of core's that it guards. Whatever it lets through can be
 * written to the database and looked for in it: the ids in the address, the query, and the body.
 *
 * @throws MedusaError invalid_data that names the field that can't be stored, such as `payer.name`
 */
export function storableRequest(
  req: MedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction
): void {
  const [path = ""] = req.originalUrl.split("?", 1)
  const problem =
    problemOfPath(path) ?? problemIn(req.query, "the query's") ?? problemIn(req.body, "the body's")
  next(problem === undefined ? undefined : refusal(problem))
}

/**
 * The same of the address alone, before the routes that gateways and browsers call: what they send besides is read as
 * far as it can be, and much of it is not looked at.
 */
export function storableAddress(
  req: MedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction
): void {
  const [path = ""] = req.originalUrl.split("?", 1)
  const problem = problemOfPath(path)
  next(problem === undefined ? undefined : refusal(problem))
}

function refusal(problem: string): Error {
  return invalidData(`This can't be accepted: ${problem}`)
}

function problemOfPath(path: string): string | undefined {
  for (const segment of path.split("/")) {
    const text = decoded(segment)
    if (text === undefined) {
      return "the address is not UTF-8, percent-encoded"
    }
    if (text.length > longestSegment) {
      return `an id in the address has more than ${longestSegment} characters`
    }
    if (!isStorable(text)) {
      return `an id in the address ${unstorableAdvice}`
    }
  }
  return undefined
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

/** The first text that can't be stored, by the name of its field: `payer.name` or `amounts.0`. */
function problemIn(value: unknown, of: string, path: readonly string[] = []): string | undefined {
  if (typeof value === "string") {
    return isStorable(value) ? undefined : `${of} ${nameOf(path)} ${unstorableAdvice}`
  }
  if (typeof value !== "object" || value === null) {
    return undefined
  }
  if (path.length >= deepest) {
    return `${of} ${nameOf(path)} is nested too deeply`
  }
  for (const [key, entry] of Object.entries(value)) {
    const problem = isStorable(key)
      ? problemIn(entry, of, [...path, key])
      : `the name of a field in ${of} ${nameOf(path)} ${unstorableAdvice}`
    if (problem !== undefined) {
      return problem
    }
  }
  return undefined
}

/** Strangers write the names of fields, too: this goes to the log. */
function nameOf(path: readonly string[]): string {
  return printableText(path.slice(0, 6).join("."), 100) ?? "text"
}
