import { MedusaError } from "@medusajs/framework/utils"
import { GatewayError } from "../../gateways/shared/gateway-error"

/**
 * Medusa shows the message of `not_allowed` and `invalid_data` to the person who asked, and replaces that
 * of `conflict` by a sentence of its own; so nothing here is a `conflict`.
 */
export function notAllowed(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.NOT_ALLOWED, message)
}

export function invalidData(message: string): MedusaError {
  return new MedusaError(MedusaError.Types.INVALID_DATA, message)
}

/** A sentence with the gateway's code and words, our reference, and what to do next. */
export function gatewayRefused(
  title: string,
  error: { code?: string | null; message?: string | null },
  reference: string,
  advice: string
): MedusaError {
  return notAllowed(`${title} refused${words(error)}. Our reference: ${reference}. ${advice}`)
}

export function outcomeUnknown(
  title: string,
  error: { code?: string | null; message?: string | null },
  reference: string,
  advice: string
): MedusaError {
  return notAllowed(
    `${title} has not confirmed it${words(error)}. Our reference: ${reference}. ${advice}`
  )
}

/** The gateway's own code and words, in brackets, or nothing. */
export function words(said: { code?: string | null; message?: string | null }): string {
  const parts = [said.code, said.message].filter((part) => part)
  return parts.length > 0 ? ` (${parts.join(": ")})` : ""
}

/** What a gateway call said when it failed; anything else that was thrown is passed on. */
export function gatewayWords(error: unknown): { code?: string; message?: string } {
  if (error instanceof GatewayError) {
    return { code: error.code, message: error.gatewayMessage ?? error.message }
  }
  throw error
}
