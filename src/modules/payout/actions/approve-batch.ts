import { errorMessage } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import { DecryptionError } from "../crypto/accounts"
import { MissingKeyError } from "../crypto/keys"
import { batchEvent, batchText, neverSentStates, type SeenBatch, sumsValue } from "../domain/batch"
import { withPersonsWords } from "../domain/reason"
import type { Transfer } from "../domain/transfer"
import { insertApprovals, type NewApproval } from "../store/approvals"
import { batchOf, lockTransfers, transfersOfBatch } from "../store/batches"
import { addAuditLine, beneficiariesOf } from "../store/beneficiaries"
import { inTransaction, lockName, lockNames, type PayoutTransaction } from "../store/transaction"
import {
  approveOne,
  type ApprovalOutcome,
  type ApprovalState,
  type Left,
  readApprovalState,
} from "./approve"
import { requireSeen } from "./batches"

/** What goes with a person's yes to a batch. */
export type BatchApproval = SeenBatch & {
  note?: string
  /** Of transfers that are held: the one that each looks like, and is not; whose account was never paid before. */
  held?: readonly ({ transfer_id: string } & NamedHolds)[]
  /** Of transfers whose beneficiary was edited since they were made: the version that was looked at. */
  edited?: readonly { transfer_id: string; beneficiary_version_id: string }[]
}

type NamedHolds = { same_as_id?: string | null; first_payment_to?: string | null }

/** A transfer that waits on. */
export type LeftTransfer = Pick<Transfer, "reference" | "import_line"> & {
  transfer_id: string
  code: Left["code"] | "unreadable"
  reason: string
}

export type BatchApprovalOutcome = {
  /** May be sent now. */
  approved: number
  /** Wait for a second person. */
  first: number
  /** Needed nothing of this person: approved before, or sent. */
  before: number
  left: LeftTransfer[]
}

/**
 * Approves what waits of a batch in one transaction, each transfer by the rules for one; see
 * `PayoutModuleService.approveBatch`. Where the server dies in the middle nothing is approved.
 */
export async function approveBatch(
  context: PayoutContext,
  id: string,
  actor: Actor,
  approval: BatchApproval
): Promise<BatchApprovalOutcome> {
  const { database, options } = context
  requirePerson(actor, "approve", options)
  await batchOf(database, id)
  // Which transfers it has, to whom and in what currency, never changes.
  const members = await transfersOfBatch(database, id)
  return await inTransaction(context, async (transaction) => {
    const currencies = members.map(({ currency_code }) => lockName.currency(currency_code))
    await lockNames(transaction, [lockName.batch(id), ...currencies])
    const payees = [...new Set(members.map(({ beneficiary_id }) => beneficiary_id))]
    const beneficiaries = await beneficiariesOf(transaction.query, payees, "share")
    const transfers = await lockTransfers(transaction, { batch_id: id })
    const batch = await batchOf(transaction.query, id)
    const totals = await requireSeen(transaction, batch, approval)
    const state = await readApprovalState(context, transaction, transfers, beneficiaries)
    const outcome = await approveEach(context, transaction, state, {
      transfers: transfers.sort(byLine),
      actor,
      approval,
    })
    const { approved, first, left } = outcome
    if (approved + first > 0) {
      const came = `Approved: ${approved}, by the first of two: ${first}, left: ${left.length}`
      const note = {
        text: `${batchText(totals)}. ${came}`,
        code: "batch_approved",
        details: {
          sums: sumsValue(totals),
          approved: String(approved),
          first: String(first),
          left: String(left.length),
        },
      } as const
      await addAuditLine(transaction.query, transaction, id, {
        actor: handOf(actor),
        action: "approved",
        note: withPersonsWords(note, approval.note, ". "),
      })
      const told = { approved, first, left: left.length, decided_by: handOf(actor) }
      transaction.told.push(batchEvent("approved", batch, totals, told))
    }
    return outcome
  })
}

function byLine(one: Transfer, other: Transfer): number {
  return (one.import_line ?? 0) - (other.import_line ?? 0) || (one.id < other.id ? -1 : 1)
}

async function approveEach(
  context: PayoutContext,
  transaction: PayoutTransaction,
  state: ApprovalState,
  given: { transfers: readonly Transfer[]; actor: Actor; approval: BatchApproval }
): Promise<BatchApprovalOutcome> {
  const { transfers, actor, approval } = given
  const held = new Map<string, NamedHolds>(approval.held?.map((one) => [one.transfer_id, one]))
  const versions = new Map(
    approval.edited?.map((one) => [one.transfer_id, one.beneficiary_version_id])
  )
  const outcome: BatchApprovalOutcome = { approved: 0, first: 0, before: 0, left: [] }
  const approvals: NewApproval[] = []
  for (const transfer of transfers) {
    const { id, reference, import_line, status } = transfer
    if (neverSentStates.includes(status)) {
      continue
    }
    if (status !== "awaiting_approval") {
      outcome.before += 1
      continue
    }
    const one = await approveReadable(context, transaction, state, transfer, actor, {
      note: approval.note,
      same_as_id: held.get(id)?.same_as_id ?? undefined,
      first_payment_to: held.get(id)?.first_payment_to ?? undefined,
      beneficiary_version_id: versions.get(id),
    })
    switch (one.type) {
      case "approved":
      case "first":
        outcome[one.type] += 1
        approvals.push(one.approval)
        break
      case "left":
        if (one.code === "approved_it") {
          outcome.before += 1
        } else {
          const { code, reason } = one
          outcome.left.push({ transfer_id: id, reference, import_line, code, reason })
        }
        break
    }
  }
  await insertApprovals(transaction, approvals)
  return outcome
}

/** One account that can't be read holds up its own transfer alone. */
async function approveReadable(
  ...[context, transaction, state, transfer, actor, approval]: Parameters<typeof approveOne>
): Promise<ApprovalOutcome | (Omit<Left, "code"> & { code: "unreadable" })> {
  try {
    return await approveOne(context, transaction, state, transfer, actor, approval)
  } catch (error) {
    if (error instanceof DecryptionError || error instanceof MissingKeyError) {
      return { type: "left", code: "unreadable", reason: errorMessage(error) }
    }
    throw error
  }
}
