import { deleteSpentRows } from "../../shared/retention"
import { approveTransfer } from "./actions/approve"
import { approveBatch } from "./actions/approve-batch"
import { makeBatch, rejectBatch, withdrawBatch } from "./actions/batches"
import {
  addBeneficiary,
  changeBeneficiary,
  decideBeneficiary,
  disableBeneficiary,
  revealAccount,
} from "./actions/beneficiaries"
import { makeTransfer } from "./actions/create"
import { dailyDigest } from "./actions/daily-digest"
import { eraseBeneficiary } from "./actions/erase-beneficiary"
import { expireApprovals } from "./actions/expire-approvals"
import { downloadFile } from "./actions/download-file"
import { makeFiles } from "./actions/make-files"
import {
  checkImport,
  endImportByHand,
  importTransfers,
  refuseBrokenImports,
} from "./actions/imports"
import { changeTransferFields, noteCustomer } from "./actions/own-fields"
import { rotateKeys } from "./actions/rotate-keys"
import { pauseSending, resumeSending } from "./actions/pause"
import { reconcileDay } from "./actions/reconcile"
import { refreshDue, refreshTransfer } from "./actions/refresh"
import { cancelTransfer, rejectTransfer } from "./actions/reject"
import { resolveTransfer } from "./actions/resolve"
import { resolveFile } from "./actions/resolve-file"
import { retryTransfer } from "./actions/retry"
import { submitDue, submitTransfer } from "./actions/send"
import { checkStatement, importStatement } from "./actions/statements"
import type { Actor } from "./actor"
import { type NewTransfer, readTransferRequest } from "./domain/transfer"
import { payoutRetention } from "./retention"
import { PayoutReads } from "./reads"

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
export class PayoutModuleService extends PayoutReads {
  /** Committed as `pending` before the gateway is told. The same idempotency key gives the one that was made. */
  addBeneficiary = this.bound(addBeneficiary)

  /** Makes the next version, which what waits shows, and voids what was approved for the one before and not sent. */
  changeBeneficiary = this.bound(changeBeneficiary)

  disableBeneficiary = this.bound(disableBeneficiary)

  /** Disables one and erases who it is, but what the shop's books need of it; nothing while a payout to it has not ended. */
  eraseBeneficiary = this.bound(eraseBeneficiary)

  /** An audit line of which customer it is; whoever changes Medusa's link between the two calls it. */
  noteCustomer = this.bound(noteCustomer)

  /** For a `pending` one: what a person found out. */
  decideBeneficiary = this.bound(decideBeneficiary)

  /** The account in full. Each call leaves an audit line. */
  revealAccount = this.bound(revealAccount)

  /**
   * Encrypts accounts that name an old key with the present one, after a change of the option `encryption`.
   *
   * @returns how many it encrypted anew; see `oldKeys` for what still needs an old one
   */
  rotateKeys = this.bound(rotateKeys)

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
  approveTransfer = this.bound(approveTransfer)

  rejectTransfer = this.bound(rejectTransfer)

  /** What the caller keeps with it for themselves, in whatever state it is: nothing that is sent. */
  changeTransfer = this.bound(changeTransferFields)

  /** Only before it is sent. */
  cancelTransfer = this.bound(cancelTransfer)

  /**
   * Puts transfers together that were made one by one, to be approved together, and sent on a later day with `send_at`.
   * Which transfers a batch has never changes. What a file is made to is a batch without this.
   */
  makeBatch = this.bound(makeBatch)

  /**
   * Approves what waits of a batch, by the rules for one transfer each, in one transaction; what can't be approved is left
   * and told. `count` and `sums` are what was seen of the batch.
   *
   * @throws PayoutConflict where the batch is another by now
   */
  approveBatch = this.bound(approveBatch)

  /** What waits of it. @throws PayoutConflict where the batch is not what was seen, or nothing of it waits */
  rejectBatch = this.bound(rejectBatch)

  /** What was not sent of it. @throws PayoutConflict where the batch is not what was seen, or all of it was sent */
  withdrawBatch = this.bound(withdrawBatch)

  /**
   * Sends an approved transfer now: `submitting` is committed, then the gateway called, once. Two at once send
   * it once: the second is told that it is under way.
   */
  submitTransfer = this.bound(submitTransfer)

  /** From when this returns nothing is sent any more, on any server, until somebody resumes. One that is there stays. */
  pauseSending = this.bound(pauseSending)

  /** What was approved before the pause is sent when its gateway has been asked whether it knows it. */
  resumeSending = this.bound(resumeSending)

  /** A new transfer like a failed one, once; the gateway is asked about the old one before. */
  retryTransfer = this.bound(retryTransfer)

  /** Asks the gateway now, whatever the timetable says. Whoever asks, what moves the transfer is the gateway's word. */
  async refreshTransfer(id: string, _actor: Actor) {
    return await refreshTransfer(this.context, id)
  }

  /**
   * For what was sent, perhaps, and has not ended; `returned` for `succeeded` too. By a second person, as an approval.
   * The gateway is asked before, and for a week after.
   */
  resolveTransfer = this.bound(resolveTransfer)

  /**
   * Puts what is approved of a batch, and paid by a file, into files for the bank: one for each provider and currency.
   * From then on it is `processing`. What is in a file stays there: called again, it gives the same files.
   */
  makeFiles = this.bound(makeFiles)

  /** The bytes of a file, the same each time. Each call leaves an audit line. */
  downloadFile = this.bound(downloadFile)

  /** What a second person says of all that is open in a file, such as one that the bank refused as a whole. */
  resolveFile = this.bound(resolveFile)

  /** What a statement of the account would settle, and what it tells besides; writes nothing. */
  checkStatement = this.bound(checkStatement)

  /** Settles what a statement shows as it was asked for; what it shows otherwise is told and changes nothing. */
  importStatement = this.bound(importStatement)

  /**
   * Takes approved transfers whose time has come, each by one instance only, and sends them.
   *
   * @returns how many it took
   */
  submitDue = this.bound(submitDue)

  /** The same for those that the gateway has to be asked about; what a crash left `submitting` is among them. */
  refreshDue = this.bound(refreshDue)

  /** @returns how many imports broke off an hour ago or longer, and are refused now: the same file may come again */
  refuseBrokenImports = this.bound(refuseBrokenImports)

  /** @returns how many rows of each table were deleted, because nobody needs them any more; see retention.ts */
  async deleteSpentRows() {
    const { database, now } = this.context
    return await deleteSpentRows(database, payoutRetention, now())
  }

  /**
   * What people have to see to: what waits for an approval, expires soon, failed since the last time or can't be settled, and
   * who can't be paid yet. Once a day in all the shop, with the event `payout.digest`.
   */
  dailyDigest = this.bound(dailyDigest)

  /**
   * Holds what was sent before today against what the gateways say of it now, once a day in all the shop, with the event
   * `payout.reconciliation` where they differ. What a gateway proves is booked as ever.
   */
  reconcileDay = this.bound(reconcileDay)

  /** @returns how many waited too long for an approval */
  expireApprovals = this.bound(expireApprovals)

  /**
   * Checks each line and writes nothing of it.
   *
   * @param unreadable what is wrong with the lines of the file that could not be read
   */
  checkImport = this.bound(checkImport)

  /** Of an import that broke off, such as with its server: nothing was made of it. Sending the file again goes on with it. */
  endImport = this.bound(endImportByHand)

  /**
   * Writes the import down and makes its transfers: all in one transaction, or with `allow_partial` those
   * whose lines are good. The same lines, however the file was saved, give the import that was made for a day; for 35 days
   * after they are refused (conflict), unless `same_as_id` names that import.
   */
  importTransfers = this.bound(importTransfers)
}
