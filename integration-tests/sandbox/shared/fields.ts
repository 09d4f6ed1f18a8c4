import { z } from "zod"

/** What may be wrong with a field of a call; each gateway has its own words for it. */
type FieldProblem = "MISSING" | "UNKNOWN" | "INVALID"

/**
 * The fields of a call as its schema reads them. One that is missing or empty is told of before any that is wrong.
 *
 * @param refuse makes the gateway's "no"; `detail` names the field
 */
export function readFields<Shape extends z.ZodRawShape>(
  given: Readonly<Record<string, unknown>>,
  schema: z.ZodObject<Shape>,
  refuse: (problem: FieldProblem, detail?: string) => Error
): z.output<z.ZodObject<Shape>> {
  const missing = Object.entries(schema.shape).find(
    ([name, field]) => !z.safeParse(field, undefined).success && isEmpty(given[name])
  )
  if (missing) throw refuse("MISSING", missing[0])
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === "unrecognized_keys") throw refuse("UNKNOWN", issue.keys.join(", "))
  throw refuse("INVALID", issue && `${issue.path.join(".")} ${issue.message}`)
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && !value.trim())
}
