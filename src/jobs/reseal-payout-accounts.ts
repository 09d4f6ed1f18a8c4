import type { MedusaContainer } from "@medusajs/framework/types"
import { inBatches } from "../workflows/in-batches"
import { payoutsIfAny } from "../workflows/payout/payouts-of"

const batch = 100

/** After a change of the key: encrypts anew what an older key still keeps, so that the older one can go. */
export default async function resealPayoutAccounts(container: MedusaContainer): Promise<void> {
  const payouts = payoutsIfAny(container)
  // A shop that pays nobody has no key.
  if (payouts && payouts.listProviders().length > 0) {
    await inBatches(batch, (limit) => payouts.resealAccounts(limit))
  }
}

export const config = {
  name: "reseal-gateway-payout-accounts",
  schedule: "37 2 * * *",
}
