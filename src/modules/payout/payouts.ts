import type {
  Beneficiary,
  BeneficiaryChange,
  BeneficiaryDecision,
  NewBeneficiary,
} from "./beneficiary"
import type { ImportLine, ImportCheck, NewPayoutImport, PayoutImport } from "./payout-import"
import type {
  AbstractPayoutProvider,
  PayoutAccount,
  PayoutBalance,
  PayoutCapabilities,
} from "./payout-provider"
import type {
  NewTransfer,
  Transfer,
  TransferApproval,
  TransferDecision,
  TransferEvent,
} from "./transfer"
import type { TransferFilters, TransferTotal } from "./transfer-totals"

/** Who does it: an admin, or the shop's own code. */
export type Actor = {
  /** An admin's id, or `system`. Of a secret API key it is whoever made the key: it is the maker's hand. */
  id: string
  /** The id of the secret API key, where it was done with one. */
  key?: string
  /** For the option `approvers`, which may name people so. */
  email?: string
}

/** What an event or an audit line names: the key where there was one, which tells more than whose it is. */
export function handOf({ id, key }: Actor): string {
  return key ?? id
}

/** Who acts where a gateway's message set it off; see `systemActor` for the jobs. */
export const gatewayActor = "gateway"

export type PayoutProviderInfo = {
  /** Such as `po_mocasa_main`. */
  id: string
  title: string
  capabilities: PayoutCapabilities
}

/**
 * Beneficiaries and transfers: the one way to change them.
 *
 * Each transition is one guarded UPDATE with its event in the same transaction. What may not be done is a
 * MedusaError that a person can read: `not_found`, `invalid_data` for a wish that can't be fulfilled as it
 * stands, and `not_allowed` (HTTP 400) or `conflict` (409) for what its state forbids.
 */
export interface Payouts {
  /** How long the masked texts of webhooks are kept, in days. */
  readonly webhookRetentionDays: number

  listProviders(): PayoutProviderInfo[]
  /** @throws MedusaError not_found, naming the ids there are */
  provider(id: string): AbstractPayoutProvider

  /** @throws MedusaError not_allowed where the gateway does not tell it, or could not be asked */
  retrieveBalance(providerId: string): Promise<PayoutBalance[]>

  /** Committed as `pending` before the gateway is told. */
  addBeneficiary(beneficiary: NewBeneficiary, actor: Actor): Promise<Beneficiary>
  /** Makes the next version, which what waits shows, and voids what was approved for the one before and not sent. */
  changeBeneficiary(id: string, change: BeneficiaryChange, actor: Actor): Promise<Beneficiary>
  disableBeneficiary(id: string, actor: Actor, reason?: string): Promise<Beneficiary>
  /** For a `pending` one: what a person found out. */
  decideBeneficiary(id: string, decision: BeneficiaryDecision, actor: Actor): Promise<Beneficiary>
  /** The account in full. Each call leaves an audit line. */
  revealAccount(id: string, actor: Actor): Promise<PayoutAccount>
  /**
   * Seals accounts that name an old key with the present one, after a change of the option `encryption`.
   *
   * @returns how many it sealed anew: when that is none, nothing needs the old key but approvals of before
   */
  resealAccounts(limit: number): Promise<number>

  /**
   * The same idempotency key with the same wish gives the transfer that was made; with another wish it is
   * refused. A transfer that looks like one that is still open, or was paid within 24 hours, waits for a second look.
   */
  makeTransfer(transfer: NewTransfer, actor: Actor): Promise<{ transfer: Transfer; isNew: boolean }>

  /**
   * Never by who made it, nor by the last editor of its beneficiary, where a second person is asked for.
   * Where the beneficiary was edited since, only with the version that was looked at, and only if that is still the
   * newest.
   */
  approveTransfer(id: string, actor: Actor, approval?: TransferApproval): Promise<Transfer>
  rejectTransfer(id: string, actor: Actor, reason: string): Promise<Transfer>
  /** Only before it is sent. */
  cancelTransfer(id: string, actor: Actor, reason?: string): Promise<Transfer>
  /**
   * Sends an approved transfer now: `submitting` is committed, then the gateway called, once. Two at once send
   * it once: the second is told that it is under way.
   */
  submitTransfer(id: string, actor: Actor): Promise<Transfer>
  /** A new transfer like a failed one, once; the gateway is asked about the old one before. */
  retryTransfer(id: string, actor: Actor, idempotencyKey?: string): Promise<Transfer>
  /** Asks the gateway now, whatever the timetable says. */
  refreshTransfer(id: string, actor: Actor): Promise<Transfer>
  /** For `manual_review`; `returned` for `succeeded` too. */
  resolveTransfer(id: string, decision: TransferDecision, actor: Actor): Promise<Transfer>

  findTransfer(reference: string): Promise<Transfer | undefined>
  /** Oldest first. */
  eventsOf(transferId: string): Promise<TransferEvent[]>
  /**
   * Those in `manual_review`, and those that are held for a second look.
   *
   * @param limit how many of each, those first that came to it last
   */
  waitingForPerson(limit: number): Promise<Transfer[]>
  /** What transfers add up to, by status and currency. */
  totals(filters: TransferFilters): Promise<TransferTotal[]>
  /** Why somebody may not approve these transfers, by their ids; those that they may are left out. */
  approvalBlockers(ids: readonly string[], actor: Actor): Promise<Map<string, string>>

  /**
   * Takes approved transfers whose time has come, each by one instance only, and sends them.
   *
   * @returns how many it took
   */
  submitDue(limit: number): Promise<number>
  /** The same for those that the gateway has to be asked about; what a crash left `submitting` is among them. */
  refreshDue(limit: number): Promise<number>
  /** @returns how many waited too long for an approval */
  expireApprovals(): Promise<number>

  /** Checks each line and writes nothing of it. */
  checkImport(lines: readonly ImportLine[], actor: Actor): Promise<ImportCheck>
  /**
   * Writes the import down and makes its transfers: all in one transaction, or with `allow_partial` those
   * whose lines are good. An import of the same content gives the one that was made.
   */
  importTransfers(
    wanted: NewPayoutImport,
    lines: readonly ImportLine[],
    actor: Actor
  ): Promise<PayoutImport>
}
