import { notAllowed } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import { approvalSignature, verifyApproval } from "../crypto/approvals"
import { MissingKeyError } from "../crypto/keys"
import type { GivenApproval, Transfer, TransferApproval } from "../domain/transfer"
import type { BatchTotals } from "../domain/batch"
import type { Beneficiary, BeneficiaryVersion } from "../domain/beneficiary"
import type { DayTotals } from "../domain/day-totals"
import { Duplicates, duplicatesSince } from "../domain/duplicates"
import { personsWords } from "../domain/reason"
import { firstSending, startOfDay } from "../domain/schedule"
import { PayoutConflict, stateForbids } from "../domain/state"
import { overDayLimit, overTransferLimit } from "../domain/validate-transfer"
import { insertApprovals, type NewApproval, standingApprovals } from "../store/approvals"
import { batchTotals } from "../store/batches"
import { addAuditLine, lockBeneficiary, versionsOf } from "../store/beneficiaries"
import { inTransaction, lockName, lockNames, type PayoutTransaction } from "../store/transaction"
import { possibleDuplicates, readDayTotals } from "../store/transfer-queries"
import { lockTransfer, moveTransfer, noteOnTransfer, transferOf } from "../store/transfers"
import {
  approvalsNeeded,
  approvedItBlocker,
  unseenEdit,
  approvalBlocker,
  blockerCodes,
} from "./who-may-approve"
import { orderOf } from "./payout-order"
import {
  accountHistories,
  type AccountHistory,
  coolingOffBlocker,
  firstPaymentUnseen,
  isFirstPayment,
} from "./new-account"
import { payeeOf, payeesOf } from "./payee"

/** From here on its amount, currency and account are frozen; see `PayoutModuleService.approveTransfer`. */
export async function approveTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor,
  approval: TransferApproval = {}
): Promise<Transfer> {
  requirePerson(actor, "approve", context.options)
  // What the locks are named by never changes.
  const { beneficiary_id, currency_code } = await transferOf(context.database, id)
  const outcome = await inTransaction(context, async (transaction) => {
    await lockNames(transaction, [lockName.currency(currency_code)])
    // Nobody edits it between what is signed here and the commit.
    const beneficiary = await lockBeneficiary(transaction, beneficiary_id, "share")
    const transfer = await lockTransfer(transaction, id)
    const state = await readApprovalState(context, transaction, [transfer], [beneficiary])
    const decided = await approveOne(context, transaction, state, transfer, actor, approval)
    if (decided.type === "left") {
      return { refusal: errorOf(decided, transfer) } // after the commit of what it is held for
    }
    await insertApprovals(transaction, [decided.approval])
    return decided
  })
  if ("refusal" in outcome) {
    throw outcome.refusal
  }
  return outcome.transfer
}

/**
 * Why a transfer waits on although somebody approved it: it is not theirs to approve, or
 *
 * - `state`: it does not wait for an approval
 * - `limit`: it is too much, for one transfer or for today
 * - `edited`: its beneficiary was edited, and the version that was looked at was not named
 * - `held`: it looks like another one, or is the first payment to an account, which was not named
 */
export const leftCodes = [...blockerCodes, "state", "limit", "edited", "held"] as const

export type Left = { type: "left"; code: (typeof leftCodes)[number]; reason: string }

export type ApprovalOutcome =
  /** `first`: it waits for a second one. */
  { type: "approved" | "first"; transfer: Transfer; approval: NewApproval } | Left

function errorOf({ code, reason }: Left, transfer: Transfer): Error {
  switch (code) {
    case "state":
      return stateForbids(transfer, "be approved")
    case "edited":
    case "held":
    case "approved_it":
      return new PayoutConflict(reason, { code })
    case "not_a_person":
    case "not_an_approver":
    case "made_it":
    case "admin_since":
    case "last_editor":
    case "changed_what_is_sent":
    case "beneficiary_not_active":
    case "cooling_off":
      return notAllowed(reason, { code })
    case "limit":
      return notAllowed(reason, { code, details: { problems: reason } })
  }
}

/** What stands in the database when transfers are approved, under locks until the transaction ends. */
export type ApprovalState = {
  beneficiaries: ReadonlyMap<string, Beneficiary>
  versions: ReadonlyMap<string, BeneficiaryVersion>
  batches: ReadonlyMap<string, BatchTotals>
  given: ReadonlyMap<string, readonly GivenApproval[]>
  /** By the beneficiary's id. */
  histories: ReadonlyMap<string, AccountHistory>
  // These grow by each that is approved.
  duplicates: Duplicates
  today: DayTotals
}

export async function readApprovalState(
  context: PayoutContext,
  { query, now }: PayoutTransaction,
  transfers: readonly Transfer[],
  beneficiaries: readonly Beneficiary[]
): Promise<ApprovalState> {
  const versions = await versionsOf(
    query,
    beneficiaries.map(({ version_id }) => version_id)
  )
  const byId = new Map(versions.map((version) => [version.id, version]))
  const payees = [...payeesOf(context, beneficiaries, versions).values()]
  const digests = payees.flatMap(({ account_digests }) => account_digests)
  const found = await possibleDuplicates(
    query,
    beneficiaries.map(({ id }) => id),
    digests,
    duplicatesSince(now)
  )
  const dayStart = startOfDay(now, context.options.timeZone)
  const currencies = [...new Set(transfers.map(({ currency_code }) => currency_code))]
  const batchIds = new Set(transfers.flatMap(({ batch_id }) => batch_id ?? []))
  const ids = transfers.map(({ id }) => id)
  return {
    beneficiaries: new Map(beneficiaries.map((beneficiary) => [beneficiary.id, beneficiary])),
    versions: byId,
    batches: await batchTotals(query, [...batchIds]),
    given: await standingApprovals(query, ids),
    histories: await accountHistories(query, payees, context.options),
    duplicates: new Duplicates(found.filter(({ status }) => status !== "awaiting_approval")),
    today: await readDayTotals(query, currencies, dayStart),
  }
}

/**
 * Approves a locked transfer, or leaves it as it is and says why. The row of the approval is for the caller to write.
 *
 * @throws DecryptionError, MissingKeyError where its account can't be read
 */
export async function approveOne(
  context: PayoutContext,
  transaction: PayoutTransaction,
  state: ApprovalState,
  transfer: Transfer,
  actor: Actor,
  { note, beneficiary_version_id: seen, same_as_id, first_payment_to }: TransferApproval
): Promise<ApprovalOutcome> {
  const { options, keys } = context
  const { query, now } = transaction
  const { id, status, provider_id, send_at } = transfer
  if (status !== "awaiting_approval") {
    return left("state", stateForbids(transfer, "be approved").message)
  }
  const beneficiary = state.beneficiaries.get(transfer.beneficiary_id)
  const version = beneficiary && state.versions.get(beneficiary.version_id)
  const history = state.histories.get(transfer.beneficiary_id)
  if (!beneficiary || !version || !history) {
    throw new Error(`The beneficiary ${transfer.beneficiary_id} of ${transfer.reference} is gone`)
  }
  const blocker = approvalBlocker(transfer, beneficiary, actor, options)
  if (blocker !== undefined) {
    return left(blocker.code, blocker.message)
  }
  const payee = payeeOf(context, beneficiary, version)
  const overLimit =
    overTransferLimit(transfer, options.limits)?.text ??
    overDayLimit(transfer, state.today.sums({ ...transfer, ...payee }), options.limits)
  if (overLimit !== undefined) {
    return left("limit", overLimit)
  }
  const unseen = unseenEdit(transfer, beneficiary, seen)
  if (unseen !== undefined) {
    return left("edited", unseen)
  }
  const coolingOff = coolingOffBlocker(beneficiary, history, options, now)
  if (coolingOff !== undefined) {
    const reason = `The transfer ${transfer.reference} can't be approved yet: ${coolingOff.message}`
    return left(coolingOff.code, reason)
  }
  const held = await heldFor(query, state.duplicates, transfer, { payee, now })
  const isFirst = isFirstPayment(history, options)
  const holds = {
    same_as_id: held?.id ?? null,
    first_payment_to: isFirst ? version.id : null,
  }
  const unnamed = [
    ...(held !== undefined && held.id !== same_as_id ? [held.reason] : []),
    ...(isFirst && first_payment_to !== version.id
      ? [firstPaymentUnseen(transfer, beneficiary)]
      : []),
  ]
  if (unnamed.length > 0) {
    // Committed, so that whoever looks next sees for what it waits.
    await noteOnTransfer(query, id, holds)
    return left("held", unnamed.join(". "))
  }
  const facts = { provider_id, send_at, order: orderOf(keys, transfer, version) }
  const approval: NewApproval = {
    transfer_id: id,
    approved_by: actor.id,
    actor: handOf(actor),
    approval_signature: approvalSignature(keys, facts),
    note: note ?? null,
  }
  const batch = transfer.batch_id === null ? undefined : state.batches.get(transfer.batch_id)
  if (approvalsNeeded(transfer, batch, options) === 2) {
    const given = (state.given.get(id) ?? []).filter(({ approval_signature }) =>
      stillSigns(keys, approval_signature, facts)
    )
    if (given.some(({ approved_by }) => approved_by === actor.id)) {
      const { code, message } = approvedItBlocker(transfer)
      return left(code, message)
    }
    if (given.length === 0) {
      const line = {
        actor: handOf(actor),
        action: "approved, first of two",
        note: personsWords(note),
      }
      await addAuditLine(query, transaction, id, line)
      return { type: "first", transfer, approval }
    }
  }
  const approved = await moveTransfer(transaction, transfer, {
    to: "approved",
    actor: handOf(actor),
    reason: personsWords(note),
    change: {
      beneficiary_version_id: version.id,
      edited_from_version_id: null,
      approval_signature: approval.approval_signature,
      approved_by: actor.id,
      approved_at: now,
      next_check_at: firstSending(transfer, now),
      ...holds,
    },
  })
  state.duplicates.add({ ...approved, ...payee })
  state.today.add({ ...approved, ...payee })
  return { type: "approved", transfer: approved, approval }
}

function left(code: Left["code"], reason: string): Left {
  return { type: "left", code, reason }
}

/** Whether an approval was given for just this; not where its key is gone. */
function stillSigns(
  keys: PayoutContext["keys"],
  signature: string,
  facts: Parameters<typeof verifyApproval>[2]
): boolean {
  try {
    return verifyApproval(keys, signature, facts)
  } catch (error) {
    if (error instanceof MissingKeyError) {
      return false
    }
    throw error
  }
}

/**
 * What a transfer looks like that may have been paid, and has to be named by whoever approves it all the same: one that
 * is there now, as after an edit of the account, or else the one it was held for when it was made.
 */
async function heldFor(
  query: PayoutTransaction["query"],
  duplicates: Duplicates,
  transfer: Transfer,
  { payee, now }: { payee: ReturnType<typeof payeeOf>; now: Date }
): Promise<{ id: string; reason: string } | undefined> {
  const { reference, same_as_id, retry_of_id } = transfer
  const newest = duplicates.find({ ...transfer, ...payee }, now, retry_of_id)
  // That what it tries again was paid after all says more than any other likeness.
  const isHeldForTried = same_as_id !== null && same_as_id === retry_of_id
  const like = isHeldForTried ? same_as_id : (newest?.id ?? same_as_id)
  if (like === null) {
    return undefined
  }
  const { reference: other } = newest && newest.id === like ? newest : await transferOf(query, like)
  return {
    id: like,
    reason:
      `The transfer ${reference} looks like ${other}, by what it pays to whom: look at both, and if it is to be paid ` +
      `once more, approve it with same_as_id ${like}`,
  }
}
