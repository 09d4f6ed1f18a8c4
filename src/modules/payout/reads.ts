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
import type { Actor } from "./actor"
import { payoutContext, type PayoutContext, type PayoutCradle } from "./context"
import type { AwaitedQuestion } from "./store/awaited-approvals"
import { batchTotals, batchesOfProviders, waitingBatches } from "./store/batches"
import { moneyOutByDay, type MoneyOutDays } from "./store/money-out"
import { presentPause } from "./store/pauses"
import {
  hasTransfers,
  type TransferFilters,
  transferTotals,
  waitingForPerson,
} from "./store/transfer-queries"
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
  async retrieveBalance(providerId: string) {
    return await balanceOf(this.context, providerId)
  }

  /** All that is kept of one, and what they were paid; of accounts the last places. */
  async beneficiaryHistory(id: string) {
    return await beneficiaryHistory(this.context, id)
  }

  /** The others who have the account of this one: one person twice, or a mistake, or the way around a hold. */
  async beneficiariesWithSameAccount(id: string) {
    return await beneficiariesWithSameAccount(this.context, id)
  }

  /** The keys beside the present one, and what still needs each. */
  async oldKeys() {
    return await oldKeys(this.context)
  }

  /** What is held, what was edited, what an actor may not approve and who approved already, of a batch as it is now. */
  async reviewBatch(id: string, actor: Actor) {
    return await reviewBatch(this.context, id, actor)
  }

  /** How many transfers batches have and what they add up to, by their ids. */
  async batchTotals(ids: readonly string[]) {
    return await batchTotals(this.context.database, ids)
  }

  /** The ids of those of which something waits for an approval, what waits longest first. */
  async waitingBatches() {
    return await waitingBatches(this.context.database)
  }

  /** The ids of those of which a transfer is paid by one of these providers. */
  async batchesOfProviders(providerIds: readonly string[]) {
    return await batchesOfProviders(this.context.database, providerIds)
  }

  /** How many people have to approve each of these transfers, and who did. */
  async approvalsOf(ids: readonly string[]) {
    return await approvalsOf(this.context, ids)
  }

  /** Why nothing is sent now, since when and by whom; undefined while payouts are sent. */
  async sendingPause() {
    return await presentPause(this.context.database)
  }

  async findTransfer(reference: string) {
    return await findTransferBy(this.context.database, { reference })
  }

  /** Oldest first. */
  async eventsOf(transferId: string) {
    return await eventsOf(this.context.database, transferId)
  }

  /** By which code each of them is as it is; see `src/shared/reasons.ts`. */
  async reasonCodes(transferIds: readonly string[]) {
    return await reasonCodesOf(this.context.database, transferIds)
  }

  /**
   * Those in `manual_review`, and those that are held for a second look.
   *
   * @param limit how many of each, those first that came to it last
   */
  async waitingForPerson(limit: number) {
    return await waitingForPerson(this.context.database, limit)
  }

  /** What transfers add up to, by status and currency, and by provider. */
  async totals(filters: TransferFilters) {
    return await transferTotals(this.context.database, filters)
  }

  /** What was sent, by day, by what became of it, provider and currency. */
  async moneyOut(filters: TransferFilters, days: MoneyOutDays) {
    return await moneyOutByDay(this.context.database, filters, days)
  }

  /** What accounts transfers pay, with the numbers by their last places, by the id of the beneficiary's version. */
  async shownAccounts(paid: readonly { provider_id: string; beneficiary_version_id: string }[]) {
    return await shownAccounts(this.context, paid)
  }

  /** Why an actor may not approve these transfers, by their ids; those that they may are left out. */
  async approvalBlockers(ids: readonly string[], actor: Actor) {
    return await approvalBlockers(this.context, ids, actor)
  }

  /** A page of what waits for this person's approval, or of what they may not approve. */
  async awaitedOf(actor: Actor, question: AwaitedQuestion) {
    return await awaitedOf(this.context, actor, question)
  }

  /** The ids of the batches of which this person may approve one transfer or more. */
  async batchesApprovableBy(actor: Actor) {
    return await batchesApprovableBy(this.context, actor)
  }

  /** How many batches, and transfers that are in none, wait for this person. */
  async waitingFor(actor: Actor) {
    return await waitingFor(this.context, actor)
  }
}
