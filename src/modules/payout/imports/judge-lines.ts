import { setImmediate as breathe } from "node:timers/promises"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { add, decimal, type DecimalString } from "../../../gateways/shared/money"
import type { Beneficiary, BeneficiaryVersion } from "../beneficiary"
import type { PayoutContext } from "../payout-context"
import type { ImportLine, ImportLineProblem } from "../payout-import"
import { beneficiariesOf, versionsOf } from "../store/beneficiaries"
import { openOrPaidSince } from "../store/doubles"
import { spentSince } from "../store/spent"
import { transfersWithKeys, type TransferToInsert } from "../store/transfers"
import type { Transfer } from "../transfer"
import { alikeSince, kindOf, lastOfEachKind } from "../transfers/alike"
import { startOfDay } from "../transfers/day-start"
import { judgeWish } from "../transfers/judge-wish"
import { usedForAnother } from "../transfers/make-transfer"
import { newTransfer } from "../transfers/new-transfer"
import { fingerprintOf, problemOf, readWish, type TransferWish } from "../transfers/wish"

export type JudgedLines = {
  problems: ImportLineProblem[]
  transfers: TransferToInsert[]
  /** Lines whose transfer was made before, under the same key of their own. */
  known: number
}

type Readable = { line: number; key: string; wish: TransferWish }

export type ImportToJudge = {
  /** Null where it is only checked. */
  importId: string | null
  digest: string
  createdBy: string
  now: Date
}

const linesBetweenBreaths = 100

/**
 * Holds every line against the rules that one transfer has to keep to, and against the lines before it: an
 * import is as if its transfers were made one after the other.
 *
 * @param lock whether what is read here must stay so until the transaction ends
 */
export async function judgeLines(
  context: PayoutContext,
  database: Knex,
  lines: readonly ImportLine[],
  subject: ImportToJudge,
  lock: "share" | "none",
  onChecked: (checked: number) => void = () => {}
): Promise<JudgedLines> {
  const problems: ImportLineProblem[] = []
  const readable: Readable[] = []
  for (const { line, transfer } of lines) {
    const problem = problemOf(transfer)
    if (problem === undefined) {
      const wish = readWish(transfer)
      const key = wish.idempotency_key ?? `import:${subject.digest}:${line}`
      readable.push({ line, key, wish: { ...wish, idempotency_key: key } })
    } else {
      problems.push({ line, message: problem })
    }
  }
  const around = await readSurroundings(context, database, readable, subject.now, lock)
  const judged: JudgedLines = { problems, transfers: [], known: 0 }
  for (const [index, line] of readable.entries()) {
    judgeLine(context, around, line, subject, judged)
    if ((index + 1) % linesBetweenBreaths === 0) {
      onChecked(index + 1)
      await breathe()
    }
  }
  problems.sort((a, b) => a.line - b.line)
  return judged
}

type LinesSurroundings = {
  beneficiaries: ReadonlyMap<string, Beneficiary>
  versions: ReadonlyMap<string, BeneficiaryVersion>
  madeBefore: ReadonlyMap<string, Transfer>
  // These grow by each line that is accepted.
  keys: Map<string, number>
  alike: Map<string, Pick<Transfer, "id" | "reference">>
  spentToday: Map<string, DecimalString>
}

async function readSurroundings(
  { options }: PayoutContext,
  database: Knex,
  lines: readonly Readable[],
  now: Date,
  lock: "share" | "none"
): Promise<LinesSurroundings> {
  const ids = [...new Set(lines.map(({ wish }) => wish.beneficiary_id))]
  const currencies = [...new Set(lines.map(({ wish }) => wish.currency_code))]
  const dayStart = startOfDay(now, options.timeZone)
  const beneficiaries = await beneficiariesOf(database, ids, lock)
  const versionIds = beneficiaries.map(({ version_id }) => version_id)
  const versions = options.approval === "none" ? await versionsOf(database, versionIds) : []
  const known = await transfersWithKeys(
    database,
    lines.map(({ key }) => key)
  )
  const spentToday = new Map<string, DecimalString>()
  for (const currency of currencies) {
    spentToday.set(currency, await spentSince(database, currency, dayStart))
  }
  return {
    beneficiaries: new Map(beneficiaries.map((beneficiary) => [beneficiary.id, beneficiary])),
    versions: new Map(versions.map((version) => [version.id, version])),
    madeBefore: new Map(known.map((transfer) => [transfer.idempotency_key, transfer])),
    keys: new Map(),
    alike: lastOfEachKind<Transfer>(await openOrPaidSince(database, ids, alikeSince(now))),
    spentToday,
  }
}

function judgeLine(
  context: PayoutContext,
  around: LinesSurroundings,
  { line, key, wish }: Readable,
  { importId, createdBy, now }: ImportToJudge,
  judged: JudgedLines
): void {
  const { options, providers } = context
  const refuse = (message: string) => judged.problems.push({ line, message })
  const lineBefore = around.keys.get(key)
  if (lineBefore !== undefined) {
    refuse(`The idempotency key ${key} stands in line ${lineBefore} already`)
    return
  }
  around.keys.set(key, line)
  const known = around.madeBefore.get(key)
  if (known) {
    if (known.request_fingerprint === fingerprintOf(wish)) {
      judged.known += 1
    } else {
      refuse(usedForAnother(key, known))
    }
    return
  }
  const { beneficiary_id, currency_code } = wish
  const beneficiary = around.beneficiaries.get(beneficiary_id)
  const spentToday = around.spentToday.get(currency_code) ?? decimal(0)
  const verdict = judgeWish(
    wish,
    {
      beneficiary,
      capabilities: beneficiary && providers.find(beneficiary.provider_id)?.capabilities,
      same: around.alike.get(kindOf(wish)),
      spentToday,
    },
    options
  )
  if (verdict.type === "refused") {
    refuse(verdict.reason)
    return
  }
  if (!beneficiary) {
    throw new Error("A line without a beneficiary was accepted")
  }
  const transfer = newTransfer(context, {
    wish,
    verdict,
    beneficiary,
    version: around.versions.get(beneficiary.version_id),
    createdBy,
    now,
    line: importId === null ? undefined : { import_id: importId, import_line: line },
  })
  judged.transfers.push(transfer)
  around.alike.set(kindOf(wish), transfer)
  if (verdict.status === "approved") {
    around.spentToday.set(currency_code, add(spentToday, wish.amount))
  }
}
