import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { configuredPayouts } from "../workflows/payouts/payout-workflow"

/** Nobody is to approve what somebody asked for long ago. */
export default async function expirePayoutApprovals(container: MedusaContainer): Promise<void> {
  const expired = (await configuredPayouts(container)?.expireApprovals()) ?? 0
  if (expired > 0) {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .info(`${expired} payouts expired: nobody approved them in time`)
  }
}

export const config = {
  name: "expire-gateway-payout-approvals",
  schedule: "7 * * * *",
}
