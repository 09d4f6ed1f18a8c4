import { digest } from "../../../gateways/shared/digest"
import { invalidData, notAllowed } from "../../../shared/errors"
import { type Actor, handOf, requirePerson } from "../actor"
import type { PayoutContext } from "../context"
import {
  type Booking,
  decideStatement,
  type PayoutStatement,
  type Settlement,
  type StatementDecision,
  type StatementOutcome,
  type ToldEntry,
} from "../domain/statement"
import type { CodedText } from "../domain/reason"
import { PayoutConflict } from "../domain/state"
import { isPayoutReference } from "../domain/transfer"
import { type BankStatement, type PayoutFiles, StatementProblem } from "../provider"
import { addAuditLine, versionsOf } from "../store/beneficiaries"
import { lockTransfersInFiles } from "../store/files"
import { bookingsBefore, insertStatement, lastStatement } from "../store/statements"
import { inTransaction, lockName, lockNames, type PayoutTransaction } from "../store/transaction"
import { moveTransfer, noteOnTransfer, transferOf } from "../store/transfers"
import { readableAccount } from "./payee"
import { holdRetry } from "./refresh"
import { resolveBlocker } from "./who-may-approve"

/** A file that a person has from the bank. */
export type StatementFile = {
  provider_id: string
  /** What the file says, as text. */
  content: string
  file_name?: string | null
}

export type StatementCheck = Omit<StatementDecision, "repeats"> & {
  /** How many of its bookings had been settled before. */
  known: number
  digest: string
  /** When the very same file was imported last. */
  imported_before: PayoutStatement | null
}

/** What a statement would settle, and what it tells besides; writes nothing. */
export async function checkStatement(
  context: PayoutContext,
  file: StatementFile,
  actor: Actor
): Promise<StatementCheck> {
  const statement = read(context, file)
  const hash = hashOf(file)
  const { provider_id } = file
  return await inTransaction(context, async (transaction) => {
    const given = { provider_id, digest: hash, statement, actor }
    const { repeats, ...decision } = await decide(context, transaction, given)
    const before = await lastStatement(transaction.query, { provider_id, digest: hash })
    return { ...decision, known: repeats.length, digest: hash, imported_before: before ?? null }
  })
}

/**
 * Settles what a statement proves to have been paid; see `PayoutModuleService.importStatement`.
 *
 * Assumption: a statement is as good as the word of the person who uploads it, because they could have written it. So
 * it counts as their resolution of each transfer, and settles none that they made themselves or whose account they set.
 *
 * @param seen how many transfers the check said that it would settle
 */
export async function importStatement(
  context: PayoutContext,
  file: StatementFile,
  seen: { settles: number },
  actor: Actor
): Promise<StatementOutcome> {
  requirePerson(actor, "resolve", context.options)
  const statement = read(context, file)
  const { provider_id, file_name = null } = file
  const hash = hashOf(file)
  const outcome = await inTransaction(context, async (transaction): Promise<StatementOutcome> => {
    const { query, newUlid } = transaction
    await lockNames(transaction, [lockName.statement(provider_id, hash)])
    const { settles, repeats, ...found } = await decide(context, transaction, {
      provider_id,
      digest: hash,
      statement,
      actor,
    })
    const before = await lastStatement(query, { provider_id, digest: hash })
    const contradicted = found.told.filter(
      (one) => one.kind === "ended_otherwise" && !before?.told.some((other) => isSame(one, other))
    )
    // So that another booking of it shows as such: such as where a person had said that it was paid.
    const named = repeats.flatMap(({ transfer, bankReference }) =>
      transfer.gateway_id === null && bankReference !== null
        ? [{ id: transfer.id, gateway_id: bankReference }]
        : []
    )
    if (before && settles.length + named.length + contradicted.length === 0) {
      return { ...before, is_new: false }
    }
    if (settles.length !== seen.settles) {
      throw new PayoutConflict(
        `The statement settles ${settles.length} transfers now, and you saw ${seen.settles}. Check it again`,
        { code: "statement_changed" }
      )
    }
    const imported = await insertStatement(transaction, {
      id: `postm_${newUlid()}`,
      provider_id,
      file_name,
      digest: hash,
      bank_ids: [...statement.ids],
      settled: settles.length,
      known: repeats.length,
      bookings: [...settles.map(asBooking("settled")), ...repeats.map(asBooking("known"))],
      ...found,
      created_by: actor.id,
    })
    for (const { transfer, bankReference, bookedOn } of settles) {
      await moveTransfer(transaction, transfer, {
        to: "succeeded",
        actor: handOf(actor),
        reason: shownPaid(imported, bookedOn),
        change: {
          resolved_by: actor.id,
          next_check_at: null,
          not_found_since: null,
          ...(bankReference === null ? {} : { gateway_id: bankReference }),
        },
      })
    }
    for (const { id, gateway_id } of named) {
      await noteOnTransfer(query, id, { gateway_id })
    }
    const last = new Map(contradicted.map((one) => [one.transfer_id, one]))
    for (const [transfer_id, entry] of last) {
      if (transfer_id !== null) {
        await noteContradiction(transaction, transfer_id, { imported, entry, actor })
      }
    }
    return { ...imported, is_new: true }
  })
  await tell(context, outcome)
  return outcome
}

function shownPaid({ id: statement }: PayoutStatement, day: string | null): CodedText {
  const text = `The statement ${statement} shows it paid`
  return day === null
    ? { text, code: "on_statement", details: { statement } }
    : { text: `${text} on ${day}`, code: "on_statement_booked", details: { statement, day } }
}

function asBooking(kind: Booking["kind"]) {
  return ({ transfer, position, bankReference, bookedOn }: Settlement): Booking => ({
    kind,
    position,
    transfer_id: transfer.id,
    bank_reference: bankReference,
    booked_on: bookedOn,
  })
}

function isSame(one: ToldEntry, other: ToldEntry): boolean {
  return one.kind === other.kind && one.transfer_id === other.transfer_id
}

/** Where people look who look at the transfer; and what tries it again is not paid before a person has looked at both. */
async function noteContradiction(
  transaction: PayoutTransaction,
  id: string,
  { imported, entry, actor }: { imported: PayoutStatement; entry: ToldEntry; actor: Actor }
): Promise<void> {
  const { query } = transaction
  const { reference, message } = entry
  const statement = imported.id
  await addAuditLine(query, transaction, id, {
    actor: handOf(actor),
    action: "contradicted",
    note: {
      text: `${message} (${statement})`,
      code: "statement_contradicts",
      details: { reference, statement },
    },
  })
  await holdRetry(transaction, await transferOf(query, id), {
    actor: handOf(actor),
    reasonFor: (tried) => ({
      text: `It tries ${tried} again, of which the statement ${statement} shows that it was paid`,
      code: "tried_one_on_statement",
      details: { reference: tried, statement },
    }),
  })
}

async function tell(
  { log, announce }: PayoutContext,
  { id, provider_id, settled, told, created_by, is_new }: StatementOutcome
): Promise<void> {
  if (!is_new) {
    return
  }
  if (told.length > 0) {
    log.warn(
      `The statement ${id} of ${provider_id} tells of ${told.length} payouts what a person has to look into: ` +
        [...new Set(told.map(({ kind }) => kind))].join(", ")
    )
  }
  await announce({
    name: "payout.statement.imported",
    data: { id, provider_id, settled, told: told.length, created_by },
  })
}

function hashOf({ content }: StatementFile): string {
  return digest("sha256", [content]).toString("hex")
}

/** @throws MedusaError invalid_data for what is no statement; not_allowed of a gateway that is called */
function read(context: PayoutContext, { provider_id, content }: StatementFile): BankStatement {
  try {
    return filesOf(context, provider_id).readStatement(content)
  } catch (error) {
    throw error instanceof StatementProblem
      ? invalidData(error.message, {
          code: "statement_unreadable",
          details: { problems: error.message },
        })
      : error
  }
}

function filesOf({ providers }: PayoutContext, providerId: string): PayoutFiles {
  const { files, title } = providers.get(providerId)
  if (!files) {
    throw notAllowed(`${title} is asked about its transfers: it needs no statement`)
  }
  return files
}

async function decide(
  context: PayoutContext,
  transaction: PayoutTransaction,
  given: { provider_id: string; digest: string; statement: BankStatement; actor: Actor }
): Promise<StatementDecision> {
  const { keys, options } = context
  const { provider_id, statement, actor } = given
  const { isPayee } = filesOf(context, provider_id)
  const references = statement.entries.flatMap(({ reference }) =>
    reference !== null && isPayoutReference(reference) ? [reference] : []
  )
  const transfers = await lockTransfersInFiles(transaction, provider_id, [...new Set(references)])
  const versionIds = transfers.map(({ beneficiary_version_id }) => beneficiary_version_id)
  const versions = await versionsOf(transaction.query, versionIds)
  const paidBy = new Map(versions.map((version) => [version.id, version]))
  const ids = transfers.map(({ id }) => id)
  const before = await bookingsBefore(transaction.query, given, ids)
  return decideStatement(statement, {
    transfers: new Map(transfers.map((transfer) => [transfer.reference, transfer])),
    blocker: (transfer) => {
      const paid = paidBy.get(transfer.beneficiary_version_id)
      return paid && resolveBlocker(transfer, paid, actor, options, transaction.now)?.message
    },
    isPayee: (transfer, named) => {
      const paid = paidBy.get(transfer.beneficiary_version_id)
      const account = paid && readableAccount(keys, paid)
      // One whose key is gone can't be compared.
      return account === undefined || isPayee(account, named)
    },
    shownBefore: ({ id }) => before.get(id) ?? [],
  })
}
