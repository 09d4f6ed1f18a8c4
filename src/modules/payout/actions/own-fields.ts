import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { type Actor, handOf } from "../actor"
import type { PayoutContext } from "../context"
import type { Beneficiary } from "../domain/beneficiary"
import { type Metadata, type OwnFields, readOwnFields } from "../domain/own-fields"
import type { CodedText } from "../domain/reason"
import { PayoutConflict } from "../domain/state"
import type { Transfer } from "../domain/transfer"
import {
  addAuditLine,
  findBeneficiaryBy,
  lockBeneficiary,
  updateBeneficiary,
} from "../store/beneficiaries"
import { inTransaction, lockName, lockNames, type PayoutTransaction } from "../store/transaction"
import { findTransferBy, lockTransfer, noteOnTransfer } from "../store/transfers"

/**
 * Locks a beneficiary to edit it, and changes what a caller keeps with it for themselves. That makes no version and takes
 * no approval back, because nothing of it is sent; nor does it ask for a status, so that a new beneficiary can have the
 * id of a disabled one.
 */
export async function lockAndChangeFields(
  transaction: PayoutTransaction,
  id: string,
  change: OwnFields,
  actor: Actor
): Promise<Beneficiary> {
  const next = givenOf(change)
  if (next.external_id) {
    await lockNames(transaction, [lockName.beneficiaryExternalId(next.external_id)])
  }
  const before = await lockBeneficiary(transaction, id, "update")
  if (Object.keys(next).length === 0) {
    return before
  }
  await requireFreeBeneficiaryId(transaction.query, next.external_id ?? null, id)
  const changed = await updateBeneficiary(transaction, id, next)
  await noteChange(transaction, actor, before, changed)
  return changed
}

/** The same of a transfer, in whatever state it is; see `PayoutModuleService.changeTransfer`. */
export async function changeTransferFields(
  context: PayoutContext,
  id: string,
  change: OwnFields,
  actor: Actor
): Promise<Transfer> {
  const next = givenOf(change)
  return await inTransaction(context, async (transaction) => {
    const { query } = transaction
    if (next.external_id) {
      await lockNames(transaction, [lockName.externalId(next.external_id)])
    }
    const before = await lockTransfer(transaction, id)
    await requireFreeTransferId(query, next.external_id ?? null, id)
    const changed = await noteOnTransfer(query, id, next)
    await noteChange(transaction, actor, before, changed)
    return changed
  })
}

/** @throws MedusaError invalid_data */
function givenOf(change: OwnFields): Pick<Partial<Transfer>, "external_id" | "metadata"> {
  const { external_id, metadata } = readOwnFields(change)
  return {
    ...(change.external_id === undefined ? {} : { external_id }),
    ...(change.metadata === undefined ? {} : { metadata }),
  }
}

/** Writes down which customer a beneficiary is from now on; the link itself is Medusa's. See `noteCustomer` of the service. */
export async function noteCustomer(
  context: PayoutContext,
  id: string,
  { from, to }: CustomerChange,
  actor: Actor
): Promise<void> {
  await inTransaction(context, async (transaction) => {
    await addAuditLine(transaction.query, transaction, id, {
      actor: handOf(actor),
      action: to === null ? "unlinked" : "linked",
      note: customerNote({ from, to }),
    })
  })
}

/** Ids of customers; null for none. */
export type CustomerChange = { from: string | null; to: string | null }

function customerNote({ from, to }: CustomerChange): CodedText | null {
  const text = `customer: ${from ?? "none"}, now ${to ?? "none"}`
  if (from === null) {
    return to === null ? null : { text, code: "customer_linked", details: { customer: to } }
  }
  return to === null
    ? { text, code: "customer_unlinked", details: { customer: from } }
    : { text, code: "customer_changed", details: { customer_before: from, customer: to } }
}

type Kept = Pick<Transfer, "id" | "external_id" | "metadata">

/** An id that leads elsewhere from now on is written down as it was and as it is; of the metadata, which of it was changed. */
async function noteChange(
  transaction: PayoutTransaction,
  actor: Actor,
  before: Kept,
  after: Kept
): Promise<void> {
  const [was, is] = [before.external_id, after.external_id]
  const keys = changedKeys(before.metadata ?? {}, after.metadata ?? {})
  const text = [
    ...(was === is ? [] : [`external_id: ${was ?? "none"}, now ${is ?? "none"}`]),
    ...keys.map(({ key, what }) => `metadata.${key} ${what}`),
  ].join("; ")
  const changes = [
    ...(was === is ? [] : [`external_id: ${was ?? "–"} → ${is ?? "–"}`]),
    ...keys.map(({ key }) => `metadata.${key}`),
  ].join("; ")
  await addAuditLine(transaction.query, transaction, after.id, {
    actor: handOf(actor),
    action: "changed",
    note: { text, code: "own_fields", details: { changes } },
  })
}

/**
 * Which keys of the metadata were changed, and how. Without the values, which can say who somebody is: they are erased with the person, and
 * audit lines are not.
 */
function changedKeys(before: Metadata, after: Metadata): { key: string; what: string }[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => before[key] !== after[key])
    .sort()
    .map((key) => ({
      key,
      what: !(key in before) ? "added" : key in after ? "changed" : "taken away",
    }))
}

/** The name is locked, or else two at once would be told by the database alone. @throws PayoutConflict */
export async function requireFreeBeneficiaryId(
  query: Knex,
  externalId: string | null,
  except?: string
): Promise<void> {
  const known =
    externalId === null ? undefined : await findBeneficiaryBy(query, { external_id: externalId })
  if (known && known.id !== except) {
    throw taken(externalId, `beneficiary ${known.id}`)
  }
}

/** The same of a transfer's. @throws PayoutConflict */
export async function requireFreeTransferId(
  query: Knex,
  externalId: string | null,
  except?: string
): Promise<void> {
  const known =
    externalId === null ? undefined : await findTransferBy(query, { external_id: externalId })
  if (known && known.id !== except) {
    throw taken(externalId, `transfer ${known.reference} (${known.id})`)
  }
}

function taken(externalId: string | null, whose: string): PayoutConflict {
  return new PayoutConflict(
    `The external_id ${externalId} is that of the ${whose} already: look at that one, or take its external_id away first`,
    { code: "external_id_taken", details: { external_id: externalId ?? "" } }
  )
}
