import type { MedusaContainer } from "@medusajs/framework/types"
import { inBatches } from "../shared/concurrency"
import { configuredPayouts } from "../workflows/payouts/payout-workflow"

const batch = 100

/** After a change of the key: encrypts anew what an older key still keeps, so that the older one can go. */
export default async function resealPayoutAccounts(container: MedusaContainer): Promise<void> {
  const payouts = configuredPayouts(container)
  if (payouts) {
    await inBatches(batch, (limit) => payouts.resealAccounts(limit))
  }
}

export const config = {
  name: "reseal-gateway-payout-accounts",
  schedule: "37 2 * * *",
}
