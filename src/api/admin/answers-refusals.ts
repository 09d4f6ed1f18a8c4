import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { refusals } from "../../shared/refusals"

/**
 * The handler of a route that can refuse: its answer says why by one of the codes in `src/shared/refusals.ts`, with the values
 * that belong to the code's words, which Medusa's own answer to an error leaves out. Of a MedusaError `conflict`, Medusa
 * even replaces the message, by one about idempotency keys: here it is 409 with its own.
 *
 * @throws what `handler` throws where this package has no code for it
 */
export function answersRefusals<Body>(
  handler: (req: AuthenticatedMedusaRequest<Body>, res: MedusaResponse) => Promise<void>
) {
  return async (req: AuthenticatedMedusaRequest<Body>, res: MedusaResponse): Promise<void> => {
    try {
      await handler(req, res)
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal === undefined || res.headersSent) {
        throw error
      }
      const { status, ...body } = refusal
      req.scope.resolve(ContainerRegistrationKeys.LOGGER).info(body.message)
      res.status(status).json(body)
    }
  }
}

/** What a workflow on the row in a route's path is given: what the body says, the id, and who asks. */
export type ActionInput<Body> = Body & { id: string; actor: string }

export type ActionWorkflow<Body> = (container: MedusaContainer) => {
  run: (options: { input: ActionInput<Body> }) => Promise<unknown>
}

export function actionInput<Body>(req: AuthenticatedMedusaRequest<Body>): ActionInput<Body> {
  return { ...req.validatedBody, id: String(req.params.id), actor: req.auth_context.actor_id }
}

type RefusalAnswer = {
  status: number
  type: string
  message: string
  code?: string
  details?: Record<string, string>
}

/** A workflow hands on a copy of what its step threw, without its class: it is known by its fields. */
export function refusalOf(error: unknown): RefusalAnswer | undefined {
  const read = thrown.safeParse(error)
  if (!read.success) {
    return undefined
  }
  const { type, message, code, details } = read.data
  const isOurs = typeof code === "string" && Object.hasOwn(refusals, code)
  return isOurs || type === "conflict"
    ? { status: statuses[type], type, message, ...(isOurs ? { code, details: details ?? {} } : {}) }
    : undefined
}

/** The types that refuse, with Medusa's own statuses for them. */
const statuses = {
  invalid_data: 400,
  not_allowed: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
} as const

const thrown = z.object({
  type: z.enum(["invalid_data", "not_allowed", "forbidden", "not_found", "conflict"]),
  message: z.string(),
  code: z.unknown(),
  details: z.record(z.string(), z.string()).optional(),
})
