import type { MedusaContainer } from "@medusajs/framework/types"
import { notInFeed, notifyAdmins, newsOfWaiting } from "../workflows/notifications"
import { tellOfUselessApprovers } from "../workflows/payouts/useless-approvers"
import { payoutsInUse } from "../workflows/payouts/payout-workflow"

/** Of each kind, the last ones to come to it; when people have seen to these, others come into sight. */
const mostLookedAt = 500
const mostTold = 100

/**
 * Puts payouts that wait for a person into the dashboard's feed: those whose event was lost, because a server died
 * after the commit, and those that are held for a second look, which has no event. Into the log, approvers by an e-mail
 * that names nobody.
 */
export default async function tellOfWaitingPayouts(container: MedusaContainer): Promise<void> {
  const payouts = await payoutsInUse(container)
  if (!payouts) {
    return
  }
  await tellOfUselessApprovers(container)
  const waiting = await payouts.waitingForPerson(mostLookedAt)
  const missing = await notInFeed(container, waiting.map(newsOfWaiting))
  for (const item of missing.slice(0, mostTold)) {
    await notifyAdmins(container, item)
  }
}

export const config = {
  name: "tell-of-waiting-gateway-payouts",
  schedule: "*/5 * * * *",
}
