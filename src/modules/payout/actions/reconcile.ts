import { mapConcurrent } from "../../../shared/concurrency"
import { errorMessage } from "../../../shared/errors"
import { dayOf } from "../../../shared/time-zone"
import { gatewayActor } from "../actor"
import type { PayoutContext } from "../context"
import { compareWithReport, type Comparison, type differenceCodes } from "../domain/reconciliation"
import type { CodedText } from "../domain/reason"
import { startOfDay } from "../domain/schedule"
import type { Transfer } from "../domain/transfer"
import type { PayoutReport } from "../provider"
import { addAuditLine } from "../store/beneficiaries"
import { beginDailyRun, endDailyRun } from "../store/daily-runs"
import { toReconcile } from "../store/transfer-queries"
import { noteOnTransfer } from "../store/transfers"
import { askGateway, bookReport } from "./refresh"

const dayMs = 24 * 60 * 60_000

/** How long what has no clear answer is asked about each day, in milliseconds. */
const lookedAtMs = 35 * dayMs

const askedAtOnce = 4
const readAtOnce = 100
/** What is more waits for tomorrow, the oldest first. */
const mostAsked = 5_000
/** So many are told by themselves. */
const mostTold = 500

export type Difference = {
  transfer_id: string
  reference: string
  provider_id: string
  amount: string
  currency_code: string
  /** For the dashboard's own words. */
  code: (typeof differenceCodes)[number]
  what: string
}

/** What a run came to; as texts, because it is kept as JSON. */
export type Reconciliation = {
  day: string
  /** What was sent from then, before `until`. */
  since: string
  until: string
  asked: number
  agreed: number
  /** Had no end in the shop, and has one since this answer. */
  settled: number
  /** Have no end yet. */
  open: number
  unanswered: number
  different: number
  differences: Difference[]
}

/**
 * Holds what was sent before today, and was not held against it before, against what the gateways say of it now; see
 * `PayoutModuleService.reconcileDay`.
 *
 * @returns undefined where another server is at it, or it was done today
 */
export async function reconcileDay(context: PayoutContext): Promise<Reconciliation | undefined> {
  const { database, options, newUlid, providers, announce } = context
  const now = context.now()
  const day = dayOf(now, options.timeZone)
  const run = await beginDailyRun(database, { now, newUlid }, "reconciliation", day)
  if (!run) {
    return undefined
  }
  const until = startOfDay(now, options.timeZone)
  const since = new Date(until.getTime() - lookedAtMs)
  const outcome: Reconciliation = {
    day,
    since: since.toISOString(),
    until: until.toISOString(),
    ...{ asked: 0, agreed: 0, settled: 0, open: 0, unanswered: 0, different: 0, differences: [] },
  }
  // What is paid by a file is settled by the bank's statement.
  const asked = providers.list().filter(({ id }) => !providers.get(id).files)
  const providerIds = asked.map(({ id }) => id)
  let after: Transfer | undefined
  while (outcome.asked < mostAsked) {
    const some = await toReconcile(database, { providerIds, since, until, after }, readAtOnce)
    await mapConcurrent(some, askedAtOnce, async (transfer) => {
      count(outcome, transfer, await reconcile(context, transfer))
    })
    after = some.at(-1)
    if (some.length < readAtOnce) {
      break
    }
  }
  await endDailyRun(database, context.now(), run, outcome)
  if (outcome.different > 0) {
    await announce({ name: "payout.reconciliation", data: outcome })
  }
  return outcome
}

function count(outcome: Reconciliation, transfer: Transfer, comparison: Comparison): void {
  outcome.asked += 1
  outcome[comparison.type] += 1
  if (comparison.type === "different" && outcome.differences.length < mostTold) {
    const { id, reference, provider_id, amount, currency_code } = transfer
    const named = { transfer_id: id, reference, provider_id, amount, currency_code }
    outcome.differences.push({ ...named, code: comparison.code, what: comparison.what.text })
  }
}

async function reconcile(context: PayoutContext, transfer: Transfer): Promise<Comparison> {
  const { database, log, now } = context
  const askedAt = now()
  try {
    const report = await askGateway(context, transfer)
    // What its own rules make of the answer, which can move it, or tell of a contradiction.
    const after = await bookReport(context, transfer, report, askedAt)
    const comparison = compareWithReport(transfer, after, report)
    switch (comparison.type) {
      case "open":
      case "unanswered":
        return comparison
      case "different":
        await noteDifference(context, transfer, report, comparison.what)
        break
      case "agreed":
      case "settled":
        break
    }
    await noteOnTransfer(database, transfer.id, { reconciled_at: now() })
    return comparison
  } catch (error) {
    log.warn(
      `Payout ${transfer.reference} could not be held against its gateway: ${errorMessage(error)}`
    )
    return { type: "unanswered" }
  }
}

/** Where people look who look at the transfer: what its state can't say. */
async function noteDifference(
  { database, now, newUlid, log }: PayoutContext,
  { id, reference, provider_id }: Transfer,
  { outcome }: PayoutReport,
  what: CodedText
): Promise<void> {
  const line = { actor: gatewayActor, action: "reconciled", note: what }
  await addAuditLine(database, { now: now(), newUlid }, id, line)
  log.warn(`Payout ${reference}: ${provider_id} says "${outcome}". ${what.text}`)
}
