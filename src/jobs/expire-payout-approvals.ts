import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { configuredPayouts } from "../workflows/payouts/payout-workflow"

/** Expires transfers that waited too long for their approval. */
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
