import type { Actor } from "../actor"
import type { PayoutContext } from "../context"
import type { Beneficiary } from "../domain/beneficiary"
import type { GivenApproval, Transfer } from "../domain/transfer"
import { standingApprovals } from "../store/approvals"
import {
  type AllBars,
  approvedOnce,
  awaitedPage,
  awaitedPayees,
  type AwaitedQuestion,
  batchesWithApprovable,
  countInNoBatch,
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
  const histories = await historiesOf(context, beneficiaries)
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

/** What this person may approve, or the rest of what waits; see `PayoutModuleService.awaitedOf`. */
export async function awaitedOf(
  context: PayoutContext,
  actor: Actor,
  question: AwaitedQuestion
): Promise<{ ids: string[]; count: number }> {
  return await awaitedPage(context.database, await barsOf(context, actor), question)
}

/** Of which batches this person may approve something; see `PayoutModuleService.batchesApprovableBy`. */
export async function batchesApprovableBy(
  context: PayoutContext,
  actor: Actor
): Promise<ReadonlySet<string>> {
  const bars = await barsOf(context, actor)
  return bars ? await batchesWithApprovable(context.database, bars) : new Set()
}

/**
 * How many batches, and transfers that are in none, this person may approve: of a batch, one transfer or more. See
 * `PayoutModuleService.waitingFor`.
 */
export async function waitingFor(
  context: PayoutContext,
  actor: Actor
): Promise<{ batches: number; transfers: number }> {
  const { database } = context
  const bars = await barsOf(context, actor)
  return bars
    ? {
        batches: (await batchesWithApprovable(database, bars)).size,
        transfers: await countInNoBatch(database, bars),
      }
    : { batches: 0, transfers: 0 }
}

/**
 * All that keeps this person from an approval, but limits, which who approves is told.
 *
 * @returns undefined where they may approve nothing
 */
async function barsOf(context: PayoutContext, actor: Actor): Promise<AllBars | undefined> {
  const { database, options, now } = context
  if (!mayApproveAny(actor, options)) {
    return undefined
  }
  const isSecond = options.approval === "second_person"
  const cooled = now().getTime() - options.accountCoolingOffHours * 60 * 60_000
  const bars = {
    actorId: actor.id,
    since: isSecond ? (actor.type === "system" ? new Date(0) : actor.since) : null,
    accountChangedBy: new Date(cooled),
  }
  return {
    ...bars,
    approvedIds: await approvedByFirst(context, actor, await approvedOnce(database, bars)),
    coolingPayees:
      options.accountCoolingOffHours === 0
        ? []
        : await coolingPayees(context, await awaitedPayees(database, bars)),
  }
}

/** So many rows are read at a time. */
const readAtOnce = 2_000

/** Those that take another person's approval beside this one's. */
async function approvedByFirst(
  context: PayoutContext,
  actor: Actor,
  ids: readonly string[]
): Promise<string[]> {
  const found: string[] = []
  for (let at = 0; at < ids.length; at += readAtOnce) {
    const approvals = await approvalsOf(context, ids.slice(at, at + readAtOnce))
    for (const [id, { needed, given }] of approvals) {
      if (needed === 2 && given.some(({ approved_by }) => approved_by === actor.id)) {
        found.push(id)
      }
    }
  }
  return found
}

/** Those of the beneficiaries to whose account nothing is approved yet. */
async function coolingPayees(context: PayoutContext, ids: readonly string[]): Promise<string[]> {
  const { database, options, now } = context
  const found: string[] = []
  for (let at = 0; at < ids.length; at += readAtOnce) {
    const some = await beneficiariesOf(database, ids.slice(at, at + readAtOnce), "none")
    const histories = await historiesOf(context, some)
    for (const beneficiary of some) {
      const history = histories.get(beneficiary.id)
      if (history && coolingOffBlocker(beneficiary, history, options, now())) {
        found.push(beneficiary.id)
      }
    }
  }
  return found
}

async function historiesOf(
  context: Pick<PayoutContext, "database" | "keys" | "providers" | "options">,
  beneficiaries: readonly Beneficiary[]
) {
  const { database, options } = context
  const versions = await versionsOf(
    database,
    beneficiaries.map(({ version_id }) => version_id)
  )
  const payees = [...payeesOf(context, beneficiaries, versions).values()]
  return await accountHistories(database, payees, options)
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
