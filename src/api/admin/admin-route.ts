import {
  type AuthenticatedMedusaRequest,
  type MedusaNextFunction,
  type MedusaRequest,
  type MedusaResponse,
  type MiddlewareRoute,
  validateAndTransformQuery,
} from "@medusajs/framework/http"
import type { z } from "@medusajs/framework/zod"
import { invalidData } from "../../shared/errors"
import { checked } from "../../shared/validation"
import { actorOf } from "../../workflows/actors"

/** A route of this plugin as `docs/openapi.json` describes it. */
export type DocumentedRoute = {
  method: "GET" | "POST" | "DELETE"
  /** As Medusa's router has it: `/admin/payouts/transfers/:id`. */
  path: string
  summary: string
  description: string
  query?: z.ZodObject
  body?: z.ZodType
  /** What it answers where nothing is wrong: JSON by this schema, a CSV file, or a file of another kind. */
  answer: z.ZodType | "csv" | "file"
  /** 200 unless it is said here. */
  status?: number
  /** Another status that it answers with in the same form. */
  otherStatus?: number
  /** Besides those that every route can answer with. */
  errors?: readonly (404 | 409 | 422)[]
}

/**
 * An admin route: its guards and its documentation stand in one place, so that they agree. Its
 * handler stands in the `route.ts` of its path.
 */
export type AdminRoute = DocumentedRoute & {
  /** What a role needs; see src/policies. Checked only with Medusa's flag `rbac`. */
  policies: [{ resource: string; operation: string }]
  /** How Medusa reads `query`, where there is one. */
  queryConfig?: Parameters<typeof validateAndTransformQuery>[1]
  bodyParser?: MiddlewareRoute["bodyParser"]
  /** The header `Idempotency-Key` counts as a field of the body. */
  takesIdempotencyKey?: boolean
}

/** What Medusa runs before the handler of a route: who asks, then what they ask for. */
export function middlewaresOf(route: AdminRoute): MiddlewareRoute {
  const { method, path, policies, query, queryConfig = {}, body, bodyParser } = route
  return {
    method: [method],
    matcher: path,
    policies,
    ...(bodyParser === undefined ? {} : { bodyParser }),
    middlewares: [
      livingActor,
      ...(route.takesIdempotencyKey ? [idempotencyKey] : []),
      ...(query ? [validateAndTransformQuery(query, queryConfig)] : []),
      ...(body ? [validBody(body)] : []),
    ],
  }
}

/** A token outlives the admin it was given to, until it expires: whoever is not there any more gets no answer (401). */
export async function livingActor(
  req: AuthenticatedMedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  try {
    await actorOf(req.scope, req.auth_context.actor_id)
  } catch (error) {
    next(error)
    return
  }
  next()
}

/**
 * Copies the header `Idempotency-Key` into the body's `idempotency_key`, where the body's own checks see it. Two
 * that differ are refused, because nobody can know which one was meant.
 */
export function idempotencyKey(
  req: MedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction
): void {
  const header = req.get("idempotency-key")
  const body: unknown = req.body
  if (header === undefined || typeof body !== "object" || body === null) {
    next()
    return
  }
  const given: unknown = Reflect.get(body, "idempotency_key")
  if (given !== undefined && given !== header) {
    next(
      invalidData(
        "The header Idempotency-Key and the body's idempotency_key differ; send one of them"
      )
    )
    return
  }
  req.body = { ...body, idempotency_key: header }
  next()
}

/**
 * In place of Medusa's `validateAndTransformBody`, which repeats the value that is wrong: that can be an account or
 * an identity number here, and errors go to the log. This one names the field and what is wrong with it.
 */
export function validBody(schema: z.ZodType) {
  return (req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void => {
    const result = checked(schema, req.body ?? {}, "field")
    if (result.success) {
      req.validatedBody = result.data
      next()
      return
    }
    const faults = result.problems.map(({ path, message }) =>
      path === "" ? message : `${path}: ${message}`
    )
    next(
      invalidData(`This can't be accepted: ${faults.join("; ")}`, {
        code: "invalid_input",
        details: { problems: faults.join("; ") },
      })
    )
  }
}
