import { MedusaError } from "@medusajs/framework/utils"
import type { Why } from "./refusals"

/** A MedusaError whose code is one of this package's, with the values that the code's words name. */
export class Refusal extends MedusaError {
  readonly details: Why["details"]

  constructor(type: string, message: string, why?: Why) {
    super(type, message, why?.code)
    this.details = why?.details
  }
}

/**
 * Medusa shows the message of `not_allowed` and `invalid_data` to the person who asked, and replaces that of
 * `conflict` by a sentence of its own.
 */
export function notAllowed(message: string, why?: Why): Refusal {
  return new Refusal(MedusaError.Types.NOT_ALLOWED, message, why)
}

export function invalidData(message: string, why?: Why): Refusal {
  return new Refusal(MedusaError.Types.INVALID_DATA, message, why)
}

export function notFound(message: string): Refusal {
  return new Refusal(MedusaError.Types.NOT_FOUND, message, { code: "not_found" })
}

/** @param what names it, such as `payout batch pobat_1`. @throws MedusaError not_found where there is none */
export function existing<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) {
    throw notFound(`There is no ${what}`)
  }
  return value
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
