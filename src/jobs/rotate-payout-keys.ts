import type { MedusaContainer } from "@medusajs/framework/types"
import { inBatches } from "../shared/concurrency"
import { payoutsInUse } from "../workflows/payouts/payout-workflow"

const batch = 100

/** After a change of the key: encrypts anew what an older key still keeps, so that the older one can go. */
export default async function rotatePayoutKeys(container: MedusaContainer): Promise<void> {
  const payouts = await payoutsInUse(container)
  if (payouts) {
    await inBatches(batch, (limit) => payouts.rotateKeys(limit))
  }
}

export const config = {
  name: "rotate-gateway-payout-keys",
  schedule: "37 2 * * *",
}
