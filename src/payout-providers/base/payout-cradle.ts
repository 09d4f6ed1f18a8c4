import type { Logger } from "@medusajs/framework/types"

/** What the payout module's container gives a provider. */
export type PayoutCradle = { logger: Pick<Logger, "debug" | "warn"> }
