import leven from "leven"
import { z } from "zod"

/** What is wrong at one place of a value, as a sentence for whoever wrote it; neither part holds a value. */
export type Problem = {
  /** The place, such as `limits.php.perDay`; empty for the whole. */
  path: string
  /** The rest of a sentence that begins with the place: "must be a text". */
  message: string
}

type Checked<Data> = { success: true; data: Data } | { success: false; problems: Problem[] }

/**
 * Reads a value by a schema, or returns all that is wrong with it. Where the schema has no message of its own, the
 * messages are these and not zod's, which are for whoever wrote the schema.
 *
 * @param noun what a key of the value is called, in "no such option"
 */
export function checked<Data>(
  schema: z.ZodType<Data>,
  value: unknown,
  noun: "option" | "field"
): Checked<Data> {
  const known: KnownKeys = new WeakMap()
  const result = schema.safeParse(value, { error: (issue) => sentenceOf(issue, known) })
  if (result.success) {
    return { success: true, data: result.data }
  }
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, [], noun, known))
  return {
    success: false,
    problems: problems.map(({ path, message }) => ({
      path: pathText(path),
      message: noun === "option" && isUndefinedAt(value, path) ? `${message}. ${notSet}` : message,
    })),
  }
}

/** One line for each, for an error at boot. @param prefix begins each place, such as `payouts` */
export function problemLines(problems: readonly Problem[], prefix = ""): string[] {
  return problems.map(({ path, message }) => {
    const place = [prefix, path].filter((part) => part !== "").join(".")
    return `- ${place === "" ? "options" : place}: ${message}`
  })
}

const notSet =
  "Its value is undefined: is the environment variable set from which medusa-config takes it?"

/** The keys that an object has which was given others, by the very list of those others. */
type KnownKeys = WeakMap<readonly string[], readonly string[]>

type PathAndMessage = { path: readonly PropertyKey[]; message: string }

/** In the place of a sentence that is made of the issue's parts. */
const ofItsParts = "(of its parts)"

/** Zod asks for it where the schema itself has no sentence. */
function sentenceOf(issue: z.core.$ZodRawIssue, known: KnownKeys): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is missing" : `must be ${nounOf(issue.expected)}`
    case "invalid_value": {
      const allowed = issue.values.map((value) => JSON.stringify(value)).join(" or ")
      return issue.input === undefined ? `is missing: it must be ${allowed}` : `must be ${allowed}`
    }
    case "too_small":
      return isOfLength(issue.origin) && issue.minimum === 1
        ? "is empty"
        : withLimit(
            issue.origin,
            issue.inclusive === false ? "more than" : "at least",
            issue.minimum
          )
    case "too_big":
      return withLimit(
        issue.origin,
        issue.inclusive === false ? "less than" : "at most",
        issue.maximum
      )
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`
    case "invalid_format":
      return formats[issue.format] ?? "is not written as it has to be"
    case "unrecognized_keys":
      known.set(issue.keys, keysOf(issue.inst))
      return ofItsParts
    case "invalid_union":
      return issue.discriminator === undefined
        ? ofItsParts
        : `must be ${choicesOf(issue.inst, issue.discriminator)}`
    case "invalid_key":
    case "invalid_element":
      return ofItsParts
    case "custom":
      return "can't be used"
  }
}

const nouns: Readonly<Partial<Record<z.core.$ZodIssueInvalidType["expected"], string>>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  date: "a date",
}

function nounOf(expected: z.core.$ZodIssueInvalidType["expected"]): string {
  return nouns[expected] ?? "of another kind"
}

const formats: Readonly<Partial<Record<string, string>>> = {
  email: "must be an e-mail address",
  url: "must be a full address such as https://shop.example",
  datetime: "must be a time such as 2026-05-01T08:00:00Z",
  date: "must be a date such as 2026-05-01",
}

const counted: Readonly<Partial<Record<string, string>>> = {
  string: "characters",
  array: "entries",
  set: "entries",
}

function isOfLength(origin: string): boolean {
  return counted[origin] !== undefined
}

function withLimit(origin: string, bound: string, limit: number | bigint): string {
  const unit = counted[origin]
  return unit === undefined ? `must be ${bound} ${limit}` : `must have ${bound} ${limit} ${unit}`
}

function keysOf(schema: unknown): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

function choicesOf(schema: unknown, discriminator: string): string {
  const values =
    schema instanceof z.ZodDiscriminatedUnion ? schema._zod.propValues?.[discriminator] : undefined
  return values ? [...values].map((value) => JSON.stringify(value)).join(" or ") : "another one"
}

function problemsOf(
  issue: z.core.$ZodIssue,
  parent: readonly PropertyKey[],
  noun: string,
  known: KnownKeys
): PathAndMessage[] {
  const path = [...parent, ...issue.path]
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `no such ${noun}${didYouMean(key, known.get(issue.keys) ?? [])}`,
    }))
  }
  if (issue.message !== ofItsParts) {
    return [{ path, message: issue.message }]
  }
  switch (issue.code) {
    case "invalid_union": {
      // What comes nearest is what the writer meant: the alternative that was read furthest.
      const [nearest] = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a))
      return nearest?.flatMap((part) => problemsOf(part, path, noun, known)) ?? []
    }
    case "invalid_key": {
      const messages = issue.issues.flatMap((part) => problemsOf(part, [], noun, known))
      return messages.map(({ message }) => ({
        path,
        message: `is no name to be used here: it ${message}`,
      }))
    }
    default:
      return [{ path, message: "can't be used" }]
  }
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length))
}

/** Names that differ in the way they are written alone, or by a slip of the keyboard. */
function didYouMean(key: string, known: readonly string[]): string {
  const [nearest] = known
    .map((name) => ({ name, distance: leven(plain(key), plain(name)) }))
    .sort((a, b) => a.distance - b.distance)
  return nearest && nearest.distance <= (nearest.name.length < 4 ? 1 : 2)
    ? `; did you mean ${nearest.name}?`
    : ""
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "")
}

const longestName = 32

/** A name that is too long for one is not shown: it may be a secret that stands where a name should. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => {
      const name = String(key)
      return name.length > longestName ? `(a name of ${name.length} characters)` : name
    })
    .join(".")
}

/** Whether it stands there without a value, and is not just left out. */
function isUndefinedAt(value: unknown, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1)
  const parent = path.slice(0, -1).reduce<unknown>(propertyOf, value)
  return (
    last !== undefined &&
    typeof parent === "object" &&
    parent !== null &&
    Object.hasOwn(parent, last) &&
    Reflect.get(parent, last) === undefined
  )
}

function propertyOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
