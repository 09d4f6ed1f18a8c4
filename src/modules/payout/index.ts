import { join } from "node:path"
import { Module } from "@medusajs/framework/utils"
import { keepValuesOutOfErrors } from "../../shared/database-errors"
import { requireTables } from "../../shared/require-tables"
import { loadPayoutProviders } from "./load-providers"
import { PAYOUT_MODULE } from "./provider"
import { requireApprovers } from "./require-approvers"
import { PayoutModuleService } from "./service"

export { PAYOUT_MODULE }
export type { WebhookMessage, WebhookReport } from "../../gateways/shared/webhook"
export type * from "./domain/beneficiary"
export type * from "./domain/import"
export type * from "./domain/payout-file"
export type * from "./domain/statement"
export * from "./provider"
export type { PayoutProviderInfo } from "./load-providers"
export type { Actor } from "./actor"
export type { PayoutModuleService } from "./service"
export type * from "./domain/transfer"
export type { TransferState } from "./domain/state"

/** Its type is told by what Medusa's framework exports, because a shop need not have the packages behind it. */
const payoutModule: ReturnType<typeof Module<typeof PAYOUT_MODULE, typeof PayoutModuleService>> =
  Module(PAYOUT_MODULE, {
    service: PayoutModuleService,
    loaders: [
      keepValuesOutOfErrors,
      requireTables(join(__dirname, "migrations")),
      requireApprovers,
      loadPayoutProviders,
    ],
  })

export default payoutModule
