import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { existing } from "../../../shared/errors"
import { toImport, type NewPayoutImport, type PayoutImport } from "../domain/import"

const table = "payout_import"

type Stamps = { now: Date; newUlid: () => string }

/** How long the same lines are taken for the same file after they were imported, in milliseconds. */
const recognizedMs = 35 * 24 * 60 * 60_000

/** The import of these lines that stands for them now; undefined where they would be a new one. */
export async function findImport(
  database: Knex,
  linesDigest: string,
  now: Date
): Promise<PayoutImport | undefined> {
  const last = await lastRound(database, linesDigest)
  return last && !isOver(last, now) ? last : undefined
}

/**
 * Written before anything of it is made. One of the same lines is returned as it stands.
 *
 * @param sameAsId the one that was made and looked at, after which they are to be paid once more
 */
export async function openImport(
  database: Knex,
  { now, newUlid }: Stamps,
  wanted: Omit<NewPayoutImport, "problems" | "same_as_id"> &
    Pick<PayoutImport, "total" | "created_by" | "lines_digest">,
  sameAsId: string | undefined
): Promise<PayoutImport> {
  const last = await lastRound(database, wanted.lines_digest)
  const isSeen = last?.status === "done" && last.id === sameAsId
  if (last && !isOver(last, now) && !isSeen) {
    return last
  }
  const [inserted] = await database(table)
    .insert({
      id: `poimp_${newUlid()}`,
      ...wanted,
      round: (last?.round ?? 0) + 1,
      status: "checking",
      checked: 0,
      made: 0,
      problems: JSON.stringify([]),
      known: JSON.stringify([]),
      created_at: now,
      updated_at: now,
    })
    .onConflict(["lines_digest", "round"])
    .ignore()
    .returning("*")
  // Another server was faster.
  return inserted
    ? toImport(inserted)
    : await openImport(database, { now, newUlid }, wanted, sameAsId)
}

async function lastRound(database: Knex, lines_digest: string): Promise<PayoutImport | undefined> {
  const row = await database(table).where({ lines_digest }).orderBy("round", "desc").first()
  return row && toImport(row)
}

function isOver({ status, updated_at }: PayoutImport, now: Date): boolean {
  return status === "done" && updated_at.getTime() <= now.getTime() - recognizedMs
}

/** @throws MedusaError not_found */
export async function importOf(database: Knex, id: string): Promise<PayoutImport> {
  const row = await database(table).where({ id }).first()
  return toImport(existing(row, `payout import ${id}`))
}

export type ImportChange = Partial<
  Pick<
    PayoutImport,
    | "file_name"
    | "digest"
    | "status"
    | "allow_partial"
    | "total"
    | "checked"
    | "made"
    | "problems"
    | "known"
    | "created_by"
  >
>

export async function updateImport(
  database: Knex,
  now: Date,
  id: string,
  { problems, known, ...change }: ImportChange
): Promise<PayoutImport> {
  const [row] = await database(table)
    .where({ id })
    .update({
      ...change,
      // The driver would make a list of PostgreSQL's own of an array.
      ...(problems ? { problems: JSON.stringify(problems) } : {}),
      ...(known ? { known: JSON.stringify(known) } : {}),
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

/** @returns undefined where it has ended, or showed progress since then: somebody may be at it */
export async function endImport(
  database: Knex,
  now: Date,
  id: string,
  { since, message }: { since: Date; message: string }
): Promise<PayoutImport | undefined> {
  const [row] = await database(table)
    .where({ id })
    .whereIn("status", ["checking", "making"])
    .where("updated_at", "<", since)
    .update({
      status: "refused",
      made: 0,
      problems: JSON.stringify([{ line: 1, message }]),
      updated_at: now,
    })
    .returning("*")
  return row && toImport(row)
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

/** @returns how many were under way and have shown no progress since then: whoever was at them is gone */
export async function endBrokenImports(
  database: Knex,
  now: Date,
  since: Date,
  message: string
): Promise<number> {
  return await database(table)
    .whereIn("status", ["checking", "making"])
    .where("updated_at", "<", since)
    .update({
      status: "refused",
      made: 0,
      problems: JSON.stringify([{ line: 1, message }]),
      updated_at: now,
    })
}
