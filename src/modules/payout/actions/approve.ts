import { systemActor } from "../../../shared/audit-line"
import { invalidData, notAllowed } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import { approvalSignature } from "../crypto/approvals"
import type { Beneficiary } from "../domain/beneficiary"
import { Duplicates, duplicatesSince, type Payee } from "../domain/duplicates"
import { startOfDay } from "../domain/schedule"
import { PayoutConflict, stateForbids } from "../domain/state"
import type { Step, Transfer, TransferApproval, TransferChange } from "../domain/transfer"
import { overDayLimit, overTransferLimit } from "../domain/validate-transfer"
import type { PayoutOptions } from "../options"
import { beneficiariesOf, lockBeneficiary, versionOf } from "../store/beneficiaries"
import { inTransaction, lockName, lockNames, type PayoutTransaction } from "../store/transaction"
import {
  lockApprovedBefore,
  lockUnapproved,
  possibleDuplicates,
  readDailyTotal,
} from "../store/transfer-queries"
import {
  lockTransfer,
  moveTransfer,
  noteOnTransfer,
  transferOf,
  transfersOf,
} from "../store/transfers"
import { orderOf } from "./call-provider"
import { payeeOf } from "./payee"
import { approvalBlocker, type Blocker } from "./second-person"

/** From here on its amount, currency and account are frozen; see `PayoutModuleService.approveTransfer`. */
export async function approveTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor,
  { note, beneficiary_version_id: seen, same_as_id }: TransferApproval = {}
): Promise<Transfer> {
  const { options, keys } = context
  requirePerson(actor, "approve", options)
  // What the locks are named by never changes.
  const { beneficiary_id, currency_code } = await transferOf(context.database, id)
  const outcome = await inTransaction(context, async (transaction): Promise<ApprovalOutcome> => {
    const { query, now } = transaction
    await lockNames(transaction, [lockName.currency(currency_code)])
    // Nobody edits it between what is signed here and the commit.
    const beneficiary = await lockBeneficiary(transaction, beneficiary_id, "share")
    const transfer = await lockTransfer(transaction, id)
    if (transfer.status !== "awaiting_approval") {
      throw stateForbids(transfer, "be approved")
    }
    const blocker =
      approvalBlocker(transfer, beneficiary, actor, options)?.message ??
      overTransferLimit(transfer, options.limits) ??
      overDayLimit(
        transfer,
        await readDailyTotal(query, currency_code, startOfDay(now, options.timeZone)),
        options.limits
      )
    if (blocker !== undefined) {
      throw notAllowed(blocker)
    }
    const unseen = unseenEdit(transfer, beneficiary, seen)
    if (unseen !== undefined) {
      throw new PayoutConflict(unseen)
    }
    const coolingOff = coolingOffOf(beneficiary, options, now)
    if (coolingOff !== undefined) {
      throw notAllowed(`The transfer ${transfer.reference} can't be approved yet: ${coolingOff}`)
    }
    const version = await versionOf(query, beneficiary.version_id)
    const payee = payeeOf(context, beneficiary, version)
    const held = await heldFor(transaction, transfer, payee)
    if (held !== undefined && held.id !== same_as_id) {
      // Committed, so that whoever looks next sees for what it waits.
      await noteOnTransfer(query, id, { same_as_id: held.id })
      return { type: "held", reason: held.reason }
    }
    const order = orderOf(keys, transfer, version)
    const approved = await moveTransfer(transaction, transfer, {
      to: "approved",
      actor: handOf(actor),
      reason: note ?? null,
      change: {
        beneficiary_version_id: version.id,
        edited_from_version_id: null,
        approval_signature: approvalSignature(keys, { provider_id: transfer.provider_id, order }),
        approved_by: actor.id,
        approved_at: now,
        next_check_at: now,
        same_as_id: held?.id ?? null,
      },
    })
    return { type: "approved", transfer: approved }
  })
  if (outcome.type === "held") {
    throw new PayoutConflict(outcome.reason)
  }
  return outcome.transfer
}

type ApprovalOutcome = { type: "approved"; transfer: Transfer } | { type: "held"; reason: string }

/**
 * What a transfer looks like that may have been paid, and has to be named by whoever approves it all the same: one that
 * is there now, as after an edit of the account, or else the one it was held for when it was made.
 */
async function heldFor(
  { query, now }: PayoutTransaction,
  transfer: Transfer,
  payee: Payee
): Promise<{ id: string; reason: string } | undefined> {
  const { id, reference, same_as_id, retry_of_id } = transfer
  const found = await possibleDuplicates(
    query,
    [payee.beneficiary_id],
    payee.account_digests,
    duplicatesSince(now)
  )
  const mayBePaid = found.filter(
    (one) => one.id !== id && one.id !== retry_of_id && one.status !== "awaiting_approval"
  )
  const newest = new Duplicates(mayBePaid).find({ ...transfer, ...payee }, now)
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

/** Why this person may not approve these transfers; see `PayoutModuleService.approvalBlockers`. */
export async function approvalBlockers(
  { database, options, now }: Pick<PayoutContext, "database" | "options" | "now">,
  ids: readonly string[],
  actor: Actor
): Promise<Map<string, Blocker>> {
  const transfers = await transfersOf(database, ids)
  const beneficiaryIds = new Set(transfers.map(({ beneficiary_id }) => beneficiary_id))
  const beneficiaries = await beneficiariesOf(database, [...beneficiaryIds], "none")
  const byId = new Map(beneficiaries.map((beneficiary) => [beneficiary.id, beneficiary]))
  const blockers = new Map<string, Blocker>()
  for (const transfer of transfers) {
    const beneficiary = byId.get(transfer.beneficiary_id)
    const blocker =
      beneficiary &&
      (approvalBlocker(transfer, beneficiary, actor, options) ??
        coolingOffBlocker(beneficiary, options, now()))
    if (blocker !== undefined) {
      blockers.set(transfer.id, blocker)
    }
  }
  return blockers
}

function coolingOffBlocker(...given: Parameters<typeof coolingOffOf>): Blocker | undefined {
  const message = coolingOffOf(...given)
  return message === undefined ? undefined : { code: "cooling_off", message }
}

const hourMs = 60 * 60_000

/** Why nothing is paid to the account yet; undefined where it is. */
export function coolingOffOf(
  { id, account_changed_at }: Pick<Beneficiary, "id" | "account_changed_at">,
  { accountCoolingOffHours }: Pick<PayoutOptions, "accountCoolingOffHours">,
  now: Date
): string | undefined {
  const endsAt = (account_changed_at?.getTime() ?? 0) + accountCoolingOffHours * hourMs
  if (account_changed_at === null || endsAt <= now.getTime()) {
    return undefined
  }
  return (
    `the account of the beneficiary ${id} was changed at ${account_changed_at.toISOString()}. By the option ` +
    `payouts.accountCoolingOffHours nothing is paid to it before ${new Date(endsAt).toISOString()}`
  )
}

/**
 * Why it is not sure that whoever approves has looked at what they approve; undefined where it is.
 *
 * @param seen the version of the beneficiary that they say they looked at
 */
export function unseenEdit(
  transfer: Pick<Transfer, "reference" | "beneficiary_version_id" | "edited_from_version_id">,
  { id, version_id }: Pick<Beneficiary, "id" | "version_id">,
  seen: string | undefined
): string | undefined {
  const lookAgain = `look at it and approve it with beneficiary_version_id ${version_id}`
  const whose = `The beneficiary ${id} of the transfer ${transfer.reference}`
  if (seen !== undefined) {
    return seen === version_id ? undefined : `${whose} is not what you saw any more: ${lookAgain}`
  }
  const isAsItWas =
    transfer.edited_from_version_id === null && transfer.beneficiary_version_id === version_id
  return isAsItWas
    ? undefined
    : `${whose} was edited after the transfer was made or last approved: ${lookAgain}`
}

/** @throws PayoutConflict where it does not wait for an approval */
export async function rejectTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor,
  reason: string
): Promise<Transfer> {
  requirePerson(actor, "reject", context.options)
  if (reason.trim() === "") {
    throw invalidData("Say why the transfer is rejected: whoever made it has to know")
  }
  return await inTransaction(context, async (transaction) => {
    const transfer = await lockTransfer(transaction, id)
    const step = { to: "rejected", actor: handOf(actor), reason } as const
    return await moveTransfer(transaction, transfer, step, "be rejected")
  })
}

/**
 * What waits for an approval is taken back by whoever made it; from anybody else that is a rejection.
 *
 * @throws PayoutConflict where it is not approved, or is being sent or was sent
 * @throws MedusaError forbidden to a secret key that was not made by whoever made the transfer
 */
export async function cancelTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor,
  reason?: string
): Promise<Transfer> {
  return await inTransaction(context, async (transaction) => {
    const transfer = await lockTransfer(transaction, id)
    const isOwn = actor.type !== "system" && actor.id === transfer.created_by
    if (transfer.status === "awaiting_approval" && !isOwn) {
      requirePerson(actor, "reject", context.options)
    }
    const step = {
      to: "canceled",
      actor: handOf(actor),
      reason: reason ?? null,
      change: { next_check_at: null },
    } as const
    return await moveTransfer(transaction, transfer, step, "be canceled")
  })
}

const expiredAtOnce = 500
const dayMs = 24 * 60 * 60_000

/** How long an approval is good for, in milliseconds: what nobody sent by then is looked at once more. */
const approvalLastsMs = 3 * dayMs

export const approvalIsOver =
  "It was approved three days ago and could not be sent. Approve it anew if it is still to be paid"

export function isApprovalOver({ approved_at }: Pick<Transfer, "approved_at">, now: Date): boolean {
  return approved_at === null || now.getTime() - approved_at.getTime() > approvalLastsMs
}

/** Approvals that nobody sent, such as while sending was paused or the gateway away, wait for a person again. */
async function voidOldApprovals(context: PayoutContext): Promise<void> {
  await inTransaction(context, async (transaction) => {
    const { query, now } = transaction
    const since = new Date(now.getTime() - approvalLastsMs)
    for (const transfer of await lockApprovedBefore(query, since, expiredAtOnce)) {
      await moveTransfer(transaction, transfer, voidApproval(systemActor, approvalIsOver))
      context.log.warn(`Payout ${transfer.reference} was not sent: ${approvalIsOver}`)
    }
  })
}

/** @returns how many waited too long for an approval */
export async function expireApprovals(context: PayoutContext): Promise<number> {
  await voidOldApprovals(context)
  const days = context.options.approvalExpiresInDays
  for (let expired = 0; ;) {
    const some = await inTransaction(context, async (transaction) => {
      const { query, now } = transaction
      const waiting = await lockUnapproved(
        query,
        new Date(now.getTime() - days * dayMs),
        expiredAtOnce
      )
      for (const transfer of waiting) {
        await moveTransfer(transaction, transfer, {
          to: "expired",
          actor: systemActor,
          reason: `Nobody approved it within ${days} days`,
        })
      }
      return waiting.length
    })
    expired += some
    if (some < expiredAtOnce) {
      return expired
    }
  }
}

/** Undone with an approval: the day's limit, the signature and who approved. */
const nothingApproved: TransferChange = {
  approval_signature: null,
  approved_by: null,
  approved_at: null,
  next_check_at: null,
}

/** Back to waiting for an approval, from where nothing is sent. */
export function voidApproval(actor: string, reason: string): Step {
  return { to: "awaiting_approval", actor, reason, change: nothingApproved }
}
