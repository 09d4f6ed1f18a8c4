import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { newsOfReconciliation, notifyAdmins } from "../workflows/notifications"
import { payoutsInUse } from "../workflows/payouts/payout-workflow"

/** Holds once a day what was sent against what the gateways say of it; differences go to the dashboard's feed. */
export default async function reconcilePayouts(container: MedusaContainer): Promise<void> {
  const payouts = await payoutsInUse(container)
  const outcome = await payouts?.reconcileDay()
  if (!outcome || outcome.asked === 0) {
    return
  }
  const { day, asked, agreed, settled, open, unanswered, different } = outcome
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .info(
      `Payouts reconciled for ${day}: ${asked} asked, ${agreed} agreed, ${settled} settled, ${open} open, ` +
        `${unanswered} unanswered, ${different} different`
    )
  if (different > 0) {
    await notifyAdmins(container, newsOfReconciliation(outcome))
  }
}

export const config = {
  name: "reconcile-gateway-payouts",
  schedule: "41 * * * *",
}
