import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { toImport, type NewPayoutImport, type PayoutImport } from "../domain/import"

const table = "payout_import"

type Stamps = { now: Date; newUlid: () => string }

/** Written before anything of it is made. One of the same content is returned as it stands. */
export async function openImport(
  database: Knex,
  { now, newUlid }: Stamps,
  wanted: NewPayoutImport & Pick<PayoutImport, "total" | "created_by">
): Promise<PayoutImport> {
  const [inserted] = await database(table)
    .insert({
      id: `poimp_${newUlid()}`,
      ...wanted,
      status: "checking",
      checked: 0,
      made: 0,
      problems: JSON.stringify([]),
      created_at: now,
      updated_at: now,
    })
    .onConflict("digest")
    .ignore()
    .returning("*")
  return toImport(inserted ?? (await database(table).where({ digest: wanted.digest }).first()))
}

export async function importOf(database: Knex, id: string): Promise<PayoutImport> {
  return toImport(await database(table).where({ id }).first())
}

export type ImportChange = Partial<
  Pick<
    PayoutImport,
    "file_name" | "status" | "allow_partial" | "total" | "checked" | "made" | "problems"
  >
>

export async function updateImport(
  database: Knex,
  now: Date,
  id: string,
  { problems, ...change }: ImportChange
): Promise<PayoutImport> {
  const [row] = await database(table)
    .where({ id })
    .update({
      ...change,
      // The driver would make a list of PostgreSQL's own of an array.
      ...(problems ? { problems: JSON.stringify(problems) } : {}),
      updated_at: now,
    })
    .returning("*")
  return toImport(row)
}

/** Once more from the beginning, where it was refused or a crash ended it. */
export async function beginImport(database: Knex, now: Date, id: string): Promise<void> {
  await database(table)
    .where({ id })
    .whereNot({ status: "done" })
    .update({ status: "checking", checked: 0, made: 0, updated_at: now })
}

/** How far it is, unless it has ended: this comes over another connection, and perhaps too late. */
export async function noteProgress(
  database: Knex,
  now: Date,
  id: string,
  change: Pick<PayoutImport, "status" | "checked" | "made">
): Promise<void> {
  await database(table)
    .where({ id })
    .whereIn("status", ["checking", "making"])
    .update({ ...change, updated_at: now })
}
