import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { beneficiaryAnswer, transferAnswer } from "./answers"

/** What a workflow on one row is given: what the body says, the id in the path, and who asks. */
type ActionInput<Body> = Body & { id: string; actor: string }

/** Resolves when the workflow is done; what it returns is not looked at. */
type Action<Body> = (container: MedusaContainer, input: ActionInput<Body>) => Promise<unknown>

/** The handler of a route that does something to the transfer in its path and answers with it, as it is then. */
export function onTransfer<Body extends object = object>(act: Action<Body>) {
  return async (req: AuthenticatedMedusaRequest<Body>, res: MedusaResponse): Promise<void> => {
    await withClearConflict(act(req.scope, inputOf(req)))
    res.json(await transferAnswer(req.scope, String(req.params.id)))
  }
}

/** The same for a beneficiary. */
export function onBeneficiary<Body extends object = object>(act: Action<Body>) {
  return async (req: AuthenticatedMedusaRequest<Body>, res: MedusaResponse): Promise<void> => {
    await withClearConflict(act(req.scope, inputOf(req)))
    res.json(await beneficiaryAnswer(req.scope, String(req.params.id)))
  }
}

function inputOf<Body extends object>(req: AuthenticatedMedusaRequest<Body>): ActionInput<Body> {
  return { ...req.validatedBody, id: String(req.params.id), actor: req.auth_context.actor_id }
}

/**
 * What a workflow or the module answers; where the state of a transfer forbids it, the person who asked reads
 * why. A workflow hands on a copy of what its step threw, without its class: it is known by its type.
 *
 * @throws what `work` throws, and an error that is answered with 409 in place of a MedusaError `conflict`
 */
export async function withClearConflict<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw isConflict(error) ? new ClearConflict(error.message, { cause: error }) : error
  }
}

/**
 * HTTP 409 with a message of its own. Medusa replaces the message of a MedusaError `conflict` by one about
 * idempotency keys; it keeps that of an HTTP error, which it knows by these three fields (as of its
 * body parser, by the npm package http-errors).
 */
class ClearConflict extends Error {
  readonly expose = true
  readonly status = 409
  readonly statusCode = 409
}

function isConflict(error: unknown): error is { message: string } {
  return (
    typeof error === "object" &&
    error !== null &&
    "type" in error &&
    error.type === MedusaError.Types.CONFLICT &&
    "message" in error &&
    typeof error.message === "string"
  )
}
