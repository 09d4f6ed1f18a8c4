import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { payoutsInUse } from "../workflows/payouts/payout-workflow"

/** Expires transfers that waited too long for their approval, and ends imports that broke off. */
export default async function expirePayoutApprovals(container: MedusaContainer): Promise<void> {
  const payouts = await payoutsInUse(container)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const expired = (await payouts?.expireApprovals()) ?? 0
  if (expired > 0) {
    log.info(`${expired} payouts expired: nobody approved them in time`)
  }
  const broken = (await payouts?.refuseBrokenImports()) ?? 0
  if (broken > 0) {
    log.warn(`${broken} imports of payouts broke off and made nothing: send their files again`)
  }
}

export const config = {
  name: "expire-gateway-payout-approvals",
  schedule: "7 * * * *",
}
