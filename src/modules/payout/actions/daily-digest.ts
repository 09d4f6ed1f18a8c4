import { dayOf } from "../../../shared/time-zone"
import type { PayoutContext } from "../context"
import type { Beneficiary } from "../domain/beneficiary"
import { hourOf } from "../domain/schedule"
import type { TransferState } from "../domain/state"
import { toldOf } from "../domain/transfer-told"
import { beginDailyRun, dailyRunBefore, endDailyRun } from "../store/daily-runs"
import {
  type ChangedAccount,
  changedAccounts,
  type DigestFilter,
  pendingBeneficiaries,
  sumsInState,
  transfersInState,
} from "../store/daily-digest"

const dayMs = 24 * 60 * 60_000

/** So many of each are told by themselves. */
const mostTold = 50

export type Digest = Awaited<ReturnType<typeof readDigest>>

/**
 * What people have to see to, once a day from the option's hour on; see `PayoutModuleService.dailyDigest`.
 *
 * @returns undefined where it was told today, or it is too early, or there is nothing to tell
 */
export async function dailyDigest(context: PayoutContext): Promise<Digest | undefined> {
  const { database, options, newUlid, announce } = context
  const now = context.now()
  if (hourOf(now, options.timeZone) < options.digestHour) {
    return undefined
  }
  const day = dayOf(now, options.timeZone)
  const run = await beginDailyRun(database, { now, newUlid }, "digest", day)
  if (!run) {
    return undefined
  }
  const last = await dailyRunBefore(database, "digest", day)
  const digest = await readDigest(context, day, last?.started_at ?? new Date(now.getTime() - dayMs))
  const counts = {
    waiting: digest.waiting.count,
    expiring: digest.expiring.count,
    failed: digest.failed.count,
    unsettled: digest.unsettled.count,
    without_statement: digest.without_statement.count,
    pending_beneficiaries: digest.pending_beneficiaries.count,
    changed_accounts: digest.changed_accounts.count,
  }
  const isEmpty = Object.values(counts).every((count) => count === 0)
  if (!isEmpty) {
    await announce({ name: "payout.digest", data: digest })
  }
  await endDailyRun(database, context.now(), run, counts)
  return isEmpty ? undefined : digest
}

/** @param since the last digest, which told of what had failed, and which accounts were changed, by then */
async function readDigest(context: PayoutContext, day: string, since: Date) {
  const { database, options } = context
  const now = context.now()
  const waiting = await told(context, "awaiting_approval")
  const ahead = new Date(now.getTime() + Math.min(2, options.approvalExpiresInDays / 2) * dayMs)
  const countedBefore = new Date(ahead.getTime() - options.approvalExpiresInDays * dayMs)
  const expiring = await told(context, "awaiting_approval", { countedBefore })
  const payableBefore = dayOf(new Date(now.getTime() - bankTakesMs), options.timeZone)
  const { count, beneficiaries } = await pendingBeneficiaries(database, mostTold)
  const changed = await changedAccounts(database, since, mostTold)
  return {
    day,
    waiting: { ...waiting, first_expires_at: firstExpiry(waiting.transfers) },
    expiring: { ...expiring, until: ahead.toISOString() },
    failed: await told(context, "failed", { since }),
    unsettled: await told(context, "manual_review"),
    // Nobody is asked about what is paid by a file: it would stay so for ever, and nobody would know.
    without_statement: await told(context, "processing", { payableBefore }),
    pending_beneficiaries: { count, beneficiaries: beneficiaries.map(pendingOf) },
    changed_accounts: { count: changed.count, accounts: changed.accounts.map(changeOf) },
  }
}

/**
 * How long after its day a file is in no statement before people are told, in milliseconds.
 *
 * Assumption: a bank books a payment by the second working day, and a weekend can be between.
 */
const bankTakesMs = 4 * dayMs

async function told(context: PayoutContext, status: TransferState, filter: DigestFilter = {}) {
  const { database, options } = context
  const sums = await sumsInState(database, status, filter)
  const transfers = await transfersInState(database, status, mostTold, filter)
  return {
    count: sums.reduce((sum, one) => sum + one.count, 0),
    sums,
    transfers: transfers.map((transfer) => toldOf(transfer, options)),
  }
}

function firstExpiry(transfers: readonly { expires_at: string | null }[]): string | null {
  const [first = null] = transfers.flatMap(({ expires_at }) => expires_at ?? []).sort()
  return first
}

function pendingOf({ id, provider_id, name, reason, created_at }: Beneficiary) {
  return { id, provider_id, name, reason, created_at: created_at.toISOString() }
}

function changeOf({ changed_at, ...change }: ChangedAccount) {
  return { ...change, changed_at: changed_at.toISOString() }
}
