import type { PayoutContext } from "../payout-context"
import type { ImportLine, NewPayoutImport, PayoutImport } from "../payout-import"
import { handOf, type Actor } from "../payouts"
import { beginImport, importOf, openImport, updateImport } from "../store/imports"
import { lockEverything } from "../store/locks"
import { inTransaction, type PayoutTransaction } from "../store/transaction"
import { insertTransfers } from "../store/transfers"
import { ImportProgress } from "./import-progress"
import { judgeLines, type JudgedLines } from "./judge-lines"

/**
 * Makes the transfers of a file in one transaction; see `PayoutModuleService.importTransfers`. An import that was refused,
 * or that a crash ended, made nothing: the same file may come again.
 */
export async function importTransfers(
  context: PayoutContext,
  wanted: NewPayoutImport,
  lines: readonly ImportLine[],
  actor: Actor
): Promise<PayoutImport> {
  const { database, now, newUlid } = context
  const opened = await openImport(
    database,
    { now: now(), newUlid },
    { ...wanted, total: totalOf(wanted, lines), created_by: actor.id }
  )
  if (opened.status === "done") {
    return opened
  }
  await beginImport(database, now(), opened.id)
  const progress = new ImportProgress(context, opened.id)
  try {
    return await inTransaction(context, async (transaction) => {
      // The same file twice at once: the second finds it done.
      await lockEverything(transaction)
      const current = await importOf(transaction.query, opened.id)
      return current.status === "done"
        ? current
        : await make(context, transaction, current, { wanted, lines, actor, progress })
    })
  } finally {
    await progress.settled()
  }
}

const madeAtOnce = 100

async function make(
  context: PayoutContext,
  transaction: PayoutTransaction,
  { id }: PayoutImport,
  given: {
    wanted: NewPayoutImport
    lines: readonly ImportLine[]
    actor: Actor
    progress: ImportProgress
  }
): Promise<PayoutImport> {
  const { query, now } = transaction
  const { wanted, lines, actor, progress } = given
  const { file_name, digest, allow_partial } = wanted
  const total = totalOf(wanted, lines)
  const subject = { importId: id, digest, createdBy: actor.id, now }
  const judged = await judgeLines(context, query, lines, subject, "share", (checked) =>
    progress.show({ status: "checking", checked, made: 0 })
  )
  const problems = [...(wanted.problems ?? []), ...judged.problems].sort((a, b) => a.line - b.line)
  const ended = { file_name, allow_partial, total, checked: total, problems }
  if (isRefused({ ...judged, problems }, allow_partial)) {
    return await updateImport(query, now, id, { ...ended, status: "refused", made: 0 })
  }
  for (let at = 0; at < judged.transfers.length; at += madeAtOnce) {
    progress.show({ status: "making", checked: total, made: judged.known + at })
    const some = judged.transfers.slice(at, at + madeAtOnce)
    await insertTransfers(transaction, some, handOf(actor))
  }
  const made = judged.known + judged.transfers.length
  return await updateImport(query, now, id, { ...ended, status: "done", made })
}

/** Lines that can't be read count too. */
function totalOf({ problems = [] }: NewPayoutImport, lines: readonly ImportLine[]): number {
  return new Set([...problems, ...lines].map(({ line }) => line)).size
}

/** All or nothing; with `allowPartial` only where there is nothing to make. */
function isRefused({ problems, transfers, known }: JudgedLines, allowPartial: boolean): boolean {
  return problems.length > 0 && (!allowPartial || transfers.length + known === 0)
}
