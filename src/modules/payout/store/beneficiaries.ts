import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { time } from "../../../shared/database"
import { existing, notFound } from "../../../shared/errors"
import {
  type Beneficiary,
  type BeneficiaryVersion,
  toBeneficiary,
  toVersion,
} from "../domain/beneficiary"
import { noteColumns, type Reason } from "../domain/reason"
import { type PayoutTransaction, withMetadataText } from "./transaction"
import { transferTable } from "./transfers"

const table = "payout_beneficiary"
const versionTable = "payout_beneficiary_version"

/** @throws MedusaError not_found */
export async function beneficiaryOf(database: Knex, id: string): Promise<Beneficiary> {
  const row = await database(table).where({ id }).first()
  if (!row) {
    throw noBeneficiary(id)
  }
  return toBeneficiary(row)
}

/**
 * Until the transaction ends, nobody edits it (`share`), or nobody does anything that depends on what it says
 * (`update`).
 *
 * @throws MedusaError not_found
 */
export async function lockBeneficiary(
  { query }: PayoutTransaction,
  id: string,
  lock: "share" | "update"
): Promise<Beneficiary> {
  const select = query(table).where({ id }).first()
  const row = await (lock === "share" ? select.forShare() : select.forUpdate())
  if (!row) {
    throw noBeneficiary(id)
  }
  return toBeneficiary(row)
}

/** Those of them that there are. @param lock against edits until the transaction ends */
export async function beneficiariesOf(
  database: Knex,
  ids: readonly string[],
  lock: "share" | "none"
): Promise<Beneficiary[]> {
  const rows = await database(table)
    .whereIn("id", ids)
    .orderBy("id")
    .modify((query) => lock === "share" && query.forShare())
  return rows.map(toBeneficiary)
}

/** The first version of a new one, or the next of a known one, whose row says what the version does. */
export async function insertVersion(
  { query, now }: PayoutTransaction,
  version: Omit<BeneficiaryVersion, "created_at">
): Promise<void> {
  await query(versionTable).insert({
    ...version,
    // The driver would make a list of PostgreSQL's own of an array.
    changed_fields: JSON.stringify(version.changed_fields),
    created_at: now,
    updated_at: now,
  })
}

export async function insertBeneficiary(
  { query, now }: PayoutTransaction,
  beneficiary: Omit<Beneficiary, "created_at" | "updated_at">
): Promise<Beneficiary> {
  const [row] = await query(table)
    .insert({ ...withMetadataText(beneficiary), created_at: now, updated_at: now })
    .returning("*")
  return toBeneficiary(row)
}

export async function updateBeneficiary(
  { query, now }: PayoutTransaction,
  id: string,
  change: Partial<Omit<Beneficiary, "id" | "created_at" | "updated_at">>
): Promise<Beneficiary> {
  const [row] = await query(table)
    .where({ id })
    .update({ ...withMetadataText(change), updated_at: now })
    .returning("*")
  return toBeneficiary(row)
}

/** @throws MedusaError not_found */
export async function versionOf(database: Knex, id: string): Promise<BeneficiaryVersion> {
  const row = await database(versionTable).where({ id }).first()
  return toVersion(existing(row, `version ${id} of a payout beneficiary`))
}

/** The newest first. */
export async function versionsBefore(
  database: Knex,
  beneficiaryId: string,
  version: number
): Promise<BeneficiaryVersion[]> {
  const rows = await database(versionTable)
    .where({ beneficiary_id: beneficiaryId })
    .where("version", "<", version)
    .orderBy("version", "desc")
  return rows.map(toVersion)
}

export async function versionsOf(
  database: Knex,
  ids: readonly string[]
): Promise<BeneficiaryVersion[]> {
  const rows = await database(versionTable).whereIn("id", ids)
  return rows.map(toVersion)
}

export async function findBeneficiaryBy(
  database: Knex,
  where: { idempotency_key: string } | { external_id: string }
): Promise<Beneficiary | undefined> {
  const row = await database(table).where(where).first()
  return row && toBeneficiary(row)
}

/** Those whose newest version has one of these accounts. */
export async function beneficiariesWithAccount(
  database: Knex,
  accountDigests: readonly string[]
): Promise<Beneficiary[]> {
  const versions = database(versionTable).select("id").whereIn("account_digest", accountDigests)
  const rows = await database(table).whereIn("version_id", versions).orderBy("id")
  return rows.map(toBeneficiary)
}

/** Of one beneficiary, the oldest first. */
export async function allVersionsOf(
  database: Knex,
  beneficiaryId: string
): Promise<BeneficiaryVersion[]> {
  const rows = await database(versionTable)
    .where({ beneficiary_id: beneficiaryId })
    .orderBy("version")
  return rows.map(toVersion)
}

/** Takes from a version how its beneficiary is reached, and what else is named in `identity`. */
export async function eraseVersion(
  { query, now }: PayoutTransaction,
  id: string,
  identity: Partial<
    Pick<
      BeneficiaryVersion,
      "name" | "encrypted_account" | "key_id" | "account_hint" | "account_digest" | "bank_digest"
    >
  >
): Promise<void> {
  await query(versionTable)
    .where({ id })
    .update({ ...identity, email: null, phone: null, shop_name: null, updated_at: now })
}

/** The only change that a version ever sees while its beneficiary is one. */
export async function fillInAccount(
  { query, now }: PayoutTransaction,
  versionId: string,
  account: Partial<
    Pick<
      BeneficiaryVersion,
      "encrypted_account" | "key_id" | "account_hint" | "account_digest" | "bank_digest"
    >
  >
): Promise<void> {
  await query(versionTable)
    .where({ id: versionId })
    .update({ ...account, updated_at: now })
}

/** Locked, those behind `after` by their ids; those that another instance encrypts anew at the same time are skipped. */
export async function lockEncryptedOtherwise(
  { query }: PayoutTransaction,
  keyId: string,
  after: string,
  limit: number
): Promise<BeneficiaryVersion[]> {
  const rows = await query(versionTable)
    .whereNotNull("encrypted_account")
    .whereNot({ key_id: keyId })
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .forUpdate()
    .skipLocked()
  return rows.map(toVersion)
}

function noBeneficiary(id: string) {
  return notFound(`There is no payout beneficiary ${id}`)
}

const auditTable = "payout_audit_line"

/** What was done by whom; the note says why, or what came of it. */
type NewPayoutAuditLine = { actor: string; action: string; note: Reason | null }

export async function addAuditLine(
  database: Knex,
  { now, newUlid }: { now: Date; newUlid: () => string },
  subjectId: string,
  { actor, action, note }: NewPayoutAuditLine
): Promise<void> {
  await database(auditTable).insert({
    id: `poaud_${newUlid()}`,
    subject_id: subjectId,
    actor,
    action,
    ...noteColumns(note),
    created_at: now,
    updated_at: now,
  })
}

/** How often something was done to each of them, as their audit lines say; those without a line are left out. */
export async function auditCounts(
  database: Knex,
  subjectIds: readonly string[],
  action: string
): Promise<Map<string, number>> {
  const rows: { subject_id: string; count: number }[] = await database(auditTable)
    .whereIn("subject_id", subjectIds)
    .where({ action })
    .groupBy("subject_id")
    .select("subject_id", database.raw("count(*)::int as count"))
  return new Map(rows.map(({ subject_id, count }) => [subject_id, count]))
}

/** When something was last done to it; null where it never was. */
export async function lastAuditAt(
  database: Knex,
  subject_id: string,
  action: string
): Promise<Date | null> {
  const row = await database(auditTable)
    .where({ subject_id, action })
    .max({ last: "created_at" })
    .first()
  return time.nullable().parse(row?.last ?? null)
}

/** What became of accounts, by their keyed digests: see crypto/digests.ts. */

/** A number, and the bank that it is at; null where that is not known. */
type Account = Pick<BeneficiaryVersion, "bank_digest"> & { account_digest: string }

/** Those of them that a transfer has reached, at each bank. */
export async function paidAccounts(database: Knex, digests: readonly string[]): Promise<Account[]> {
  return await database({ version: versionTable })
    .join({ transfer: transferTable }, "transfer.beneficiary_version_id", "version.id")
    .whereIn("version.account_digest", digests)
    .where("transfer.status", "succeeded")
    .distinct("version.account_digest", "version.bank_digest")
}

export async function paidBeneficiaries(
  database: Knex,
  ids: readonly string[]
): Promise<Set<string>> {
  const paid = await database(transferTable)
    .whereIn("beneficiary_id", ids)
    .where("status", "succeeded")
    .distinct()
    .pluck("beneficiary_id")
  return new Set(paid)
}

/** When an edit last made each of them, at each bank, the account of a beneficiary; those that no edit did are left out. */
export async function accountChanges(
  database: Knex,
  digests: readonly string[]
): Promise<(Account & { changed_at: Date })[]> {
  const rows: (Account & { changed_at: Date })[] = await database(versionTable)
    .whereIn("account_digest", digests)
    .whereNotNull("account_changed_at")
    .groupBy("account_digest", "bank_digest")
    .select("account_digest", "bank_digest", database.raw("max(account_changed_at) as changed_at"))
  return rows.map((row) => ({ ...row, changed_at: new Date(row.changed_at) }))
}
