import type { MedusaContainer } from "@medusajs/framework/types"
import { inBatches } from "../shared/concurrency"
import { payoutsInUse } from "../workflows/payouts/payout-workflow"

const batch = 10

/** Asks the gateways what became of payouts that are under way, and of those whose money may have come back. */
export default async function askAboutPayouts(container: MedusaContainer): Promise<void> {
  const payouts = await payoutsInUse(container)
  if (payouts) {
    await inBatches(batch, (limit) => payouts.refreshDue(limit))
  }
}

export const config = {
  name: "ask-about-gateway-payouts",
  schedule: "*/10 * * * * *",
}
