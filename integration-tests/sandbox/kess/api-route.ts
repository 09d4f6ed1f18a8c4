import { z } from "zod"
import { mediaType } from "../shared/body"
import type { Reply, SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import type { KessContext } from "./context"
import { parseJsonFields } from "./json-fields"
import { Refusal } from "./refusal"
import { refusalReply, successReply } from "./reply"

export interface ApiCall<Shape extends z.ZodRawShape> {
  readonly path: string
  /** Of the one call that is made to get a token. */
  readonly withoutToken?: true
  readonly body: z.ZodObject<Shape>
  /** What stands in `data`. @throws {Refusal} */
  readonly answer: (fields: z.output<z.ZodObject<Shape>>) => object | Promise<object>
}

/** One call of KESS's API: JSON by POST (assumption: the vendor names no method), with a token, answered in JSON. */
export function apiRoute<Shape extends z.ZodRawShape>(
  { settings, tokens }: KessContext,
  call: ApiCall<Shape>
): Route {
  return {
    method: "POST",
    path: call.path,
    handle: async (request): Promise<Reply> => {
      try {
        if (mediaType(request) !== "application/json") {
          throw new Refusal("CONTENT_TYPE_NOT_SUPPORTED")
        }
        if (!call.withoutToken) tokens.check(request.headers.authorization)
        return successReply(await call.answer(readFields(request, call.body)))
      } catch (error) {
        if (error instanceof Refusal) return refusalReply(error, settings())
        throw error
      }
    },
  }
}

function readFields<Shape extends z.ZodRawShape>(
  request: SandboxRequest,
  schema: z.ZodObject<Shape>
): z.output<z.ZodObject<Shape>> {
  const json = parseJsonFields(request.body)
  if ("problem" in json) throw new Refusal("BODY_INVALID", json.problem)
  if ("repeated" in json) throw new Refusal("FIELD_INVALID", `${json.repeated} was sent twice`)
  const missing = Object.entries(schema.shape).find(
    ([name, field]) => !z.safeParse(field, undefined).success && isEmpty(json.fields[name])
  )
  if (missing) throw new Refusal("FIELD_MISSING", missing[0])
  const parsed = schema.safeParse(json.fields)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === "unrecognized_keys") {
    throw new Refusal("FIELD_UNKNOWN", issue.keys.join(", "))
  }
  throw new Refusal("FIELD_INVALID", issue && `${issue.path.join(".")} ${issue.message}`)
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && !value.trim())
}
