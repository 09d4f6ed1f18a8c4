import { type Actor, type PersonalAct, requirePerson } from "../actor"
import { errorMessage } from "../../../shared/errors"
import type { PayoutContext } from "../context"
import { isHeld, type Transfer } from "../domain/transfer"
import { batchOf, transfersOfBatch } from "../store/batches"
import { approvalBlockers, type Approvals, approvalsOf } from "./awaited-approvals"
import type { Blocker } from "./who-may-approve"

/** What a person can do about something, and else why not. */
export type Operation =
  | { allowed: true; reason: null; code: null }
  | { allowed: false; reason: string; code: OperationCode }

/**
 * - `nothing_waits`: nothing of it waits for an approval
 * - `nothing_to_withdraw`: all of it was sent, or will never be
 * - `approved_it`: this person approved it already, and another one has to
 * - `not_a_person`: a secret API key may not
 * - `all_blocked`: none of it is theirs to approve; each transfer says why
 */
export const operationCodes = [
  "nothing_waits",
  "nothing_to_withdraw",
  "approved_it",
  "not_a_person",
  "all_blocked",
] as const

type OperationCode = (typeof operationCodes)[number]

/** What somebody has to know of a batch before they decide about it; all of it is told by transfer. */
export type BatchReview = {
  /** What wait for a second look: they look like another one, or are the first payment to an account. */
  held: Transfer[]
  /** Whose beneficiary was edited since they were made, or last approved. */
  edited: Transfer[]
  /** What this person may not approve. */
  blocked: { transfer: Transfer; blocker: Blocker }[]
  approvals: { needed: 1 | 2; given: { approved_by: string; count: number }[] }
  operations: Record<"approve" | "reject" | "withdraw", Operation>
}

/** As it is now, for one person; see `PayoutModuleService.reviewBatch`. */
export async function reviewBatch(
  context: PayoutContext,
  id: string,
  actor: Actor
): Promise<BatchReview> {
  const { database } = context
  await batchOf(database, id)
  const transfers = await transfersOfBatch(database, id)
  const waiting = transfers.filter(({ status }) => status === "awaiting_approval")
  const ids = waiting.map((transfer) => transfer.id)
  const blockers = await approvalBlockers(context, ids, actor)
  const approvals = await approvalsOf(context, ids)
  const given = [...approvals.values()].flatMap((one) => one.given)
  return {
    held: waiting.filter(isHeld),
    edited: waiting.filter(({ edited_from_version_id }) => edited_from_version_id !== null),
    blocked: waiting.flatMap((transfer) => {
      const blocker = blockers.get(transfer.id)
      return blocker === undefined ? [] : [{ transfer, blocker }]
    }),
    approvals: {
      needed: [...approvals.values()].some(({ needed }) => needed === 2) ? 2 : 1,
      given: [...new Set(given.map(({ approved_by }) => approved_by))].map((approved_by) => ({
        approved_by,
        count: given.filter((one) => one.approved_by === approved_by).length,
      })),
    },
    operations: {
      approve: approving(context, waiting, actor, { blockers, approvals }),
      reject: rejecting(context, waiting, actor),
      withdraw: withdrawing(context, transfers, actor),
    },
  }
}

function approving(
  context: PayoutContext,
  waiting: readonly Transfer[],
  actor: Actor,
  { blockers, approvals }: { blockers: Map<string, Blocker>; approvals: Map<string, Approvals> }
): Operation {
  if (waiting.length === 0) {
    return not("nothing_waits", "Nothing of it waits for an approval")
  }
  const personal = personalProblem(context, actor, "approve")
  if (personal !== undefined) {
    return not("not_a_person", personal)
  }
  const others = waiting.filter(
    ({ id }) => !approvals.get(id)?.given.some(({ approved_by }) => approved_by === actor.id)
  )
  if (others.length === 0) {
    return not("approved_it", "You approved it already: another person has to approve it too")
  }
  const [first] = others
  const isAllBlocked = others.every(({ id }) => blockers.has(id))
  return isAllBlocked && first ? not("all_blocked", blockers.get(first.id)?.message ?? "") : allowed
}

function rejecting(context: PayoutContext, waiting: readonly Transfer[], actor: Actor): Operation {
  if (waiting.length === 0) {
    return not("nothing_waits", "Nothing of it waits for an approval")
  }
  const personal = personalProblem(context, actor, "reject")
  return personal === undefined ? allowed : not("not_a_person", personal)
}

function withdrawing(
  context: PayoutContext,
  transfers: readonly Transfer[],
  actor: Actor
): Operation {
  const waiting = transfers.filter(({ status }) => status === "awaiting_approval")
  if (waiting.length === 0 && !transfers.some(({ status }) => status === "approved")) {
    return not("nothing_to_withdraw", "All of it was sent, or will never be")
  }
  const isAllOwn = waiting.every(({ created_by }) => created_by === actor.id)
  const personal = isAllOwn ? undefined : personalProblem(context, actor, "reject")
  return personal === undefined ? allowed : not("not_a_person", personal)
}

const allowed: Operation = { allowed: true, reason: null, code: null }

function not(code: OperationCode, reason: string): Operation {
  return { allowed: false, reason, code }
}

/** Why a secret API key may not do it; undefined for a person. */
function personalProblem(
  { options }: PayoutContext,
  actor: Actor,
  act: PersonalAct
): string | undefined {
  try {
    requirePerson(actor, act, options)
    return undefined
  } catch (error) {
    return errorMessage(error)
  }
}
