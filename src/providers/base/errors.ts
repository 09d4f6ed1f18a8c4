import { GatewayError } from "../../gateways/shared/errors"
import { notAllowed } from "../../shared/medusa-error"

// Beside those below, which say what a gateway did; nothing here is a `conflict`.
export { invalidData, notAllowed } from "../../shared/medusa-error"

type Said = { code?: string | null; message?: string | null }

/** What happened, the gateway's code and words, our reference, and what to do next. */
export function gatewayRefused(title: string, said: Said, reference: string, advice: string) {
  return notAllowed(`${title} refused${inBrackets(said)}. Our reference: ${reference}. ${advice}`)
}

export function notReached(title: string, said: Said, reference: string, advice: string) {
  return notAllowed(
    `${title} could not be reached${inBrackets(said)}. Our reference: ${reference}. ${advice}`
  )
}

export function outcomeUnknown(title: string, said: Said, reference: string, advice: string) {
  return notAllowed(
    `${title} has not confirmed it${inBrackets(said)}. Our reference: ${reference}. ${advice}`
  )
}

/** What a failed call said, in brackets, for a log line or a sentence. */
export function words(error: GatewayError): string {
  return inBrackets(saidBy(error))
}

/** The gateway's own code and words; where it said none, what went wrong in ours, which names the code. */
export function saidBy(error: GatewayError): { code?: string; message: string } {
  return error.gatewayMessage === undefined
    ? { message: error.message }
    : { code: error.code, message: error.gatewayMessage }
}

/** The same of whatever was thrown. */
export function saidByAny(error: unknown): { code?: string; message: string } {
  if (error instanceof GatewayError) {
    return saidBy(error)
  }
  // A fault of our own: its name is all that can't hold something secret.
  return { message: `the call broke off: ${error instanceof Error ? error.name : typeof error}` }
}

function inBrackets(said: Said): string {
  const parts = [said.code, said.message].filter((part) => part)
  return parts.length > 0 ? ` (${parts.join(": ")})` : ""
}
