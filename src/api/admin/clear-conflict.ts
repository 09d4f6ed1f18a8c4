import { MedusaError } from "@medusajs/framework/utils"

/**
 * What a workflow or the module answers; where the state of a thing forbids it, the person who asked reads
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
