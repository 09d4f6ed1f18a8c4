import type { MedusaContainer } from "@medusajs/framework/types"
import { gatewayContextOf, journalOf } from "../../providers/registry"
import { completionFailure, type WorkflowFailure } from "../payment/completion-failure"
import { reviewKnownMoney } from "./review-money"

/**
 * Lists what was paid under a session and could not be made an order, where only a person can settle it: it is sold
 * out, it has no delivery, its variant was deleted, or Medusa let go of the session when it failed to give the money
 * back, so that no try can make the order. What can be tried again is, and is closed by itself where that succeeds.
 *
 * @param failures what Medusa passed over when it had booked the payment
 */
export async function tellOfFailedCompletion(
  container: MedusaContainer,
  sessionId: string,
  failures: readonly WorkflowFailure[]
): Promise<void> {
  const failure = completionFailure(failures)
  if (!failure) {
    return
  }
  for (const { provider_id, reference } of await journalOf(container).ordersOfSession(sessionId)) {
    const context = gatewayContextOf(container, provider_id)?.context
    if (context) {
      await reviewKnownMoney(container, context, reference, failure.isFinal, failure.reason)
    }
  }
}
