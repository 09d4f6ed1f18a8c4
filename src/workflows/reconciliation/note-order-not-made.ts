import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayContext } from "../../providers/base/context"
import { reviewKnownMoney } from "../unmatched/review-money"
import { dayMs } from "./next-check"

/**
 * What was paid and could not be made an order for a day, as long as a message is tried, is a person's to
 * settle. It is tried on all the same, and closed by itself where it succeeds.
 */
export async function noteOrderNotMade(
  container: MedusaContainer,
  context: GatewayContext,
  reference: string
): Promise<void> {
  const [first] = await context.journal.moneyOfOrder(reference)
  if (first && Date.now() - first.created_at.getTime() >= dayMs) {
    await reviewKnownMoney(container, context, reference, true)
  }
}
