import { setImmediate as yieldToEventLoop } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { PayoutContext } from "../context"
import type { Beneficiary, BeneficiaryVersion } from "../domain/beneficiary"
import type { DayTotals } from "../domain/day-totals"
import { Duplicates, duplicatesSince, type EarlierPayment, type Payee } from "../domain/duplicates"
import type { HeldLine, ImportLine, ImportLineProblem, LineFault } from "../domain/import"
import { startOfDay } from "../domain/schedule"
import { type StatedPayee, statedMismatches } from "../domain/stated-payee"
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
import { possibleDuplicates, readDayTotals } from "../store/transfer-queries"
import { transfersWithExternalIds, transfersWithKeys } from "../store/transfers"
import { newTransfer, usedForAnother } from "./create"
import { accountHistories, type AccountHistory, isFirstPayment } from "./new-account"
import { payeesOf, readableAccount } from "./payee"

type ImportToValidate = {
  /** What its transfers have in common; null where it is only checked. */
  made: Pick<Transfer, "import_id" | "send_at"> | null
  /** Of the idempotency keys of lines that have none of their own. */
  keyPrefix: string
  createdBy: string
  now: Date
}

export type ValidatedLines = {
  problems: ImportLineProblem[]
  transfers: TransferToInsert[]
  /** Of `transfers` those that wait because they look like another one. */
  held: HeldLine[]
  /** Lines whose transfer was made before, under the same key of their own. */
  known: { line: number; transfer_id: string }[]
}

/**
 * Validates every line by the rules for one transfer, with the lines before it taken as made: the result is as if the
 * transfers were made one after the other.
 *
 * @param lock whether what is read here must stay so until the transaction ends
 */
export async function validateLines(
  context: PayoutContext,
  database: Knex,
  lines: readonly ImportLine[],
  subject: ImportToValidate,
  lock: "share" | "none",
  onChecked: (checked: number) => void = () => {}
): Promise<ValidatedLines> {
  const problems: ImportLineProblem[] = []
  const readable: Readable[] = []
  for (const { line, transfer, stated } of lines) {
    const problem = problemOf(transfer)
    if (problem === undefined) {
      const request = readTransferRequest(transfer)
      const key = request.idempotency_key ?? `${subject.keyPrefix}:${line}`
      readable.push({ line, key, stated, request: { ...request, idempotency_key: key } })
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

type Readable = Pick<ImportLine, "line" | "stated"> & { key: string; request: TransferRequest }

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
  const payees = payeesOf(context, beneficiaries, [...versions.values()])
  const histories = await accountHistories(database, [...payees.values()], options)
  const digests = [...payees.values()].flatMap(({ account_digests }) => account_digests)
  const known = await transfersWithKeys(
    database,
    lines.map(({ key }) => key)
  )
  const withIds = await transfersWithExternalIds(
    database,
    lines.flatMap(({ request }) => request.external_id ?? [])
  )
  return {
    beneficiaries: new Map(beneficiaries.map((beneficiary) => [beneficiary.id, beneficiary])),
    versions,
    payees,
    histories,
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
    today: await readDayTotals(database, currencies, dayStart),
  }
}

type LinesState = {
  beneficiaries: ReadonlyMap<string, Beneficiary>
  versions: ReadonlyMap<string, BeneficiaryVersion>
  payees: ReadonlyMap<string, Payee>
  histories: ReadonlyMap<string, AccountHistory>
  madeBefore: ReadonlyMap<string, Transfer>
  // These grow by each line that is accepted.
  keys: Map<string, number>
  /** What has them: a transfer, or a line before. */
  externalIds: Map<string, string>
  duplicates: Duplicates
  today: DayTotals
}

function validateLine(
  context: PayoutContext,
  state: LinesState,
  { line, key, request, stated }: Readable,
  { made, createdBy, now }: ImportToValidate,
  validated: ValidatedLines
): void {
  const { options, providers } = context
  const refuse = (code: LineFault, message: string) =>
    validated.problems.push({ line, message, code })
  const lineBefore = state.keys.get(key)
  if (lineBefore !== undefined) {
    refuse("key_twice", `The idempotency key ${key} stands in line ${lineBefore} already`)
    return
  }
  state.keys.set(key, line)
  const known = state.madeBefore.get(key)
  if (known) {
    if (known.request_fingerprint === fingerprintOf(request)) {
      validated.known.push({ line, transfer_id: known.id })
    } else {
      refuse("key_used", usedForAnother(key, known))
    }
    return
  }
  const { beneficiary_id, currency_code, external_id } = request
  const namesake = external_id === null ? undefined : state.externalIds.get(external_id)
  if (namesake !== undefined) {
    refuse("external_id_taken", `The external_id ${external_id} is that of ${namesake} already`)
    return
  }
  const beneficiary = state.beneficiaries.get(beneficiary_id)
  const payee = state.payees.get(beneficiary_id) ?? {
    beneficiary_id,
    account_digests: [],
    bank_digests: [],
  }
  const duplicate = state.duplicates.find({ ...request, ...payee }, now)
  const history = state.histories.get(beneficiary_id)
  const decision = validateTransfer(
    request,
    {
      beneficiary,
      capabilities: beneficiary && providers.find(beneficiary.provider_id)?.capabilities,
      duplicate,
      isFirstPayment: history !== undefined && isFirstPayment(history, options),
      today: state.today.sums({ currency_code, created_by: createdBy, ...payee }),
    },
    options
  )
  const mismatches = stated && beneficiary ? mismatchesOf(context, state, stated, beneficiary) : []
  mismatches.forEach((mismatch) => refuse("payee_mismatch", mismatch))
  if (decision.type === "refused") {
    refuse(decision.code, decision.reason)
    return
  }
  if (!beneficiary) {
    throw new Error("A line without a beneficiary was accepted")
  }
  if (mismatches.length > 0) {
    return
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
  if (decision.reason !== null) {
    const same_as = duplicate ? likeness(duplicate) : null
    validated.held.push({ line, reason: decision.reason.text, same_as })
  }
  // Of a file that is checked alone no transfer is made, whose reference could be told.
  const where = made === null ? { line } : {}
  state.duplicates.add({ ...transfer, ...payee, ...where, updated_at: now })
  if (decision.status === "approved") {
    state.today.add({ ...transfer, ...payee })
  }
}

function mismatchesOf(
  { keys, providers }: PayoutContext,
  { versions }: LinesState,
  stated: StatedPayee,
  { id, provider_id, name, version_id }: Beneficiary
): string[] {
  const version = versions.get(version_id)
  const [first] = providers.find(provider_id)?.capabilities.accountFields ?? []
  const account = version && readableAccount(keys, version)
  return statedMismatches(stated, { id, name, account_number: first && account?.[first.name] })
}

/** What a line looks like, as the check of its file names it. */
function likeness({ id, reference, line }: EarlierPayment): HeldLine["same_as"] {
  return line === undefined ? { id, reference } : { line }
}
