import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { providersToReconcile } from "../modules/payment-journal/repositories/open-work"
import { configuredProviderIds } from "../providers/registry"
import { startReconciliation } from "../workflows/reconciliation/reconcile-payments"

/**
 * Finds what was paid without a webhook, and what became of operations whose answer was lost. Where nothing is due, which
 * is most of the time, that is one statement, and a run over all providers every five minutes.
 */
export default async function reconcilePayments(container: MedusaContainer): Promise<void> {
  const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const providerIds = await providersToReconcile(database, configuredProviderIds(config))
  if (!providerIds) {
    return
  }
  const { ended } = await startReconciliation(container, { providerIds })
  const { checked, settled, failed, unmatched, chargebacks, errors, given_up } = await ended
  if (checked > 0) {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .info(
        `Payments reconciled: ${checked} checked, ${settled} settled, ${failed} failed, ${unmatched} unmatched, ` +
          `${chargebacks} charged back, ${errors} errors, ${given_up} given up`
      )
  }
}

export const config = {
  name: "reconcile-gateway-payments",
  schedule: "*/30 * * * * *",
}
