import { join } from "node:path"
import { Module } from "@medusajs/framework/utils"
import { keepValuesOutOfErrors } from "../../shared/database-errors"
import { requireTables } from "../../shared/require-tables"
import { PAYMENT_JOURNAL_MODULE } from "./module-name"
import { observeOpenWork, shareGatewayState } from "./loaders"
import { PaymentJournalService } from "./service"

export { PAYMENT_JOURNAL_MODULE }

/** Its type is told by what Medusa's framework exports, because a shop need not have the packages behind it. */
const journalModule: ReturnType<
  typeof Module<typeof PAYMENT_JOURNAL_MODULE, typeof PaymentJournalService>
> = Module(PAYMENT_JOURNAL_MODULE, {
  service: PaymentJournalService,
  loaders: [
    keepValuesOutOfErrors,
    requireTables(join(__dirname, "migrations")),
    observeOpenWork,
    shareGatewayState,
  ],
})

export default journalModule
