import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { NeededKey } from "../modules/payout/store/keys"
import { inBatches } from "../shared/concurrency"
import { payoutsInUse } from "../workflows/payouts/payout-workflow"

const batch = 100

/** After a change of the key: encrypts anew what an older key still keeps, and says of each older one whether it can go. */
export default async function rotatePayoutKeys(container: MedusaContainer): Promise<void> {
  const payouts = await payoutsInUse(container)
  if (!payouts) {
    return
  }
  await inBatches(batch, (limit) => payouts.rotateKeys(limit))
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  for (const key of await payouts.oldKeys()) {
    log.info(`The key "${key.key_id}" of the option payouts.encryption.keys ${whatNeeds(key)}`)
  }
}

function whatNeeds({ accounts, files, approvals }: NeededKey): string {
  return accounts + files + approvals === 0
    ? "is not needed any more: take it out of the options"
    : `is still needed, for ${accounts} accounts, ${files} files and ${approvals} approvals of what was not sent yet`
}

export const config = {
  name: "rotate-gateway-payout-keys",
  schedule: "37 2 * * *",
}
