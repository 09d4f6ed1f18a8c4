import type { Actor } from "../actor"
import type { PayoutContext } from "../context"
import type { GivenApproval, Transfer } from "../domain/transfer"
import { standingApprovals } from "../store/approvals"
import {
  type Awaited,
  awaitedFrom,
  type Bars,
  type OfBatches,
  oneOfEachBatch,
} from "../store/awaited-approvals"
import { batchTotals } from "../store/batches"
import { beneficiariesOf, versionsOf } from "../store/beneficiaries"
import { transfersOf } from "../store/transfers"
import {
  approvalsNeeded,
  approvedItBlocker,
  approvalBlocker,
  type Blocker,
  mayApproveAny,
} from "./who-may-approve"
import { accountHistories, coolingOffBlocker } from "./new-account"
import { payeesOf } from "./payee"

/** Why this person may not approve these transfers; see `PayoutModuleService.approvalBlockers`. */
export async function approvalBlockers(
  context: Pick<PayoutContext, "database" | "keys" | "providers" | "options" | "now">,
  ids: readonly string[],
  actor: Actor
): Promise<Map<string, Blocker>> {
  const { database, options, now } = context
  const approvals = await approvalsOf(context, ids)
  const approvedIt = (transfer: Transfer) => {
    const { needed, given } = approvals.get(transfer.id) ?? { needed: 1, given: [] }
    const isOwn = given.some(({ approved_by }) => approved_by === actor.id)
    return needed === 2 && isOwn ? approvedItBlocker(transfer) : undefined
  }
  const transfers = await transfersOf(database, ids)
  const beneficiaryIds = new Set(transfers.map(({ beneficiary_id }) => beneficiary_id))
  const beneficiaries = await beneficiariesOf(database, [...beneficiaryIds], "none")
  const byId = new Map(beneficiaries.map((beneficiary) => [beneficiary.id, beneficiary]))
  const versions = await versionsOf(
    database,
    beneficiaries.map(({ version_id }) => version_id)
  )
  const payees = [...payeesOf(context, beneficiaries, versions).values()]
  const histories = await accountHistories(database, payees, options)
  const blockers = new Map<string, Blocker>()
  for (const transfer of transfers) {
    const beneficiary = byId.get(transfer.beneficiary_id)
    const history = histories.get(transfer.beneficiary_id)
    const blocker =
      beneficiary &&
      (approvalBlocker(transfer, beneficiary, actor, options) ??
        (history && coolingOffBlocker(beneficiary, history, options, now())) ??
        approvedIt(transfer))
    if (blocker !== undefined) {
      blockers.set(transfer.id, blocker)
    }
  }
  return blockers
}

/** More than somebody looks at in a day; what is more comes into sight when these are decided about. */
const mostCounted = 2_000

/** What this person may approve; see `PayoutModuleService.approvableBy`. */
export async function approvableBy(
  context: PayoutContext,
  actor: Actor,
  of?: OfBatches
): Promise<Awaited[]> {
  if (!mayApproveAny(actor, context.options)) {
    return []
  }
  const awaited = await awaitedFrom(context.database, barsOf(context, actor), of, mostCounted)
  return await withoutBlocked(context, awaited, actor)
}

/** Of which batches this person may approve something; see `PayoutModuleService.batchesApprovableBy`. */
export async function batchesApprovableBy(
  context: PayoutContext,
  actor: Actor
): Promise<ReadonlySet<string>> {
  if (!mayApproveAny(actor, context.options)) {
    return new Set()
  }
  const first = await oneOfEachBatch(context.database, barsOf(context, actor), mostCounted)
  const theirs = batchesOf(await withoutBlocked(context, first, actor))
  // Of the others, the account of the one that was looked at may have changed in another beneficiary.
  const others = [...batchesOf(first)].filter((id) => !theirs.has(id))
  const more = others.length === 0 ? [] : await approvableBy(context, actor, others)
  return new Set([...theirs, ...batchesOf(more)])
}

function barsOf({ options, now }: PayoutContext, actor: Actor): Bars {
  const isSecond = options.approval === "second_person"
  const cooled = now().getTime() - options.accountCoolingOffHours * 60 * 60_000
  return {
    actorId: actor.id,
    since: isSecond ? (actor.type === "system" ? new Date(0) : actor.since) : null,
    accountChangedBy: new Date(cooled),
  }
}

/** Limits are another matter, which who approves is told. */
async function withoutBlocked(
  context: PayoutContext,
  awaited: readonly Awaited[],
  actor: Actor
): Promise<Awaited[]> {
  const ids = awaited.map(({ id }) => id)
  const blockers = await approvalBlockers(context, ids, actor)
  return awaited.filter(({ id }) => !blockers.has(id)).map(({ id, batch_id }) => ({ id, batch_id }))
}

function batchesOf(awaited: readonly Awaited[]): Set<string> {
  return new Set(awaited.flatMap(({ batch_id }) => batch_id ?? []))
}

/**
 * How many batches, and transfers that are in none, this person may approve: of a batch, one transfer or more. See
 * `PayoutModuleService.waitingFor`.
 */
export async function waitingFor(
  context: PayoutContext,
  actor: Actor
): Promise<{ batches: number; transfers: number }> {
  const batches = await batchesApprovableBy(context, actor)
  const transfers = await approvableBy(context, actor, null)
  return { batches: batches.size, transfers: transfers.length }
}

export type Approvals = { needed: 1 | 2; given: readonly GivenApproval[] }

/** How many people have to approve each of these transfers, and who did. */
export async function approvalsOf(
  { database, options }: Pick<PayoutContext, "database" | "options">,
  ids: readonly string[]
): Promise<Map<string, Approvals>> {
  const transfers = await transfersOf(database, ids)
  const batchIds = new Set(transfers.flatMap(({ batch_id }) => batch_id ?? []))
  const batches = await batchTotals(database, [...batchIds])
  const given = await standingApprovals(database, ids)
  return new Map(
    transfers.map((transfer) => {
      const batch = transfer.batch_id === null ? undefined : batches.get(transfer.batch_id)
      const needed = approvalsNeeded(transfer, batch, options)
      return [transfer.id, { needed, given: given.get(transfer.id) ?? [] }]
    })
  )
}
