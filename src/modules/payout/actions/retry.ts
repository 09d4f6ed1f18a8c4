import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { notAllowed } from "../../../shared/errors"
import { PayoutConflict, stateForbids } from "../domain/state"
import type { PayoutContext } from "../context"
import type { PayoutReport } from "../provider"
import type { Actor } from "../actor"
import { lockTransfers } from "../store/batches"
import { auditCounts } from "../store/beneficiaries"
import { contradictingStatement } from "../store/statements"
import type { PayoutTransaction } from "../store/transaction"
import { findTransferBy, retriesOf, transferOf, triesOf } from "../store/transfers"
import type { Transfer } from "../domain/transfer"
import { makeTransfer } from "./create"
import { askAndBook } from "./refresh"
import { readTransferRequest } from "../domain/transfer"

/** A new transfer like a failed one, once; see `PayoutModuleService.retryTransfer`. */
export async function retryTransfer(
  context: PayoutContext,
  id: string,
  actor: Actor,
  key?: string
): Promise<Transfer> {
  const failed = await transferOf(context.database, id)
  if (failed.status !== "failed") {
    throw stateForbids(failed, "be retried")
  }
  const { last, retry } = await retriesOf(context.database, failed)
  const idempotencyKey = key ?? `retry:${last.id}`
  if (retry) {
    return sameRetry(failed, retry, idempotencyKey)
  }
  const found = await triesOf(context.database, failed)
  const told = await contradictions(context.database, found)
  const tries: Transfer[] = []
  for (const one of found) {
    tries.push(await requireNotPaid(context, one))
  }
  const { beneficiary_id, amount, currency_code, purpose, metadata } = failed
  // The external id stays with the first try, which leads to this one.
  const asked = { beneficiary_id, amount, currency_code, purpose, metadata }
  const wanted = { ...asked, idempotency_key: idempotencyKey }
  try {
    const request = readTransferRequest(wanted, last.id)
    const { transfer } = await makeTransfer(context, request, actor, (transaction) =>
      requireNoNews(transaction, tries, told)
    )
    return transfer
  } catch (error) {
    // Somebody retried it at the same time, under another key: the database lets only one in.
    const first = await findTransferBy(context.database, { retry_of_id: last.id })
    if (first) {
      return sameRetry(failed, first, idempotencyKey)
    }
    throw error
  }
}

/** @throws MedusaError not_allowed where it was paid after all, or nobody tells */
async function requireNotPaid(context: PayoutContext, tried: Transfer): Promise<Transfer> {
  const isPaidByFile = context.providers.isPaidByFile(tried.provider_id)
  const asked = isPaidByFile ? undefined : await askAndBook(context, tried)
  const blocker = asked ? retryBlocker(tried, asked.report) : await statementBlocker(context, tried)
  if (blocker !== undefined) {
    throw blocker
  }
  return asked?.transfer ?? tried
}

function contradictions(database: Knex, tries: readonly Transfer[]) {
  const ids = tries.map(({ id }) => id)
  return auditCounts(database, ids, "contradicted")
}

/**
 * What is told of the tries from now on finds the retry, and holds it; what was told while the gateway was asked about
 * them did not.
 *
 * @param told how often each was contradicted before that
 * @throws PayoutConflict
 */
async function requireNoNews(
  transaction: PayoutTransaction,
  tries: readonly Transfer[],
  told: ReadonlyMap<string, number>
): Promise<void> {
  const ids = tries.map(({ id }) => id)
  const locked = new Map((await lockTransfers(transaction, { ids })).map((one) => [one.id, one]))
  const toldNow = await contradictions(transaction.query, tries)
  const news = tries.find(
    ({ id, status }) => locked.get(id)?.status !== status || toldNow.get(id) !== told.get(id)
  )
  if (news) {
    throw new PayoutConflict(
      `Nothing was retried: the transfer ${news.reference} may have been paid, as was told a moment ago. Look at it again`,
      { code: "retry_news", details: { reference: news.reference } }
    )
  }
}

/** @throws PayoutConflict unless it is the one that was asked for */
function sameRetry(failed: Transfer, retry: Transfer, idempotencyKey: string): Transfer {
  if (retry.idempotency_key !== idempotencyKey) {
    throw new PayoutConflict(
      `The transfer ${failed.reference} was retried already, as ${retry.reference}. Look at that one`,
      { code: "retried", details: { reference: failed.reference, retry: retry.reference } }
    )
  }
  return retry
}

/** The same of one that was paid by a file: that it failed is a second person's word, and there is nobody to ask. */
async function statementBlocker(
  { database }: PayoutContext,
  { id, reference }: Transfer
): Promise<Error | undefined> {
  const statement = await contradictingStatement(database, id)
  return (
    statement &&
    notAllowed(
      `The transfer ${reference} is not retried: the statement ${statement.id} shows that it was paid. Find out with ` +
        "the bank whether the money was moved",
      { code: "retry_on_statement", details: { reference } }
    )
  )
}

/** Why it may not be paid again; undefined where the gateway stands by its no. */
function retryBlocker(
  { reference, provider_id }: Transfer,
  { outcome }: PayoutReport
): Error | undefined {
  const details = { reference, provider: provider_id }
  switch (outcome) {
    // It stands by its no; or refused it before it kept anything of it; or the money is back.
    case "failed":
    case "not_found":
    case "returned":
      return undefined
    case "succeeded":
    case "processing":
      return notAllowed(
        `The transfer ${reference} is not retried: ${provider_id} now says "${outcome}" about it. Find out in ` +
          "its dashboard whether the money was moved",
        { code: "retry_paid", details }
      )
    case "unknown":
      return notAllowed(
        `The transfer ${reference} is not retried: ${provider_id} could not be asked whether it stands by its ` +
          "refusal. Try again later",
        { code: "retry_unanswered", details }
      )
  }
}
