import type { MedusaError } from "@medusajs/framework/utils"
import { GatewayError, type SetUpFault } from "../../gateways/shared/errors"
import { isStorable, printableText } from "../../gateways/shared/text"
import { notAllowed } from "../../shared/errors"

// Beside those below, which say what a gateway did; nothing here is a `conflict`.
export { invalidData, notAllowed } from "../../shared/errors"

type ErrorText = { code?: string | null; message?: string | null }

export const gatewayRefused = errorSaying("refused")
export const notReached = errorSaying("could not be reached")
export const outcomeUnknown = errorSaying("has not confirmed it")

/** What happened, the gateway's code and words, our reference, and what to do next. */
function errorSaying(what: string) {
  return (title: string, error: ErrorText, reference: string, advice: string): MedusaError =>
    notAllowed(`${title} ${what}${inBrackets(error)}. Our reference: ${reference}. ${advice}`)
}

/** The gateway's error, in brackets, for a log line or a sentence. */
export function errorInBrackets(error: GatewayError): string {
  return inBrackets(gatewayErrorOf(error))
}

/** The gateway's own code and words; where it said none, what went wrong in ours, which names the code. */
export function gatewayErrorOf(error: GatewayError): { code?: string; message: string } {
  return error.gatewayMessage === undefined
    ? { message: error.message }
    : { code: error.code, message: error.gatewayMessage }
}

/** The same of whatever was thrown. */
export function errorTextOf(error: unknown): { code?: string; message: string } {
  if (error instanceof GatewayError) {
    return gatewayErrorOf(error)
  }
  // A fault of our own: its name is all that can't hold something secret.
  return { message: `the call broke off: ${error instanceof Error ? error.name : typeof error}` }
}

type GatewayWords = { code?: string; message?: string; gatewayId?: string }

/**
 * The same report, with the gateway's words fit for the journal, a log and a sentence: they come as it wrote them, and
 * what no database keeps must not undo the note that money was moved.
 */
export function withPrintableWords<Report extends GatewayWords>(report: Report): Report {
  const { code, message, gatewayId } = report
  return {
    ...report,
    code: printableText(code, longestCode),
    message: printableText(message),
    gatewayId: gatewayId !== undefined && isNumber(gatewayId) ? gatewayId : undefined,
  }
}

const longestCode = 60

/** A number that is kept is compared later: it stays as it is, or is none. */
function isNumber(gatewayId: string): boolean {
  return isStorable(gatewayId) && gatewayId.length <= longestNumber
}

const longestNumber = 200

function inBrackets(gatewayError: ErrorText): string {
  const parts = [gatewayError.code, gatewayError.message].filter((part) => part)
  return parts.length > 0 ? ` (${parts.join(": ")})` : ""
}

/** Which options a fault in the set-up is a matter of, and where their values are found. */
export type SetUpHints = {
  /** The names of the options that the gateway knows the shop by. */
  credentials: readonly string[]
  /** Those of them, or beside them, that webhooks are verified with; absent where none are signed. */
  signedWith?: readonly string[]
  whereCredentials: string
  whereBaseUrl: string
}

/** A provider, of payments or of payouts. */
export type SetUpSubject = { title: string; setUp: SetUpHints }

/**
 * For a shopper, where only the shop's owner can do something about a failure: nothing of what the gateway said, and
 * no word of credentials.
 */
export function notAvailable(title: string, reference: string): Error {
  return notAllowed(
    `${title} is not available now. Nothing was charged. Choose another way to pay. Our reference: ${reference}`
  )
}

/**
 * For the shop's owner, in a log line or an admin's answer: which options of which provider to look at, and where
 * their values are found. Undefined for what is no fault of the set-up.
 *
 * @param providerId Medusa's, such as `pp_mocasa_main`; without it the gateway's name stands there
 */
export function setUpAdvice(
  { title, setUp }: SetUpSubject,
  error: unknown,
  providerId?: string
): string | undefined {
  const fault = error instanceof GatewayError ? error.setUpFault : undefined
  return fault && sentences[fault](title, setUp, providerId ?? `the provider of ${title}`)
}

/** The error of a failed call, for the journal and for admins, with what to set right where that is it. */
export function errorTextForOwner(
  subject: SetUpSubject,
  error: unknown,
  providerId?: string
): { code?: string; message: string } {
  const gatewayError = errorTextOf(error)
  const advice = setUpAdvice(subject, error, providerId)
  return advice ? { ...gatewayError, message: `${gatewayError.message}. ${advice}` } : gatewayError
}

const sentences: Readonly<
  Record<SetUpFault, (title: string, setUp: SetUpHints, provider: string) => string>
> = {
  credentials: (title, { credentials, whereCredentials }, provider) =>
    `${title} was reached and does not accept this shop. Check ${listOf(credentials)} of ${provider} in medusa-config, ` +
    `and that baseUrl is the address that they are for. ${whereCredentials}`,
  address: (title, { whereBaseUrl }, provider) =>
    `What there is at baseUrl does not answer as ${title}. Check baseUrl of ${provider} in medusa-config. ${whereBaseUrl}`,
}

function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? ""
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${last}` : last
}
