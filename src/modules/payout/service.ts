import { deleteSpentRows } from "../../shared/retention"
import { approveTransfer } from "./actions/approve"
import { balanceOf } from "./actions/balance"
import { approveBatch, type BatchApproval } from "./actions/approve-batch"
import {
  approvableBy,
  approvalBlockers,
  approvalsOf,
  waitingFor,
} from "./actions/awaited-approvals"
import { makeBatch, type NewBatch, rejectBatch, withdrawBatch } from "./actions/batches"
import {
  addBeneficiary,
  changeBeneficiary,
  decideBeneficiary,
  disableBeneficiary,
  revealAccount,
} from "./actions/beneficiaries"
import { beneficiaryHistory } from "./actions/beneficiary-history"
import { makeTransfer } from "./actions/create"
import { dailyDigest } from "./actions/digest"
import { eraseBeneficiary } from "./actions/erase-beneficiary"
import { expireApprovals } from "./actions/expire-approvals"
import { downloadFile, type FileDecision, resolveFile } from "./actions/files"
import { makeFiles } from "./actions/make-files"
import {
  checkImport,
  endImportByHand,
  importTransfers,
  refuseBrokenImports,
} from "./actions/imports"
import { changeTransferFields, type CustomerChange, noteCustomer } from "./actions/own-fields"
import { shownAccounts } from "./actions/payee"
import { oldKeys, rotateKeys } from "./actions/rotate-keys"
import { pauseSending, resumeSending } from "./actions/pause"
import { reconcileDay } from "./actions/reconcile"
import { refreshDue, refreshTransfer } from "./actions/refresh"
import { cancelTransfer, rejectTransfer } from "./actions/reject"
import { resolveTransfer } from "./actions/resolve"
import { retryTransfer } from "./actions/retry"
import { reviewBatch } from "./actions/review-batch"
import { beneficiariesWithSameAccount } from "./actions/new-account"
import { submitDue, submitTransfer } from "./actions/send"
import { checkStatement, importStatement, type StatementFile } from "./actions/statements"
import type { Actor } from "./actor"
import { payoutContext, type PayoutContext, type PayoutCradle } from "./context"
import type { SeenBatch } from "./domain/batch"
import type { BeneficiaryChange, BeneficiaryDecision, NewBeneficiary } from "./domain/beneficiary"
import type { ImportLine, ImportLineProblem, NewPayoutImport } from "./domain/import"
import type { OwnFields } from "./domain/own-fields"
import type { WantedFiles } from "./domain/payout-file"
import {
  type NewTransfer,
  readTransferRequest,
  type TransferApproval,
  type TransferDecision,
} from "./domain/transfer"
import { PayoutRows } from "./read-only-rows"
import { batchTotals, waitingBatches } from "./store/batches"
import { moneyOutByDay, type MoneyOutDays } from "./store/money-out"
import { presentPause } from "./store/pauses"
import {
  hasTransfers,
  type TransferFilters,
  transferTotals,
  waitingForPerson,
} from "./store/transfer-queries"
import { payoutRetention } from "./retention"
import { eventsOf, findTransferBy } from "./store/transfers"

/**
 * Beneficiaries and transfers, as Medusa's other parts find them in the container: the one way to change them.
 *
 * Each transition is one guarded UPDATE with its event in the same transaction. What may not be done is a
 * MedusaError that a person can read: `not_found`, `invalid_data` for a request that can't be fulfilled as it
 * stands, and `not_allowed` (HTTP 400) or `conflict` (409) for what its state forbids.
 *
 * Of the methods that Medusa makes of the models those that read are there too (`listPayoutTransfers`,
 * `retrievePayoutBeneficiary` ...).
 */
export class PayoutModuleService extends PayoutRows {
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

  /** Committed as `pending` before the gateway is told. The same idempotency key gives the one that was made. */
  async addBeneficiary(beneficiary: NewBeneficiary, actor: Actor) {
    return await addBeneficiary(this.context, beneficiary, actor)
  }

  /** Makes the next version, which what waits shows, and voids what was approved for the one before and not sent. */
  async changeBeneficiary(id: string, change: BeneficiaryChange, actor: Actor) {
    return await changeBeneficiary(this.context, id, change, actor)
  }

  async disableBeneficiary(id: string, actor: Actor, reason?: string) {
    return await disableBeneficiary(this.context, id, actor, reason)
  }

  /** All that is kept of one, and what they were paid; of accounts the last places. */
  async beneficiaryHistory(id: string) {
    return await beneficiaryHistory(this.context, id)
  }

  /** Disables one and erases who it is, but what the shop's books need of it; nothing while a payout to it has not ended. */
  async eraseBeneficiary(id: string, actor: Actor) {
    return await eraseBeneficiary(this.context, id, actor)
  }

  /** An audit line of which customer it is; whoever changes Medusa's link between the two calls it. */
  async noteCustomer(id: string, change: CustomerChange, actor: Actor) {
    await noteCustomer(this.context, id, change, actor)
  }

  /** For a `pending` one: what a person found out. */
  async decideBeneficiary(id: string, decision: BeneficiaryDecision, actor: Actor) {
    return await decideBeneficiary(this.context, id, decision, actor)
  }

  /** The others who have the account of this one: one person twice, or a mistake, or the way around a hold. */
  async beneficiariesWithSameAccount(id: string) {
    return await beneficiariesWithSameAccount(this.context, id)
  }

  /** The account in full. Each call leaves an audit line. */
  async revealAccount(id: string, actor: Actor) {
    return await revealAccount(this.context, id, actor)
  }

  /**
   * Encrypts accounts that name an old key with the present one, after a change of the option `encryption`.
   *
   * @returns how many it encrypted anew; see `oldKeys` for what still needs an old one
   */
  async rotateKeys(limit: number) {
    return await rotateKeys(this.context, limit)
  }

  /** The keys beside the present one, and what still needs each. */
  async oldKeys() {
    return await oldKeys(this.context)
  }

  /**
   * The same idempotency key with the same request gives the transfer that was made; with another request it is
   * refused. A transfer that looks like one that is open, or was paid lately, waits for a second look; see duplicates.ts.
   */
  async makeTransfer(transfer: NewTransfer, actor: Actor) {
    return await makeTransfer(this.context, readTransferRequest(transfer), actor)
  }

  /**
   * Never by who made it, nor by the last editor of its beneficiary, where a second person is asked for.
   * Where the beneficiary was edited since, only with the version that was looked at, and only if that is still the
   * newest.
   */
  async approveTransfer(id: string, actor: Actor, approval?: TransferApproval) {
    return await approveTransfer(this.context, id, actor, approval)
  }

  async rejectTransfer(id: string, actor: Actor, reason: string) {
    return await rejectTransfer(this.context, id, actor, reason)
  }

  /** What the caller keeps with it for themselves, in whatever state it is: nothing that is sent. */
  async changeTransfer(id: string, change: OwnFields, actor: Actor) {
    return await changeTransferFields(this.context, id, change, actor)
  }

  /** Only before it is sent. */
  async cancelTransfer(id: string, actor: Actor, reason?: string) {
    return await cancelTransfer(this.context, id, actor, reason)
  }

  /**
   * Puts transfers together that were made one by one, to be approved together, and sent on a later day with `send_at`.
   * Which transfers a batch has never changes. What a file is made to is a batch without this.
   */
  async makeBatch(batch: NewBatch, actor: Actor) {
    return await makeBatch(this.context, batch, actor)
  }

  /**
   * Approves what waits of a batch, by the rules for one transfer each, in one transaction; what can't be approved is left
   * and told. `count` and `sums` are what was seen of the batch.
   *
   * @throws PayoutConflict where the batch is another by now
   */
  async approveBatch(id: string, actor: Actor, approval: BatchApproval) {
    return await approveBatch(this.context, id, actor, approval)
  }

  /** What waits of it. @throws PayoutConflict where the batch is not what was seen, or nothing of it waits */
  async rejectBatch(id: string, actor: Actor, rejection: SeenBatch & { reason: string }) {
    return await rejectBatch(this.context, id, actor, rejection)
  }

  /** What was not sent of it. @throws PayoutConflict where the batch is not what was seen, or all of it was sent */
  async withdrawBatch(id: string, actor: Actor, withdrawal: SeenBatch & { reason?: string }) {
    return await withdrawBatch(this.context, id, actor, withdrawal)
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

  /** How many people have to approve each of these transfers, and who did. */
  async approvalsOf(ids: readonly string[]) {
    return await approvalsOf(this.context, ids)
  }

  /**
   * Sends an approved transfer now: `submitting` is committed, then the gateway called, once. Two at once send
   * it once: the second is told that it is under way.
   */
  async submitTransfer(id: string, actor: Actor) {
    return await submitTransfer(this.context, id, actor)
  }

  /** Why nothing is sent now, since when and by whom; undefined while payouts are sent. */
  async sendingPause() {
    return await presentPause(this.context.database)
  }

  /** From when this returns nothing is sent any more, on any server, until somebody resumes. One that is there stays. */
  async pauseSending(reason: string, actor: Actor) {
    return await pauseSending(this.context, reason, actor)
  }

  /** What was approved before the pause is sent when its gateway has been asked whether it knows it. */
  async resumeSending(note: string, actor: Actor) {
    await resumeSending(this.context, note, actor)
  }

  /** A new transfer like a failed one, once; the gateway is asked about the old one before. */
  async retryTransfer(id: string, actor: Actor, idempotencyKey?: string) {
    return await retryTransfer(this.context, id, actor, idempotencyKey)
  }

  /** Asks the gateway now, whatever the timetable says. Whoever asks, what moves the transfer is the gateway's word. */
  async refreshTransfer(id: string, _actor: Actor) {
    return await refreshTransfer(this.context, id)
  }

  /**
   * For what was sent, perhaps, and has not ended; `returned` for `succeeded` too. By a second person, as an approval.
   * The gateway is asked before, and for a week after.
   */
  async resolveTransfer(id: string, decision: TransferDecision, actor: Actor) {
    return await resolveTransfer(this.context, id, decision, actor)
  }

  /**
   * Puts what is approved of a batch, and paid by a file, into files for the bank: one for each provider and currency.
   * From then on it is `processing`. What is in a file stays there: called again, it gives the same files.
   */
  async makeFiles(batchId: string, wanted: WantedFiles, actor: Actor) {
    return await makeFiles(this.context, batchId, wanted, actor)
  }

  /** The bytes of a file, the same each time. Each call leaves an audit line. */
  async downloadFile(id: string, actor: Actor) {
    return await downloadFile(this.context, id, actor)
  }

  /** What a second person says of all that is open in a file, such as one that the bank refused as a whole. */
  async resolveFile(id: string, decision: FileDecision, actor: Actor) {
    return await resolveFile(this.context, id, decision, actor)
  }

  /** What a statement of the account would settle, and what it tells besides; writes nothing. */
  async checkStatement(file: StatementFile, actor: Actor) {
    return await checkStatement(this.context, file, actor)
  }

  /** Settles what a statement shows as it was asked for; what it shows otherwise is told and changes nothing. */
  async importStatement(file: StatementFile, seen: { settles: number }, actor: Actor) {
    return await importStatement(this.context, file, seen, actor)
  }

  async findTransfer(reference: string) {
    return await findTransferBy(this.context.database, { reference })
  }

  /** Oldest first. */
  async eventsOf(transferId: string) {
    return await eventsOf(this.context.database, transferId)
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

  /** What this person may approve of the oldest 2,000 transfers that wait, the oldest first. */
  async approvableBy(actor: Actor) {
    return await approvableBy(this.context, actor)
  }

  /** How many batches, and transfers that are in none, wait for this person: what they may approve of the oldest 2,000. */
  async waitingFor(actor: Actor) {
    return await waitingFor(this.context, actor)
  }

  /**
   * Takes approved transfers whose time has come, each by one instance only, and sends them.
   *
   * @returns how many it took
   */
  async submitDue(limit: number) {
    return await submitDue(this.context, limit)
  }

  /** The same for those that the gateway has to be asked about; what a crash left `submitting` is among them. */
  async refreshDue(limit: number) {
    return await refreshDue(this.context, limit)
  }

  /** @returns how many imports broke off an hour ago or longer, and are refused now: the same file may come again */
  async refuseBrokenImports() {
    return await refuseBrokenImports(this.context)
  }

  /** @returns how many rows of each table were deleted, because nobody needs them any more; see retention.ts */
  async deleteSpentRows() {
    const { database, now } = this.context
    return await deleteSpentRows(database, payoutRetention, now())
  }

  /**
   * What people have to see to: what waits for an approval, expires soon, failed since the last time or can't be settled, and
   * who can't be paid yet. Once a day in all the shop, with the event `payout.digest`.
   */
  async dailyDigest() {
    return await dailyDigest(this.context)
  }

  /**
   * Holds what was sent before today against what the gateways say of it now, once a day in all the shop, with the event
   * `payout.reconciliation` where they differ. What a gateway proves is booked as ever.
   */
  async reconcileDay() {
    return await reconcileDay(this.context)
  }

  /** @returns how many waited too long for an approval */
  async expireApprovals() {
    return await expireApprovals(this.context)
  }

  /**
   * Checks each line and writes nothing of it.
   *
   * @param unreadable what is wrong with the lines of the file that could not be read
   */
  async checkImport(
    lines: readonly ImportLine[],
    actor: Actor,
    unreadable?: readonly ImportLineProblem[]
  ) {
    return await checkImport(this.context, lines, actor, unreadable)
  }

  /** Of an import that broke off, such as with its server: nothing was made of it. Sending the file again goes on with it. */
  async endImport(id: string, actor: Actor, reason: string) {
    return await endImportByHand(this.context, id, actor, reason)
  }

  /**
   * Writes the import down and makes its transfers: all in one transaction, or with `allow_partial` those
   * whose lines are good. The same lines, however the file was saved, give the import that was made for a day; for 35 days
   * after they are refused (conflict), unless `same_as_id` names that import.
   */
  async importTransfers(wanted: NewPayoutImport, lines: readonly ImportLine[], actor: Actor) {
    return await importTransfers(this.context, wanted, lines, actor)
  }
}
