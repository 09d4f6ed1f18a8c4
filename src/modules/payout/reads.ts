import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { MedusaService } from "@medusajs/framework/utils"
import { notAllowed } from "../../shared/errors"
import { PayoutAuditLine } from "./models/payout-audit-line"
import { PayoutBatch, PayoutImport } from "./models/payout-batch"
import { PayoutBeneficiary, PayoutBeneficiaryVersion } from "./models/payout-beneficiary"
import { PayoutDailyRun } from "./models/payout-daily-run"
import { PayoutFile, PayoutStatement } from "./models/payout-file"
import { PayoutPause } from "./models/payout-pause"
import { PayoutApproval, PayoutTransfer, PayoutTransferEvent } from "./models/payout-transfer"
import { balanceOf } from "./actions/balance"
import {
  approvalBlockers,
  approvalsOf,
  awaitedOf,
  batchesApprovableBy,
  waitingFor,
} from "./actions/awaited-approvals"
import { beneficiaryHistory } from "./actions/beneficiary-history"
import { shownAccounts } from "./actions/payee"
import { oldKeys } from "./actions/rotate-keys"
import { reviewBatch } from "./actions/review-batch"
import { beneficiariesWithSameAccount } from "./actions/new-account"
import { payoutContext, type PayoutContext, type PayoutCradle } from "./context"
import { batchTotals, batchesOfProviders, waitingBatches } from "./store/batches"
import { moneyOutByDay } from "./store/money-out"
import { presentPause } from "./store/pauses"
import { hasTransfers, transferTotals, waitingForPerson } from "./store/transfer-queries"
import { eventsOf, findTransferBy, reasonCodesOf } from "./store/transfers"

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
const PayoutRows = readOnlyRows(
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

/** What can be asked about payouts; of a gateway its balance alone. What changes them is in service.ts. */
export class PayoutReads extends PayoutRows {
  protected readonly context: PayoutContext
  private inUse: boolean | undefined

  constructor(cradle: PayoutCradle, moduleOptions?: Record<string, unknown>) {
    super(cradle)
    this.context = payoutContext(cradle, moduleOptions)
  }

  /** What stands in `actions/` as a method of the service. */
  protected bound<Given extends unknown[], Result>(
    act: (context: PayoutContext, ...given: Given) => Result
  ): (...given: Given) => Result {
    return (...given) => act(this.context, ...given)
  }

  /** What stands in `store/`. */
  private onDatabase<Given extends unknown[], Result>(
    read: (database: Knex, ...given: Given) => Result
  ): (...given: Given) => Result {
    return (...given) => read(this.context.database, ...given)
  }

  /** How long the masked texts of webhooks are kept, in days. */
  get webhookRetentionDays() {
    return this.context.options.webhookRetentionDays
  }

  /** The option of that name; undefined where every admin may approve. */
  get approvers() {
    return this.context.options.approvers
  }

  /** The options that whoever makes a transfer has to know; none of them names anybody or holds a secret. */
  get rules() {
    const { approval, accountCoolingOffHours, holdFirstPayment, approvalExpiresInDays } =
      this.context.options
    const { twoApproversAbove, limits, timeZone } = this.context.options
    return {
      approval,
      accountCoolingOffHours,
      holdFirstPayment,
      approvalExpiresInDays,
      twoApproversAbove,
      limits,
      timeZone,
    }
  }

  listProviders() {
    return this.context.providers.list()
  }

  /**
   * Whether there is something to see to: a provider in the config, or transfers of one that was there when this server
   * was started.
   */
  async isInUse(): Promise<boolean> {
    this.inUse ??= this.listProviders().length > 0 || (await hasTransfers(this.context.database))
    return this.inUse
  }

  /** @throws MedusaError not_found, naming the ids there are */
  provider(id: string) {
    return this.context.providers.get(id)
  }

  /** @throws MedusaError not_allowed where the gateway does not tell it, or could not be asked */
  retrieveBalance = this.bound(balanceOf)

  /** All that is kept of one, and what they were paid; of accounts the last places. */
  beneficiaryHistory = this.bound(beneficiaryHistory)

  /** The others who have the account of this one: one person twice, or a mistake, or the way around a hold. */
  async beneficiariesWithSameAccount(id: string) {
    return await beneficiariesWithSameAccount(this.context, id)
  }

  /** The keys beside the present one, and what still needs each. */
  oldKeys = this.bound(oldKeys)

  /** What is held, what was edited, what an actor may not approve and who approved already, of a batch as it is now. */
  reviewBatch = this.bound(reviewBatch)

  /** How many transfers batches have and what they add up to, by their ids. */
  batchTotals = this.onDatabase(batchTotals)

  /** The ids of those of which something waits for an approval, what waits longest first. */
  waitingBatches = this.onDatabase(waitingBatches)

  /** The ids of those of which a transfer is paid by one of these providers. */
  batchesOfProviders = this.onDatabase(batchesOfProviders)

  /** How many people have to approve each of these transfers, and who did. */
  approvalsOf = this.bound(approvalsOf)

  /** Why nothing is sent now, since when and by whom; undefined while payouts are sent. */
  sendingPause = this.onDatabase(presentPause)

  async findTransfer(reference: string) {
    return await findTransferBy(this.context.database, { reference })
  }

  /** Oldest first. */
  eventsOf = this.onDatabase(eventsOf)

  /** By which code each of them is as it is; see `src/shared/reasons.ts`. */
  reasonCodes = this.onDatabase(reasonCodesOf)

  /**
   * Those in `manual_review`, and those that are held for a second look.
   *
   * @param limit how many of each, those first that came to it last
   */
  waitingForPerson = this.onDatabase(waitingForPerson)

  /** What transfers add up to, by status and currency, and by provider. */
  totals = this.onDatabase(transferTotals)

  /** What was sent, by day, by what became of it, provider and currency. */
  moneyOut = this.onDatabase(moneyOutByDay)

  /** What accounts transfers pay, with the numbers by their last places, by the id of the beneficiary's version. */
  shownAccounts = this.bound(shownAccounts)

  /** Why an actor may not approve these transfers, by their ids; those that they may are left out. */
  approvalBlockers = this.bound(approvalBlockers)

  /** A page of what waits for this person's approval, or of what they may not approve. */
  awaitedOf = this.bound(awaitedOf)

  /** The ids of the batches of which this person may approve one transfer or more. */
  batchesApprovableBy = this.bound(batchesApprovableBy)

  /** How many batches, and transfers that are in none, wait for this person. */
  waitingFor = this.bound(waitingFor)
}
