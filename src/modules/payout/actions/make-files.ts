import { digest } from "../../../gateways/shared/digest"
import { add, decimal, exactAt } from "../../../gateways/shared/money"
import { errorMessage } from "../../../shared/errors"
import { type Actor, handOf } from "../actor"
import type { PayoutContext } from "../context"
import { DecryptionError } from "../crypto/accounts"
import { encryptText } from "../crypto/encryption"
import { MissingKeyError } from "../crypto/keys"
import type { Beneficiary, BeneficiaryVersion } from "../domain/beneficiary"
import {
  executionDate,
  type LeftOut,
  type LeftOutCode,
  messageIdOf,
  type PayoutFile,
  type WantedFiles,
} from "../domain/payout-file"
import { type CodedText, personsWords } from "../domain/reason"
import { PayoutConflict } from "../domain/state"
import type { Step, Transfer } from "../domain/transfer"
import type { PayoutFiles, PayoutOrder } from "../provider"
import { batchOf, lockTransfers, transfersOfBatch } from "../store/batches"
import { addAuditLine, beneficiariesOf, versionsOf } from "../store/beneficiaries"
import { filesOfBatch, insertFile } from "../store/files"
import { presentPause } from "../store/pauses"
import {
  inTransaction,
  lockName,
  lockNames,
  lockSending,
  type PayoutTransaction,
} from "../store/transaction"
import { moveTransfer } from "../store/transfers"
import { lifeDoubtAbout, sendingHistory } from "./ask-before-sending"
import { orderOf } from "./payout-order"
import { accountHistories, coolingOffOf } from "./new-account"
import { refuseWhilePaused } from "./pause"
import { payeeOf } from "./payee"
import { obstacleTo } from "./obstacle"

/** @property made those of `files` that this call made: none where all that is approved is in a file already */
export type MadeFiles = { files: PayoutFile[]; made: PayoutFile[]; left_out: LeftOut[] }

/**
 * Puts what is approved of a batch, and paid by a file, into files: one for each provider and currency; see
 * `PayoutModuleService.makeFiles`. A file and the states of its transfers are committed together before anybody is
 * given a byte of it.
 */
export async function makeFiles(
  context: PayoutContext,
  batchId: string,
  wanted: WantedFiles,
  actor: Actor
): Promise<MadeFiles> {
  const { options, log, announce } = context
  const result = await inTransaction(context, async (transaction) => {
    const { query, now } = transaction
    const payOn = executionDate(wanted.execution_date, { now, timeZone: options.timeZone })
    await lockNames(transaction, [lockName.batch(batchId)])
    await lockSending(transaction, "share")
    refuseWhilePaused(await presentPause(query))
    await batchOf(query, batchId)
    const { ready, left_out } = await readyTransfers(context, transaction, batchId)
    await requireChecked(transaction, ready, wanted.checked_note)
    const made: PayoutFile[] = []
    for (const group of groupsOf(ready)) {
      made.push(await makeFile(context, transaction, group, { batchId, payOn, actor, wanted }))
    }
    return { files: await filesOfBatch(query, batchId), made, left_out }
  })
  for (const file of result.made) {
    const { id, batch_id, provider_id, message_id, currency_code, control_sum, created_by } = file
    log.info(`The payout file ${message_id} was made by ${created_by}: ${file.count} transfers`)
    await announce({
      name: "payout.file.made",
      data: {
        id,
        batch_id,
        provider_id,
        message_id,
        count: file.count,
        control_sum,
        currency_code,
        created_by,
      },
    })
  }
  if (result.files.length === 0) {
    throw nothingToPay(batchId, result.left_out)
  }
  return result
}

function nothingToPay(batchId: string, leftOut: readonly LeftOut[]): PayoutConflict {
  const reasons = leftOut.slice(0, 3).map(({ reference, reason }) => `${reference}: ${reason}`)
  const problems = reasons.length > 0 ? reasons.join(". ") : "Its gateways are called by themselves"
  return new PayoutConflict(
    `The batch ${batchId} has nothing that is approved and paid by a file. ${problems}`,
    { code: "file_of_nothing", details: { problems } }
  )
}

type Ready = { transfer: Transfer; order: PayoutOrder; files: PayoutFiles }

/** What can stand in a file now. What may not be paid as it was approved is moved on, as where it is sent. */
async function readyTransfers(
  context: PayoutContext,
  transaction: PayoutTransaction,
  batchId: string
): Promise<{ ready: Ready[]; left_out: LeftOut[] }> {
  const { providers, options } = context
  const { query, now } = transaction
  const payeeIds = (await transfersOfBatch(query, batchId)).map((one) => one.beneficiary_id)
  const beneficiaries = await beneficiariesOf(query, [...new Set(payeeIds)], "share")
  const byId = new Map(beneficiaries.map((beneficiary) => [beneficiary.id, beneficiary]))
  const transfers = await lockTransfers(transaction, { batch_id: batchId })
  const versionIds = transfers.map(({ beneficiary_version_id }) => beneficiary_version_id)
  const versions = new Map((await versionsOf(query, versionIds)).map((one) => [one.id, one]))
  const open = transfers.flatMap((transfer) => {
    const files = providers.find(transfer.provider_id)?.files
    const beneficiary = byId.get(transfer.beneficiary_id)
    const version = versions.get(transfer.beneficiary_version_id)
    return files && beneficiary && version && transfer.file_id === null
      ? [{ transfer, files, beneficiary, version }]
      : []
  })
  const payees = open.map(({ beneficiary, version }) => payeeOf(context, beneficiary, version))
  const histories = await accountHistories(query, payees, options)
  const ready: Ready[] = []
  const left_out = transfers.flatMap((transfer) => withoutProvider(context, transfer) ?? [])
  for (const { transfer, files, beneficiary, version } of open) {
    const history = histories.get(beneficiary.id)
    const coolingOff = history && coolingOffOf(beneficiary, history, options, now)
    const found = whatBecomesOf(
      context,
      { transfer, files, beneficiary, version },
      { coolingOff, now }
    )
    if (found.type === "ready") {
      ready.push({ transfer, files, order: found.order })
      continue
    }
    const { status } = found.step ? await moveTransfer(transaction, transfer, found.step) : transfer
    const { id: transfer_id, reference } = transfer
    const { code, reason } = found
    left_out.push({ transfer_id, reference, status, code, reason })
  }
  return { ready: ready.sort(asImported), left_out }
}

/** Of what is approved and was perhaps to be paid by a file, which nobody can make now. */
function withoutProvider(
  { providers }: PayoutContext,
  { id: transfer_id, reference, status, provider_id }: Transfer
): LeftOut | undefined {
  if (status !== "approved" || providers.find(provider_id)) {
    return undefined
  }
  const reason = `Its provider ${provider_id} is not configured`
  return { transfer_id, reference, status, code: "provider", reason }
}

type Candidate = Pick<Ready, "transfer" | "files"> & {
  beneficiary: Beneficiary
  version: BeneficiaryVersion
}

type Found =
  | { type: "ready"; order: PayoutOrder }
  /** `step`: where it goes, as an approval that is void. */
  | { type: "left out"; code: LeftOutCode; reason: string; step?: Step }

function whatBecomesOf(
  context: PayoutContext,
  { transfer, files, beneficiary, version }: Candidate,
  at: { coolingOff: CodedText | undefined; now: Date }
): Found {
  const leftOut = (code: LeftOutCode, reason: string, step?: Step): Found => ({
    type: "left out",
    code,
    reason,
    step,
  })
  const { status, send_at } = transfer
  if (status !== "approved") {
    return leftOut("state", `It is ${status.replaceAll("_", " ")}`)
  }
  if (send_at !== null && send_at > at.now) {
    return leftOut("later", `It is not to be paid before ${send_at.toISOString()}`)
  }
  try {
    const obstacle = obstacleTo(context, transfer, beneficiary, version, at)
    if (obstacle) {
      return leftOut("withheld", obstacle.reason?.text ?? "", obstacle)
    }
    const order = orderOf(context.keys, transfer, version)
    const problem = files.orderProblem(order)
    return problem === undefined
      ? { type: "ready", order }
      : leftOut("content", `It can't stand in a file: ${problem}`)
  } catch (error) {
    // Of one whose account can't be read nothing can be said; the others are paid.
    if (error instanceof MissingKeyError || error instanceof DecryptionError) {
      return leftOut("unreadable", errorMessage(error))
    }
    throw error
  }
}

/** By the lines of the file that they come from, else as they were made. */
function asImported({ transfer: one }: Ready, { transfer: other }: Ready): number {
  const lines = (one.import_line ?? Infinity) - (other.import_line ?? Infinity)
  return lines < 0 || lines > 0 ? lines : one.id < other.id ? -1 : 1
}

/**
 * A database that was restored shows as approved what stood in a file that was made since the backup, and a bank can't
 * be asked: a person has to look there.
 *
 * @throws PayoutConflict where nobody says that they have
 */
async function requireChecked(
  { query }: PayoutTransaction,
  ready: readonly Ready[],
  note: string | undefined
): Promise<void> {
  const history = await sendingHistory(query)
  for (const { transfer } of ready) {
    const doubt = lifeDoubtAbout(transfer, history)
    if (doubt !== undefined && (note === undefined || note.trim() === "")) {
      throw new PayoutConflict(
        `The file is not made yet: ${doubt.text} (${transfer.reference}, for one), so that it may stand in a file that the ` +
          "bank has already. Look there whether it has a file of this batch, and say in checked_note what you found",
        { code: "file_unchecked" }
      )
    }
  }
}

/** What goes into one file. */
function groupsOf(ready: readonly Ready[]): Ready[][] {
  const groups = new Map<string, Ready[]>()
  for (const one of ready) {
    const key = `${one.transfer.provider_id} ${one.transfer.currency_code}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}

async function makeFile(
  context: PayoutContext,
  transaction: PayoutTransaction,
  group: readonly Ready[],
  {
    batchId,
    payOn,
    actor,
    wanted,
  }: { batchId: string; payOn: string; actor: Actor; wanted: WantedFiles }
): Promise<PayoutFile> {
  const { query, now, newUlid } = transaction
  const [first] = group
  if (!first) {
    throw new RangeError("A file has one transfer or more")
  }
  const { provider_id, currency_code } = first.transfer
  const owner = { batch_id: batchId, provider_id, currency_code }
  const before = (await filesOfBatch(query, batchId)).filter(
    (file) => file.provider_id === provider_id && file.currency_code === currency_code
  )
  const number = Math.max(0, ...before.map((file) => file.number)) + 1
  const message_id = messageIdOf({ ...owner, number })
  const control_sum = sumOf(group)
  const { name, mediaType, text } = first.files.makeFile({
    messageId: message_id,
    createdAt: now,
    executionDate: payOn,
    currencyCode: currency_code,
    count: group.length,
    controlSum: control_sum,
    orders: group.map(({ order }) => order),
  })
  const id = `pofil_${newUlid()}`
  const { encrypted, keyId } = encryptText(context.keys, "file", id, text)
  const file = await insertFile(transaction, {
    id,
    ...owner,
    number,
    message_id,
    format: first.files.format,
    file_name: name,
    media_type: mediaType,
    digest: digest("sha256", [text]).toString("hex"),
    count: group.length,
    control_sum,
    execution_date: payOn,
    encrypted_content: encrypted,
    key_id: keyId,
    created_by: actor.id,
  })
  const hand = handOf(actor)
  await addAuditLine(query, transaction, id, {
    actor: hand,
    action: "made",
    note: personsWords(wanted.checked_note),
  })
  for (const { transfer } of group) {
    const reason = {
      text: `It stands in the file ${message_id}`,
      code: "in_file",
      details: { file: message_id },
    } as const
    const step = { actor: hand, reason }
    const change = {
      file_id: id,
      submitted_at: now,
      lease_expires_at: null,
      // Nobody can be asked: a statement or a person tells what became of it.
      next_check_at: null,
      not_found_since: null,
      checks: 0,
    }
    const submitting = await moveTransfer(transaction, transfer, {
      ...step,
      to: "submitting",
      change,
    })
    await moveTransfer(transaction, submitting, { ...step, to: "processing" })
  }
  return file
}

/** At the amounts' own decimals. */
function sumOf(group: readonly Ready[]): string {
  const amounts = group.map(({ transfer }) => transfer.amount)
  const decimals = Math.max(...amounts.map((amount) => amount.split(".")[1]?.length ?? 0))
  return exactAt(
    amounts.map(decimal).reduce((one, other) => add(one, other)),
    decimals
  )
}
