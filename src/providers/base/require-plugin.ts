import type { ConfigModule } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { PAYMENT_JOURNAL_MODULE } from "../../modules/payment-journal/module-name"

/**
 * Loaded with every provider of this package, of payments or of payouts. Without the plugin there are no tables to write to and no
 * middlewares to guard the store's routes, so the store must not start.
 *
 * @throws MedusaError with the line to add to medusa-config
 */
export async function requirePlugin({
  container,
}: {
  container: { resolve(key: string): unknown }
}): Promise<void> {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE) as ConfigModule
  if (!config.modules?.[PAYMENT_JOURNAL_MODULE]) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "A provider of medusa-regional-payments is configured, but the plugin itself is not. " +
        'Add { resolve: "medusa-regional-payments", options: {} } to `plugins` in medusa-config ' +
        "and run `npx medusa db:migrate`"
    )
  }
}
