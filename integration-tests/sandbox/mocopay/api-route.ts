import { z } from "zod"
import { jsonReply, type Reply, type SandboxRequest } from "../shared/http-message"
import type { Route } from "../shared/router"
import { checkSignature } from "./authorization"
import type { MocopayContext } from "./context"
import { refusalReply } from "./reply"
import { Refusal } from "./refusal"

export const text = z.string().regex(/\S/, "must not be empty")

export interface ApiCall<Shape extends z.ZodRawShape> {
  readonly method: "GET" | "POST"
  readonly path: string
  readonly parameters: z.ZodObject<Shape>
  /** The JSON of the answer. @throws {Refusal} */
  readonly answer: (parameters: z.output<z.ZodObject<Shape>>) => object
}

/** One call of MoCoPay's API: parameters in the query whatever the method, signed, answered with bare JSON. */
export function apiRoute<Shape extends z.ZodRawShape>(
  { credentials, settings }: Pick<MocopayContext, "credentials" | "settings">,
  call: ApiCall<Shape>
): Route {
  return {
    method: call.method,
    path: call.path,
    mayEndWithSlash: true,
    handle: (request): Reply => {
      try {
        requireJsonAccepted(request)
        if (request.body.length > 0) throw new Refusal("BODY_NOT_EMPTY")
        checkSignature(request, credentials, settings())
        return jsonReply(200, call.answer(readParameters(request.query, call.parameters)))
      } catch (error) {
        if (error instanceof Refusal) return refusalReply(error)
        throw error
      }
    },
  }
}

/** The vendor's examples send `Accept: application/json, application/*+json`. */
function requireJsonAccepted({ headers }: SandboxRequest): void {
  const types = (headers.accept ?? "").split(",").map((type) => type.split(";", 1)[0]?.trim())
  if (!types.includes("application/json")) throw new Refusal("NOT_ACCEPTABLE")
}

function readParameters<Shape extends z.ZodRawShape>(
  query: URLSearchParams,
  schema: z.ZodObject<Shape>
): z.output<z.ZodObject<Shape>> {
  const given = new Map<string, string>()
  for (const [name, value] of query) {
    if (given.has(name)) throw new Refusal("PARAM_INVALID", `${name} was sent twice`)
    if (name !== "signature") given.set(name, value)
  }
  const missing = Object.entries(schema.shape).find(
    ([name, field]) => !z.safeParse(field, undefined).success && !given.get(name)?.trim()
  )
  if (missing) throw new Refusal("PARAM_MISSING", missing[0])
  const parsed = schema.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === "unrecognized_keys") throw new Refusal("PARAM_UNKNOWN", issue.keys.join(", "))
  throw new Refusal("PARAM_INVALID", issue && `${issue.path.join(".")} ${issue.message}`)
}
