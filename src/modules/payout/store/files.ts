import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { amountColumns } from "../../../shared/database"
import { existing } from "../../../shared/errors"
import { type PayoutFile, toFile } from "../domain/payout-file"
import { toTransfer, type Transfer } from "../domain/transfer"
import type { PayoutTransaction } from "./transaction"
import { transferTable } from "./transfers"

const table = "payout_file"

/** @throws MedusaError not_found */
export async function fileOf(database: Knex, id: string): Promise<PayoutFile> {
  const row = await database(table).where({ id }).first()
  return toFile(existing(row, `payout file ${id}`))
}

/** Oldest first. */
export async function filesOfBatch(database: Knex, batchId: string): Promise<PayoutFile[]> {
  const rows = await database(table).where({ batch_id: batchId }).orderBy(["created_at", "id"])
  return rows.map(toFile)
}

export async function insertFile(
  { query, now }: PayoutTransaction,
  { control_sum, ...file }: Omit<PayoutFile, "created_at">
): Promise<PayoutFile> {
  const [row] = await query(table)
    .insert({
      ...file,
      ...amountColumns("control_sum", control_sum),
      created_at: now,
      updated_at: now,
    })
    .returning("*")
  return toFile(row)
}

/** Locked, by their ids. */
export async function lockTransfersOfFile(
  { query }: PayoutTransaction,
  fileId: string
): Promise<Transfer[]> {
  const rows = await query(transferTable).where({ file_id: fileId }).orderBy("id").forUpdate()
  return rows.map(toTransfer)
}

/** Locked, by their ids: those of a provider's files that have one of these references. */
export async function lockTransfersInFiles(
  { query }: PayoutTransaction,
  providerId: string,
  references: readonly string[]
): Promise<Transfer[]> {
  const rows = await query(transferTable)
    .where({ provider_id: providerId })
    .whereNotNull("file_id")
    .whereIn("reference", references)
    .orderBy("id")
    .forUpdate()
  return rows.map(toTransfer)
}

/** Locked, those that are encrypted with another key than this one, by their ids from `after` on. */
export async function lockFilesEncryptedOtherwise(
  { query }: PayoutTransaction,
  keyId: string,
  after: string,
  limit: number
): Promise<PayoutFile[]> {
  const rows = await query(table)
    .whereNot({ key_id: keyId })
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .forUpdate()
  return rows.map(toFile)
}

export async function encryptFileAnew(
  { query }: PayoutTransaction,
  id: string,
  change: Pick<PayoutFile, "encrypted_content" | "key_id">
): Promise<void> {
  await query(table).where({ id }).update(change)
}
