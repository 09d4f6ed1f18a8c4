import { join } from "node:path"
import { Module } from "@medusajs/framework/utils"
import { requireTables } from "../../shared/require-tables"
import { PAYMENT_JOURNAL_MODULE } from "./module-name"
import { observeOpenWork } from "./observe-open-work"
import { PaymentJournalService } from "./service"

export { PAYMENT_JOURNAL_MODULE }

export default Module(PAYMENT_JOURNAL_MODULE, {
  service: PaymentJournalService,
  loaders: [requireTables(join(__dirname, "migrations")), observeOpenWork],
})
