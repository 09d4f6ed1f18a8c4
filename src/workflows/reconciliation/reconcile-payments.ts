import { setTimeout as sleep } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { CheckClaim, ClaimRenewal } from "../../modules/payment-journal/gateway-order"
import { HeldClaim, leaseMs } from "../../shared/held-claim"
import { GatewayPaces } from "../../modules/payment-journal/repositories/shared-gateway-state"
import {
  nothingCounted,
  type RunCounts,
  ReconciliationRuns,
} from "../../modules/payment-journal/repositories/runs"
import type { GatewayContext } from "../../providers/base/context"
import { configuredProviderIds, gatewayContextOf } from "../../providers/registry"
import { askingInTurn, type QuestionTurn } from "../../providers/base/question-turn"
import { rateLimiter, Semaphore, workThroughBatches } from "../../shared/concurrency"
import { errorMessage } from "../../shared/errors"
import { announceUnannounced } from "../exceptions/unmatched-payments"
import { reviewOrphanOrders } from "../orphan-orders/review-orphan-orders"
import { finishPaidSales } from "../till/finish-sale"
import { checkChargebacks } from "./chargebacks"
import type { CheckOutcome } from "./check-schedule"
import { checkLedger } from "./ledger-check"
import { reconcileOperation } from "./reconcile-operation"
import { reconcileOrder } from "./reconcile-order"

/** What a run may cost a gateway and this server. */
type ReconciliationLimits = {
  /** So many questions to one gateway at once, and so many begun in a second. */
  concurrency: number
  perSecond: number
  /** So many are taken over at a time. */
  batch: number
}

/** Assumption: no vendor page names a limit; so many questions a second trouble none of these gateways. */
const defaultLimits: ReconciliationLimits = { batch: 20, concurrency: 4, perSecond: 20 }

type ReconciliationScope = {
  /** Those that the shop lists, unless some of them are named. */
  providerIds?: readonly string[]
  limits?: ReconciliationLimits
}

type StartedRun = { id: string; ended: Promise<RunCounts> }

/**
 * Finds payments whose webhook was lost, by asking the gateway; and settles operations whose outcome is not known.
 * Safe on several instances at once: what one has taken over no other asks about, and what one that dies has
 * taken over is due again later. Orders of a provider that the shop lists no more wait until it does.
 */
export async function startReconciliation(
  container: MedusaContainer,
  scope: ReconciliationScope = {}
): Promise<StartedRun> {
  const runs = new ReconciliationRuns(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  const id = await runs.begin()
  return { id, ended: run(container, runs, id, scope) }
}

async function run(
  container: MedusaContainer,
  runs: ReconciliationRuns,
  id: string,
  {
    providerIds = configuredProviderIds(container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)),
    limits = defaultLimits,
  }: ReconciliationScope
): Promise<RunCounts> {
  const due = new Date()
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const counter = new RunCounter()
  const noteProgress = async () => await runs.count(id, counter.counts)
  await Promise.all(
    providerIds.map(async (providerId) => {
      try {
        await reconcileProvider(container, providerId, { due, limits, counter, noteProgress })
      } catch (error) {
        // A fault of one gateway's code, or of the database, leaves the others' payments alone.
        const reason = errorMessage(error)
        counter.addFault(`${providerId}: ${reason}`)
        log.error(`The payments of ${providerId} could not be reconciled: ${reason}`)
      }
    })
  )
  try {
    await reviewOrphanOrders(container)
  } catch (error) {
    const reason = errorMessage(error)
    counter.addFault(`orders that were left over: ${reason}`)
    log.error(`Orders that were left over could not be looked for: ${reason}`)
  }
  try {
    await finishPaidSales(container)
  } catch (error) {
    const reason = errorMessage(error)
    counter.addFault(`sales at the till: ${reason}`)
    log.error(`Sales that were paid at the till could not be finished: ${reason}`)
  }
  await runs.end(id, counter.counts, counter.lastError)
  return counter.counts
}

type ProviderRun = {
  due: Date
  limits: ReconciliationLimits
  counter: RunCounter
  /** Lets whoever watches the run see how far it is. */
  noteProgress: () => Promise<void>
}

async function reconcileProvider(
  container: MedusaContainer,
  provider_id: string,
  { due, limits, counter, noteProgress }: ProviderRun
): Promise<void> {
  const context = gatewayContextOf(container, provider_id)?.context
  if (!context) {
    return
  }
  const paces = new GatewayPaces(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  const turn = rateLimiter(limits.perSecond, (ms) => paces.reserve(provider_id, ms), {
    clock: () => performance.now(),
    sleep,
  })
  const claim = { provider_id, due, lease_ms: leaseMs, limit: limits.batch }
  for (const work of worksOf(container, context, claim, { limits, turn })) {
    await drain(work, { limits, counter, noteProgress })
  }
  await checkChargebacks(container, context, provider_id, { counter, turn })
  await checkLedger(container, context, provider_id, counter)
  await announceUnannounced(container, context, provider_id)
}

/** What is checked of a gateway's: claims a batch, of which so many checks may run at once. */
type Work = { take: () => Promise<Batch>; concurrency: number }

type Batch = {
  /** One for each claimed row. */
  checks: (() => Promise<CheckOutcome>)[]
  /** Keeps what is not checked yet from falling due again; undefined where nothing was claimed. */
  held: HeldClaim | undefined
}

/** Operations first: money on its way back to a shopper comes before carts that were left. */
function worksOf(
  container: MedusaContainer,
  context: GatewayContext,
  claim: CheckClaim,
  { limits, turn }: Pick<ProviderRun, "limits"> & { turn: () => Promise<void> }
): Work[] {
  const { journal } = context
  const questions = new Semaphore(limits.concurrency)
  const questionTurn: QuestionTurn = async (ask) =>
    await questions.run(async () => {
      await turn()
      return await ask()
    })
  return [
    {
      concurrency: limits.concurrency,
      take: async () =>
        batchOf(context, await journal.claimOperationsToCheck(claim), {
          check: async (operation) => {
            await turn()
            return await reconcileOperation(container, context, operation)
          },
          renew: (held) => journal.renewOperations({ ...held, lease_ms: leaseMs }),
          schedule: (reference, at) => journal.scheduleOperationCheck(reference, at),
        }),
    },
    {
      // While some wait for the gateway, what it said of others is written down.
      concurrency: 2 * limits.concurrency,
      take: async () =>
        batchOf(context, await journal.claimOrdersToCheck(claim), {
          check: (order) =>
            askingInTurn(questionTurn, () => reconcileOrder(container, context, order)),
          renew: (held) => journal.renewOrderChecks({ ...held, lease_ms: leaseMs }),
          schedule: (reference, at) => journal.scheduleOrderCheck(reference, at),
        }),
    },
  ]
}

type ClaimedRow = { reference: string; next_check_at: Date | null }

type RowChecks<Row> = {
  check: (row: Row) => Promise<CheckOutcome>
  renew: (held: Pick<ClaimRenewal, "references" | "until">) => Promise<Date | undefined>
  schedule: (reference: string, at: Date) => Promise<void>
}

function batchOf<Row extends ClaimedRow>(
  { log }: GatewayContext,
  rows: readonly Row[],
  { check, renew, schedule }: RowChecks<Row>
): Batch {
  const references = rows.map(({ reference }) => reference)
  // One statement claimed all of them, until one time.
  const until = rows[0]?.next_check_at
  const checkAlone = async (row: Row): Promise<CheckOutcome> => {
    try {
      return await check(row)
    } catch (error) {
      // Due again as soon as its claim is over, it would be the first of each run and keep all others from being asked about.
      const next = new Date(Date.now() + retryMs)
      const reason = `${row.reference} could not be checked: ${errorMessage(error)}`
      log.error(`${reason}. It is tried again in ten minutes`)
      await schedule(row.reference, next)
      return { count: "errors", next, error: reason }
    }
  }
  return {
    checks: rows.map((row) => () => checkAlone(row)),
    held: until
      ? new HeldClaim(references, until, (until) => renew({ references, until }))
      : undefined,
  }
}

/** After a check that broke off, in milliseconds. */
const retryMs = 10 * 60_000

/** Works batch after batch until none is left. Where so many in a row failed as a batch has, the rest waits for the next run. */
async function drain(
  { take, concurrency }: Work,
  { limits, counter, noteProgress }: Omit<ProviderRun, "due">
): Promise<void> {
  const { batch } = limits
  // Of each batch until its last check has ended; a renewal leaves those alone that have been scheduled anew.
  const held = new Set<HeldClaim>()
  let noted = counter.counts.checked
  const noteWhatIsNew = async () => {
    if (counter.counts.checked > noted) {
      noted = counter.counts.checked
      await noteProgress()
    }
  }
  const takeOver = async () => {
    await noteWhatIsNew()
    const taken = await take()
    if (taken.held) {
      held.add(taken.held)
    }
    let left = taken.checks.length
    return taken.checks.map((check) => async () => {
      const outcome = await check()
      left -= 1
      if (left === 0 && taken.held) {
        taken.held.stop()
        held.delete(taken.held)
      }
      return outcome
    })
  }
  try {
    await workThroughBatches({ take: takeOver, batch, concurrency }, async (check) => {
      const outcome = await check()
      counter.add(outcome)
      return outcome.error === undefined
    })
  } finally {
    held.forEach((claim) => claim.stop())
  }
  await noteWhatIsNew()
}

/** Counts what a run comes to, while several of its checks are under way. */
export class RunCounter {
  readonly counts: RunCounts = { ...nothingCounted }
  lastError: string | null = null

  add({ count, error }: CheckOutcome): void {
    this.counts.checked += 1
    if (count) {
      this.counts[count] += 1
    }
    this.lastError = error ?? this.lastError
  }

  /** Something went wrong that is no single payment's fault. */
  addFault(error: string): void {
    this.counts.errors += 1
    this.lastError = error
  }
}
