import type { MedusaContainer } from "@medusajs/framework/types"
import type { GatewayContext } from "../../providers/base/context"
import { refundByItself } from "./refund-by-itself"
import { tellOfUnmatched } from "./tell-of-unmatched"
import { unmatchedOf } from "./unmatched-of"

/** Longer than it takes from the entry to the news of it, in milliseconds. */
const atWorkMs = 60_000

const batch = 50

/** Tells of what was listed by a server that died before it told. */
export async function tellUntold(
  container: MedusaContainer,
  context: GatewayContext,
  providerId: string
): Promise<void> {
  const before = new Date(Date.now() - atWorkMs)
  for (const found of await unmatchedOf(container).untold(providerId, before, batch)) {
    await tellOfUnmatched(container, context, found)
    const order = await context.journal.findOrder(found.reference)
    if (order && found.kind !== "refund_due" && found.kind !== "refund_failed") {
      await refundByItself(container, context, order, found)
    }
  }
}
