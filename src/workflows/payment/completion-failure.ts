import { MedusaError } from "@medusajs/framework/utils"

/** Why Medusa could not make the order of a paid cart. */
export type CompletionFailure = {
  /** For a person: Medusa's own words, or the error's name where its words may hold what nobody should read. */
  reason: string
  /** Time alone does not mend it: only a person, or a change of the shop's, can. */
  isFinal: boolean
}

/** As a workflow of Medusa's gives it back; errors that crossed a workflow are plain objects. */
export type WorkflowFailure = { action: string; error?: unknown }

/** The step of `processPaymentWorkflow` that completes the cart, and whose failure core passes over. */
const completion = "complete-cart-after-payment-step"

/**
 * What core's completion says of a cart: sold out (`not_allowed`), no delivery, no lines, a provider that its region
 * lacks (`invalid_data`), something that was deleted (`not_found`).
 */
const finalTypes: readonly string[] = [
  MedusaError.Types.INVALID_DATA,
  MedusaError.Types.INVALID_ARGUMENT,
  MedusaError.Types.NOT_ALLOWED,
  MedusaError.Types.NOT_FOUND,
]

/** Core reads a row that is gone: a cart's variant that was deleted. */
const finalNames: readonly string[] = ["TypeError"]

/** The same type, but it is the gateway that does not confirm the payment yet. */
const notAuthorized = /was not authorized with the provider/

/**
 * Tells what only a person can settle from what passes: locks, the database and the network, and whatever is not
 * known. Undefined where the completion was not what failed.
 *
 * Assumption: the types, names and words are those of core-flows 2.21. What another version says otherwise counts
 * as passing, and is told when it was tried for long enough.
 */
export function completionFailure(
  failures: readonly WorkflowFailure[]
): CompletionFailure | undefined {
  const failure = failures.find(({ action }) => action === completion)
  if (!failure) {
    return undefined
  }
  const { name, message, type } = partsOf(failure.error)
  if (finalTypes.includes(type) && !notAuthorized.test(message)) {
    return { reason: message, isFinal: true }
  }
  if (finalNames.includes(name)) {
    const reason = `something that the cart needs was deleted (${name}: ${message})`
    return { reason, isFinal: true }
  }
  return { reason: `something failed that passes (${name || "unknown error"})`, isFinal: false }
}

function partsOf(error: unknown): { name: string; message: string; type: string } {
  const parts: { name?: unknown; message?: unknown; type?: unknown } =
    typeof error === "object" && error !== null ? error : {}
  const textOf = (part: unknown) => (typeof part === "string" ? part : "")
  return { name: textOf(parts.name), message: textOf(parts.message), type: textOf(parts.type) }
}
