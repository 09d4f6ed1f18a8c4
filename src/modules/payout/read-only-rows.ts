import { MedusaService } from "@medusajs/framework/utils"
import { notAllowed } from "../../shared/errors"
import { PayoutApproval } from "./models/payout-approval"
import { PayoutAuditLine } from "./models/payout-audit-line"
import { PayoutBatch } from "./models/payout-batch"
import { PayoutBeneficiary } from "./models/payout-beneficiary"
import { PayoutBeneficiaryVersion } from "./models/payout-beneficiary-version"
import { PayoutDailyRun } from "./models/payout-daily-run"
import { PayoutFile } from "./models/payout-file"
import { PayoutImport } from "./models/payout-import"
import { PayoutPause } from "./models/payout-pause"
import { PayoutStatement } from "./models/payout-statement"
import { PayoutTransfer } from "./models/payout-transfer"
import { PayoutTransferEvent } from "./models/payout-transfer-event"

const writer = /^(?:create|update|upsert|delete|softDelete|restore)Payout/

type ServiceClass = { prototype: object }

/**
 * Takes away what Medusa gives every model's service to write rows with: a row that is written by it knows no
 * approval, no limit and no event. Reading stays as it is.
 */
function readOnlyRows<Service extends ServiceClass>(service: Service): Service {
  for (const name of Object.getOwnPropertyNames(service.prototype)) {
    if (writer.test(name)) {
      Object.defineProperty(service.prototype, name, {
        value: async () => {
          throw notAllowed(
            `${name} would go around the rules of payouts. Use what the payout module is there for, such as ` +
              "makeTransfer, approveTransfer, changeBeneficiary or the workflows"
          )
        },
      })
    }
  }
  return service
}

/** The rows of payouts for Medusa's queries: reading alone. */
export const PayoutRows = readOnlyRows(
  MedusaService({
    PayoutBeneficiary,
    PayoutBeneficiaryVersion,
    PayoutTransfer,
    PayoutTransferEvent,
    PayoutImport,
    PayoutFile,
    PayoutStatement,
    PayoutBatch,
    PayoutApproval,
    PayoutAuditLine,
    PayoutPause,
    PayoutDailyRun,
  })
)
