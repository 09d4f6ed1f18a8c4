import { MedusaService } from "@medusajs/framework/utils"
import { addBeneficiary } from "./beneficiaries/add-beneficiary"
import { changeBeneficiary } from "./beneficiaries/change-beneficiary"
import { decideBeneficiary } from "./beneficiaries/decide-beneficiary"
import { disableBeneficiary } from "./beneficiaries/disable-beneficiary"
import { resealAccounts } from "./beneficiaries/reseal-accounts"
import { revealAccount } from "./beneficiaries/reveal-account"
import type { BeneficiaryChange, BeneficiaryDecision, NewBeneficiary } from "./beneficiary"
import { checkImport } from "./imports/check-import"
import { importTransfers } from "./imports/import-transfers"
import { PayoutAuditLine } from "./models/payout-audit-line"
import { PayoutBeneficiary } from "./models/payout-beneficiary"
import { PayoutBeneficiaryVersion } from "./models/payout-beneficiary-version"
import { PayoutImport } from "./models/payout-import"
import { PayoutTransfer } from "./models/payout-transfer"
import { PayoutTransferEvent } from "./models/payout-transfer-event"
import { payoutContext, type PayoutContext, type PayoutCradle } from "./payout-context"
import type { ImportLine, NewPayoutImport } from "./payout-import"
import type { Actor, Payouts } from "./payouts"
import { readOnlyRows } from "./read-only-rows"
import { retrieveBalance } from "./retrieve-balance"
import { waitingForPerson } from "./store/due-transfers"
import { eventsOf, findTransferBy } from "./store/transfers"
import type { NewTransfer, TransferApproval, TransferDecision } from "./transfer"
import { transferTotals, type TransferFilters } from "./transfer-totals"
import { approvalBlockers } from "./transfers/approval-blockers"
import { approveTransfer } from "./transfers/approve-transfer"
import { cancelTransfer, expireApprovals, rejectTransfer } from "./transfers/end-transfer"
import { makeTransfer } from "./transfers/make-transfer"
import { refreshDue, refreshTransfer } from "./transfers/refresh-transfer"
import { resolveTransfer } from "./transfers/resolve-transfer"
import { retryTransfer } from "./transfers/retry-transfer"
import { submitDue, submitTransfer } from "./transfers/send-transfer"
import { readWish } from "./transfers/wish"

const PayoutRows = readOnlyRows(
  MedusaService({
    PayoutBeneficiary,
    PayoutBeneficiaryVersion,
    PayoutTransfer,
    PayoutTransferEvent,
    PayoutImport,
    PayoutAuditLine,
  })
)

/**
 * Payouts as Medusa's other parts find them in the container; what each method promises stands in `Payouts`.
 *
 * Of the methods that Medusa makes of the models those that read are there too (`listPayoutTransfers`,
 * `retrievePayoutBeneficiary` ...).
 */
export class PayoutModuleService extends PayoutRows implements Payouts {
  protected readonly context: PayoutContext

  constructor(cradle: PayoutCradle, moduleOptions?: Record<string, unknown>) {
    super(cradle)
    this.context = payoutContext(cradle, moduleOptions)
  }

  get webhookRetentionDays() {
    return this.context.options.webhookRetentionDays
  }

  listProviders() {
    return this.context.providers.list()
  }

  provider(id: string) {
    return this.context.providers.get(id)
  }

  async retrieveBalance(providerId: string) {
    return await retrieveBalance(this.context, providerId)
  }

  async addBeneficiary(beneficiary: NewBeneficiary, actor: Actor) {
    return await addBeneficiary(this.context, beneficiary, actor)
  }

  async changeBeneficiary(id: string, change: BeneficiaryChange, actor: Actor) {
    return await changeBeneficiary(this.context, id, change, actor)
  }

  async disableBeneficiary(id: string, actor: Actor, reason?: string) {
    return await disableBeneficiary(this.context, id, actor, reason)
  }

  async decideBeneficiary(id: string, decision: BeneficiaryDecision, actor: Actor) {
    return await decideBeneficiary(this.context, id, decision, actor)
  }

  async revealAccount(id: string, actor: Actor) {
    return await revealAccount(this.context, id, actor)
  }

  async resealAccounts(limit: number) {
    return await resealAccounts(this.context, limit)
  }

  async makeTransfer(transfer: NewTransfer, actor: Actor) {
    return await makeTransfer(this.context, readWish(transfer), actor)
  }

  async approveTransfer(id: string, actor: Actor, approval?: TransferApproval) {
    return await approveTransfer(this.context, id, actor, approval)
  }

  async rejectTransfer(id: string, actor: Actor, reason: string) {
    return await rejectTransfer(this.context, id, actor, reason)
  }

  async cancelTransfer(id: string, actor: Actor, reason?: string) {
    return await cancelTransfer(this.context, id, actor, reason)
  }

  async submitTransfer(id: string, actor: Actor) {
    return await submitTransfer(this.context, id, actor)
  }

  async retryTransfer(id: string, actor: Actor, idempotencyKey?: string) {
    return await retryTransfer(this.context, id, actor, idempotencyKey)
  }

  /** Whoever asks, what moves the transfer is the gateway's word. */
  async refreshTransfer(id: string, _actor: Actor) {
    return await refreshTransfer(this.context, id)
  }

  async resolveTransfer(id: string, decision: TransferDecision, actor: Actor) {
    return await resolveTransfer(this.context, id, decision, actor)
  }

  async findTransfer(reference: string) {
    return await findTransferBy(this.context.database, { reference })
  }

  async eventsOf(transferId: string) {
    return await eventsOf(this.context.database, transferId)
  }

  async waitingForPerson(limit: number) {
    return await waitingForPerson(this.context.database, limit)
  }

  async totals(filters: TransferFilters) {
    return await transferTotals(this.context.database, filters)
  }

  async approvalBlockers(ids: readonly string[], actor: Actor) {
    return await approvalBlockers(this.context, ids, actor)
  }

  async submitDue(limit: number) {
    return await submitDue(this.context, limit)
  }

  async refreshDue(limit: number) {
    return await refreshDue(this.context, limit)
  }

  async expireApprovals() {
    return await expireApprovals(this.context)
  }

  async checkImport(lines: readonly ImportLine[], actor: Actor) {
    return await checkImport(this.context, lines, actor)
  }

  async importTransfers(wanted: NewPayoutImport, lines: readonly ImportLine[], actor: Actor) {
    return await importTransfers(this.context, wanted, lines, actor)
  }
}
