import { setImmediate as yieldToEventLoop } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { add, decimal, type DecimalString } from "../../../gateways/shared/money"
import { type Actor, handOf } from "../actor"
import type { PayoutContext } from "../context"
import type { Beneficiary, BeneficiaryVersion } from "../domain/beneficiary"
import { Duplicates, duplicatesSince, type Payee } from "../domain/duplicates"
import {
  type HeldLine,
  type ImportCheck,
  type ImportLine,
  type ImportLineProblem,
  type ImportOutcome,
  type ImportSum,
  linesDigest,
  type NewPayoutImport,
  type PayoutImport,
} from "../domain/import"
import { refusePast, startOfDay } from "../domain/schedule"
import {
  fingerprintOf,
  problemOf,
  readTransferRequest,
  type Transfer,
  type TransferToInsert,
  type TransferRequest,
} from "../domain/transfer"
import { validateTransfer } from "../domain/validate-transfer"
import { beneficiariesOf, versionsOf } from "../store/beneficiaries"
import {
  beginImport,
  endBrokenImports,
  findImport,
  importOf,
  noteProgress,
  openImport,
  updateImport,
} from "../store/imports"
import { inTransaction, lockEverything, type PayoutTransaction } from "../store/transaction"
import { possibleDuplicates, readDailyTotal } from "../store/transfer-queries"
import { insertTransfers, transfersWithExternalIds, transfersWithKeys } from "../store/transfers"
import { makeBatchOfImport } from "./batches"
import { newTransfer, usedForAnother } from "./create"
import { payeeOf } from "./payee"

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
  const { problems, send_at, ...row } = wanted
  const lines_digest = linesDigest(lines, problems)
  refusePast(send_at ?? null, now())
  const opened = await openImport(
    database,
    { now: now(), newUlid },
    { ...row, lines_digest, total: totalOf(wanted, lines), created_by: actor.id }
  )
  if (opened.status === "done") {
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
  actor: Actor
): Promise<ImportCheck> {
  const { database } = context
  const now = context.now()
  const found = await findImport(database, linesDigest(lines), now)
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
  const batch = await makeBatchOfImport(transaction, validated.transfers, {
    label: file_name,
    import_id: id,
    send_at,
    created_by,
  })
  for (let at = 0; at < batch.length; at += madeAtOnce) {
    progress.show({ status: "making", checked: total, made: at })
    const some = batch.slice(at, at + madeAtOnce)
    await insertTransfers(transaction, some, handOf(actor))
  }
  const made = validated.transfers.length
  return await updateImport(query, now, id, { ...ended, status: "done", made })
}

const madeAtOnce = 100

/** All or nothing; with `allowPartial` only where there is nothing to make. */
function isRefused({ problems, transfers, known }: ValidatedLines, allowPartial: boolean): boolean {
  return problems.length > 0 && (!allowPartial || transfers.length + known.length === 0)
}

type ImportToValidate = {
  /** What its transfers have in common; null where it is only checked. */
  made: Pick<Transfer, "import_id" | "send_at"> | null
  /** Of the idempotency keys of lines that have none of their own. */
  keyPrefix: string
  createdBy: string
  now: Date
}

/**
 * Validates every line by the rules for one transfer, with the lines before it taken as made: the result is as if the
 * transfers were made one after the other.
 *
 * @param lock whether what is read here must stay so until the transaction ends
 */
async function validateLines(
  context: PayoutContext,
  database: Knex,
  lines: readonly ImportLine[],
  subject: ImportToValidate,
  lock: "share" | "none",
  onChecked: (checked: number) => void = () => {}
): Promise<ValidatedLines> {
  const problems: ImportLineProblem[] = []
  const readable: Readable[] = []
  for (const { line, transfer } of lines) {
    const problem = problemOf(transfer)
    if (problem === undefined) {
      const request = readTransferRequest(transfer)
      const key = request.idempotency_key ?? `${subject.keyPrefix}:${line}`
      readable.push({ line, key, request: { ...request, idempotency_key: key } })
    } else {
      problems.push({ line, message: problem })
    }
  }
  const state = await readLinesState(context, database, readable, subject.now, lock)
  const validated: ValidatedLines = { problems, transfers: [], held: [], known: [] }
  for (const [index, line] of readable.entries()) {
    validateLine(context, state, line, subject, validated)
    if ((index + 1) % linesPerYield === 0) {
      onChecked(index + 1)
      await yieldToEventLoop()
    }
  }
  problems.sort((a, b) => a.line - b.line)
  return validated
}

/** Lines that are validated between two yields to the event loop. */
const linesPerYield = 100

type ValidatedLines = {
  problems: ImportLineProblem[]
  transfers: TransferToInsert[]
  /** Of `transfers` those that wait because they look like another one. */
  held: HeldLine[]
  /** Lines whose transfer was made before, under the same key of their own. */
  known: { line: number; transfer_id: string }[]
}

type Readable = { line: number; key: string; request: TransferRequest }

async function readLinesState(
  context: PayoutContext,
  database: Knex,
  lines: readonly Readable[],
  now: Date,
  lock: "share" | "none"
): Promise<LinesState> {
  const { options } = context
  const ids = [...new Set(lines.map(({ request }) => request.beneficiary_id))]
  const currencies = [...new Set(lines.map(({ request }) => request.currency_code))]
  const dayStart = startOfDay(now, options.timeZone)
  const beneficiaries = await beneficiariesOf(database, ids, lock)
  const versionIds = beneficiaries.map(({ version_id }) => version_id)
  const versions = new Map(
    (await versionsOf(database, versionIds)).map((version) => [version.id, version])
  )
  const payees = new Map<string, Payee>()
  for (const beneficiary of beneficiaries) {
    const version = versions.get(beneficiary.version_id)
    if (version) {
      payees.set(beneficiary.id, payeeOf(context, beneficiary, version))
    }
  }
  const digests = [...payees.values()].flatMap(({ account_digests }) => account_digests)
  const known = await transfersWithKeys(
    database,
    lines.map(({ key }) => key)
  )
  const withIds = await transfersWithExternalIds(
    database,
    lines.flatMap(({ request }) => request.external_id ?? [])
  )
  const dailyTotal = new Map<string, DecimalString>()
  for (const currency of currencies) {
    dailyTotal.set(currency, await readDailyTotal(database, currency, dayStart))
  }
  return {
    beneficiaries: new Map(beneficiaries.map((beneficiary) => [beneficiary.id, beneficiary])),
    versions,
    payees,
    madeBefore: new Map(known.map((transfer) => [transfer.idempotency_key, transfer])),
    keys: new Map(),
    externalIds: new Map(
      withIds.flatMap(({ external_id, reference }) =>
        external_id === null ? [] : [[external_id, `the transfer ${reference}`]]
      )
    ),
    duplicates: new Duplicates(
      await possibleDuplicates(database, ids, digests, duplicatesSince(now))
    ),
    dailyTotal,
  }
}

type LinesState = {
  beneficiaries: ReadonlyMap<string, Beneficiary>
  versions: ReadonlyMap<string, BeneficiaryVersion>
  payees: ReadonlyMap<string, Payee>
  madeBefore: ReadonlyMap<string, Transfer>
  // These grow by each line that is accepted.
  keys: Map<string, number>
  /** What has them: a transfer, or a line before. */
  externalIds: Map<string, string>
  duplicates: Duplicates
  dailyTotal: Map<string, DecimalString>
}

function validateLine(
  context: PayoutContext,
  state: LinesState,
  { line, key, request }: Readable,
  { made, createdBy, now }: ImportToValidate,
  validated: ValidatedLines
): void {
  const { options, providers } = context
  const refuse = (message: string) => validated.problems.push({ line, message })
  const lineBefore = state.keys.get(key)
  if (lineBefore !== undefined) {
    refuse(`The idempotency key ${key} stands in line ${lineBefore} already`)
    return
  }
  state.keys.set(key, line)
  const known = state.madeBefore.get(key)
  if (known) {
    if (known.request_fingerprint === fingerprintOf(request)) {
      validated.known.push({ line, transfer_id: known.id })
    } else {
      refuse(usedForAnother(key, known))
    }
    return
  }
  const { beneficiary_id, currency_code, external_id } = request
  const namesake = external_id === null ? undefined : state.externalIds.get(external_id)
  if (namesake !== undefined) {
    refuse(`The external_id ${external_id} is that of ${namesake} already`)
    return
  }
  const beneficiary = state.beneficiaries.get(beneficiary_id)
  const dailyTotal = state.dailyTotal.get(currency_code) ?? decimal(0)
  const payee = state.payees.get(beneficiary_id) ?? { beneficiary_id, account_digests: [] }
  const duplicate = state.duplicates.find({ ...request, ...payee }, now)
  const decision = validateTransfer(
    request,
    {
      beneficiary,
      capabilities: beneficiary && providers.find(beneficiary.provider_id)?.capabilities,
      duplicate,
      dailyTotal,
    },
    options
  )
  if (decision.type === "refused") {
    refuse(decision.reason)
    return
  }
  if (!beneficiary) {
    throw new Error("A line without a beneficiary was accepted")
  }
  const transfer = newTransfer(context, {
    request,
    decision,
    beneficiary,
    version: state.versions.get(beneficiary.version_id),
    createdBy,
    now,
    line: made === null ? undefined : { ...made, import_line: line },
  })
  validated.transfers.push(transfer)
  if (external_id !== null) {
    state.externalIds.set(external_id, `line ${line}`)
  }
  if (duplicate && decision.reason !== null) {
    const { id, reference, line: other } = duplicate
    const same_as = other === undefined ? { id, reference } : { line: other }
    validated.held.push({ line, reason: decision.reason, same_as })
  }
  // Of a file that is checked alone no transfer is made, whose reference could be told.
  const where = made === null ? { line } : {}
  state.duplicates.add({ ...transfer, ...payee, ...where, updated_at: now })
  if (decision.status === "approved") {
    state.dailyTotal.set(currency_code, add(dailyTotal, request.amount))
  }
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
