import type { MedusaContainer } from "@medusajs/framework/types"
import { inBatches } from "../shared/concurrency"
import { payoutsInUse } from "../workflows/payouts/payout-workflow"

/** So few that balances are asked for anew every few seconds. Each is claimed only when it is about to be sent. */
const batch = 50

/** Sends the payouts that were approved, each once, whichever instance takes it. */
export default async function sendPayouts(container: MedusaContainer): Promise<void> {
  const payouts = await payoutsInUse(container)
  if (payouts) {
    await inBatches(batch, (limit) => payouts.submitDue(limit))
  }
}

export const config = {
  name: "send-gateway-payouts",
  schedule: "*/10 * * * * *",
}
