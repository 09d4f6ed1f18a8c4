import { MedusaError } from "@medusajs/framework/utils"

/**
 * Medusa shows the message of `not_allowed` and `invalid_data` to the person who asked, and replaces that of
 * `conflict` by a sentence of its own.
 */
export function notAllowed(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.NOT_ALLOWED, message)
}

export function invalidData(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.INVALID_DATA, message)
}

export function notFound(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.NOT_FOUND, message)
}

/** An error's message, for a log line; "unknown error" for what was thrown and is no Error. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : "unknown error"
}

/** The same of all that failed in a workflow. It hands on copies of errors, without their class. */
export function failureMessages(
  failures: readonly { error?: { message?: string } | null }[]
): string {
  return failures.map(({ error }) => error?.message ?? "unknown error").join("; ")
}
