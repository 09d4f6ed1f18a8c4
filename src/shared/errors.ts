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
