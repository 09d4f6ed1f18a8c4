import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { journalRetention } from "../modules/payment-journal/retention"
import { deleteSpentRows } from "../shared/retention"
import { payoutsIfAny } from "../workflows/payouts/payout-workflow"

/** Deletes once a day what the plugin's tables keep no longer; what is money stays. */
export default async function deleteSpentRowsOfAll(container: MedusaContainer): Promise<void> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const deleted = [
    ...(await deleteSpentRows(database, journalRetention, new Date())),
    ...((await payoutsIfAny(container)?.deleteSpentRows()) ?? []),
  ]
  for (const [table, count] of deleted) {
    log.info(`${count} rows of ${table} were deleted, because their time was over`)
  }
}

export const config = {
  name: "delete-spent-gateway-rows",
  schedule: "47 3 * * *",
}
