import type { MedusaContainer } from "@medusajs/framework/types"
import { newsOfDigest, notifyAdmins } from "../workflows/notifications"
import { payoutsInUse } from "../workflows/payouts/payout-workflow"

/** Puts once a day into the dashboard's feed what waits for people: approvals, what expires soon, what failed. */
export default async function tellDailyDigestOfPayouts(container: MedusaContainer): Promise<void> {
  const payouts = await payoutsInUse(container)
  const digest = await payouts?.dailyDigest()
  if (digest) {
    await notifyAdmins(container, newsOfDigest(digest))
  }
}

export const config = {
  name: "tell-daily-digest-of-gateway-payouts",
  schedule: "11 * * * *",
}
