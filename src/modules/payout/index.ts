import { join } from "node:path"
import { Module } from "@medusajs/framework/utils"
import { requireTables } from "../../shared/require-tables"
import { loadPayoutProviders } from "./loaders/providers"
import { PAYOUT_MODULE } from "./module-name"
import { PayoutModuleService } from "./service"

export { PAYOUT_MODULE }
export type { WebhookMessage, WebhookReading } from "../../gateways/shared/webhook"
export type * from "./beneficiary"
export type * from "./payout-import"
export * from "./payout-provider"
export type { PayoutProviderInfo } from "./payout-providers"
export type { Actor } from "./payouts"
export type { PayoutModuleService } from "./service"
export type * from "./transfer"
export type { TransferState } from "./transfer-state"

export default Module(PAYOUT_MODULE, {
  service: PayoutModuleService,
  loaders: [requireTables(join(__dirname, "migrations")), loadPayoutProviders],
})
