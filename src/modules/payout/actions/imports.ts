import { add, decimal } from "../../../gateways/shared/money"
import { invalidData } from "../../../shared/errors"
import { type Actor, handOf } from "../actor"
import type { PayoutContext } from "../context"
import {
  type ImportCheck,
  type ImportLine,
  type ImportLineProblem,
  type ImportOutcome,
  type ImportSum,
  linesDigest,
  type NewPayoutImport,
  type PayoutImport,
} from "../domain/import"
import { refusePast } from "../domain/schedule"
import { PayoutConflict } from "../domain/state"
import type { TransferToInsert } from "../domain/transfer"
import {
  beginImport,
  endBrokenImports,
  endImport,
  findImport,
  importOf,
  noteProgress,
  openImport,
  updateImport,
} from "../store/imports"
import { inTransaction, lockEverything, type PayoutTransaction } from "../store/transaction"
import { insertTransfers } from "../store/transfers"
import { makeBatchOfImport, tellMade } from "./batches"
import { type ValidatedLines, validateLines } from "./validate-lines"

/**
 * Makes the transfers of a file in one transaction; see `PayoutModuleService.importTransfers`. An import that was refused,
 * or that a crash ended, made nothing: the same file may come again.
 */
export async function importTransfers(
  context: PayoutContext,
  wanted: NewPayoutImport,
  lines: readonly ImportLine[],
  actor: Actor
): Promise<ImportOutcome> {
  const { database, now, newUlid } = context
  const { problems, same_as_id, send_at, ...row } = wanted
  const lines_digest = linesDigest(lines, problems)
  refusePast(send_at ?? null, now())
  const opened = await openImport(
    database,
    { now: now(), newUlid },
    { ...row, lines_digest, total: totalOf(wanted, lines), created_by: actor.id },
    same_as_id
  )
  if (opened.status === "done") {
    requireRepeatedCall(opened, now())
    return { ...opened, is_new: false }
  }
  await beginImport(database, now(), opened.id)
  const progress = new ImportProgress(context, opened.id)
  try {
    return await inTransaction(context, async (transaction) => {
      // The same file twice at once: the second finds it done.
      await lockEverything(transaction)
      const current = await importOf(transaction.query, opened.id)
      return current.status === "done"
        ? { ...current, is_new: false }
        : {
            ...(await make(context, transaction, current, { wanted, lines, actor, progress })),
            is_new: true,
          }
    })
  } finally {
    await progress.settled()
  }
}

/** How long the same lines are taken for one call that is repeated, as by a client that got no answer; in milliseconds. */
const repeatedMs = 24 * 60 * 60_000

/** @throws PayoutConflict where somebody means to pay the same lines once more, and has not said that they know it */
function requireRepeatedCall(
  { id, file_name, created_by, created_at, updated_at }: PayoutImport,
  now: Date
): void {
  if (now.getTime() - updated_at.getTime() > repeatedMs) {
    throw new PayoutConflict(
      `Nothing was made: these lines were imported at ${created_at.toISOString()} by ${created_by}, as ${id}` +
        `${file_name === null ? "" : ` (${file_name})`}. If they are another payment, as next month's, say so in their ` +
        `purpose; to pay the very same once more, send the file with same_as_id ${id}`,
      { code: "import_known", details: { time: created_at.toISOString() } }
    )
  }
}

/** How long an import has shown no progress before a person may end it, in milliseconds: longer than one waits for locks. */
const idleMs = 60_000

/** What broke off is ended by a person before the job does it; see `PayoutModuleService.endImport`. */
export async function endImportByHand(
  context: PayoutContext,
  id: string,
  actor: Actor,
  reason: string
): Promise<PayoutImport> {
  if (reason.trim() === "") {
    throw invalidData("Say why the import is ended: whoever sent the file has to know", {
      code: "note_missing",
    })
  }
  return await inTransaction(context, async (transaction) => {
    const { query, now } = transaction
    const found = await importOf(query, id)
    const message = `${handOf(actor)} ended it before anything was made of it: ${reason}`
    const since = new Date(now.getTime() - idleMs)
    const ended = await endImport(query, now, id, { since, message })
    if (ended) {
      return ended
    }
    throw found.status === "done" || found.status === "refused"
      ? new PayoutConflict(`The import ${id} is ${found.status}: there is nothing to end`, {
          code: "import_over",
        })
      : new PayoutConflict(
          `The import ${id} is under way. It can be ended when it has shown no progress for a minute`,
          { code: "import_under_way" }
        )
  })
}

/** Longer than an import of the most lines takes, in milliseconds. */
const brokenAfterMs = 60 * 60_000

/** @returns how many imports had broken off, such as with their server; nothing was made of them */
export async function refuseBrokenImports({ database, now }: PayoutContext): Promise<number> {
  const since = new Date(now().getTime() - brokenAfterMs)
  const message = "it broke off before it was done, and nothing was made of it: send the file again"
  return await endBrokenImports(database, now(), since, message)
}

/** Each line as it would be validated now, and what the good ones add up to; see `PayoutModuleService.checkImport`. */
export async function checkImport(
  context: PayoutContext,
  lines: readonly ImportLine[],
  actor: Actor,
  unreadable: readonly ImportLineProblem[] = []
): Promise<ImportCheck> {
  const { database } = context
  const now = context.now()
  const found = await findImport(database, linesDigest(lines, unreadable), now)
  const subject = { keyPrefix: "", createdBy: actor.id, now, made: null }
  const validated = await validateLines(context, database, lines, subject, "none")
  const { problems, transfers, held, known } = validated
  return {
    problems,
    held,
    known,
    sums: sumsOf(transfers),
    imported_before: found?.status === "done" ? found : null,
  }
}

/** Lines that can't be read count too. */
function totalOf({ problems = [] }: NewPayoutImport, lines: readonly ImportLine[]): number {
  return new Set([...problems, ...lines].map(({ line }) => line)).size
}

async function make(
  context: PayoutContext,
  transaction: PayoutTransaction,
  { id, lines_digest, round }: PayoutImport,
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
  const keyPrefix = `import:${lines_digest}:${round}`
  const send_at = wanted.send_at ?? null
  const subject = { keyPrefix, createdBy: actor.id, now, made: { import_id: id, send_at } }
  const validated = await validateLines(context, query, lines, subject, "share", (checked) =>
    progress.show({ status: "checking", checked, made: 0 })
  )
  const problems = [...(wanted.problems ?? []), ...validated.problems].sort(
    (a, b) => a.line - b.line
  )
  const { known } = validated
  // Of two who send one file at once, whoever is first here makes it, whoever opened it.
  const created_by = actor.id
  const ended = {
    file_name,
    digest,
    allow_partial,
    total,
    checked: total,
    problems,
    known,
    created_by,
  }
  if (isRefused({ ...validated, problems }, allow_partial)) {
    return await updateImport(query, now, id, { ...ended, status: "refused", made: 0 })
  }
  const made = validated.transfers.length
  if (made > 0) {
    const batch = await makeBatchOfImport(transaction, {
      label: file_name,
      import_id: id,
      send_at,
      created_by,
    })
    for (let at = 0; at < made; at += madeAtOnce) {
      progress.show({ status: "making", checked: total, made: at })
      const some = validated.transfers
        .slice(at, at + madeAtOnce)
        .map((transfer) => ({ ...transfer, batch_id: batch.id }))
      await insertTransfers(transaction, some, handOf(actor))
    }
    await tellMade(transaction, batch)
  }
  return await updateImport(query, now, id, { ...ended, status: "done", made })
}

const madeAtOnce = 100

/** All or nothing; with `allowPartial` only where there is nothing to make. */
function isRefused({ problems, transfers, known }: ValidatedLines, allowPartial: boolean): boolean {
  return problems.length > 0 && (!allowPartial || transfers.length + known.length === 0)
}

function sumsOf(transfers: readonly TransferToInsert[]): ImportSum[] {
  const sums = new Map<string, ImportSum>()
  for (const { provider_id, currency_code, amount } of transfers) {
    const key = `${provider_id} ${currency_code}`
    const sum = sums.get(key) ?? { provider_id, currency_code, count: 0, amount: "0" }
    sums.set(key, {
      ...sum,
      count: sum.count + 1,
      amount: add(decimal(sum.amount), decimal(amount)),
    })
  }
  return [...sums.values()]
}

type Progress = Pick<PayoutImport, "status" | "checked" | "made">

/**
 * Writes how far an import is while its transaction is open, over a second connection. The import does not wait for
 * it: where the pool has no free connection, the progress is written later or not at all.
 */
class ImportProgress {
  readonly #context: Pick<PayoutContext, "database" | "now" | "log">
  readonly #id: string
  #next: Progress | undefined
  #writing: Promise<void> | undefined

  constructor(context: Pick<PayoutContext, "database" | "now" | "log">, id: string) {
    this.#context = context
    this.#id = id
  }

  show(progress: Progress): void {
    this.#next = progress
    this.#writing ??= this.#write()
  }

  /** When nothing is written any more; never rejects. */
  async settled(): Promise<void> {
    await this.#writing
  }

  async #write(): Promise<void> {
    const { database, now, log } = this.#context
    try {
      while (this.#next) {
        const progress = this.#next
        this.#next = undefined
        await noteProgress(database, now(), this.#id, progress)
      }
    } catch (error) {
      const reason = error instanceof Error ? error.name : "unknown error"
      log.warn(`The progress of the payout import ${this.#id} could not be shown: ${reason}`)
    } finally {
      this.#writing = undefined
    }
  }
}
