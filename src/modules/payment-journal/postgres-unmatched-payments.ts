import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { amountColumns } from "../../shared/amount-columns"
import type { AuditLine, NewAuditLine } from "./audit-line"
import { toAuditLine, toUnmatchedPayment } from "./unmatched-rows"
import type {
  NewUnmatchedPayment,
  UnmatchedPayment,
  UnmatchedSettlement,
} from "./unmatched-payment"
import type { UnmatchedPayments } from "./unmatched-payments"

const table = "unmatched_payment"
const auditTable = "gateway_audit_line"

/** The list over the shop's own database; each method is one statement, or one short transaction. */
export class PostgresUnmatchedPayments implements UnmatchedPayments {
  readonly #database: Knex
  readonly #now: () => Date

  constructor(database: Knex, now: () => Date = () => new Date()) {
    this.#database = database
    this.#now = now
  }

  async note(found: NewUnmatchedPayment): Promise<{ payment: UnmatchedPayment; isNew: boolean }> {
    const now = this.#now()
    const { amount, received_amount, expected_amount, ...columns } = found
    const amounts = {
      ...amountColumns("amount", amount),
      ...amountColumns("received_amount", received_amount),
    }
    const [inserted] = await this.#database(table)
      .insert({
        id: generateEntityId(undefined, "gwunm"),
        ...columns,
        ...amounts,
        ...amountColumns("expected_amount", expected_amount),
        state: "open",
        created_at: now,
        updated_at: now,
      })
      .onConflict(["reference", "kind"])
      .ignore()
      .returning("*")
    if (inserted) {
      return { payment: toUnmatchedPayment(inserted), isNew: true }
    }
    const known = { reference: found.reference, kind: found.kind }
    await this.#database(table)
      .where({ ...known, state: "open" })
      .whereRaw("(raw_amount ->> 'value', raw_received_amount ->> 'value') <> (?, ?)", [
        amount,
        received_amount,
      ])
      .update({ ...amounts, updated_at: now })
    const row = await this.#database(table).where(known).first()
    return { payment: toUnmatchedPayment(row), isNew: false }
  }

  async find(id: string): Promise<UnmatchedPayment | undefined> {
    const row = await this.#database(table).where({ id }).first()
    return row && toUnmatchedPayment(row)
  }

  async openOf(reference: string): Promise<UnmatchedPayment[]> {
    const rows = await this.#database(table)
      .where({ reference, state: "open" })
      .orderBy(["created_at", "id"])
    return rows.map(toUnmatchedPayment)
  }

  async settle(
    id: string,
    { state, order_id }: UnmatchedSettlement,
    line: NewAuditLine
  ): Promise<UnmatchedPayment | undefined> {
    return await this.#database.transaction(async (transaction) => {
      const now = this.#now()
      const [settled] = await transaction(table)
        .where({ id, state: "open" })
        .update({
          state,
          order_id,
          note: line.note,
          settled_by: line.actor,
          settled_at: now,
          updated_at: now,
        })
        .returning("*")
      if (!settled) {
        return undefined
      }
      await this.#insertLine(transaction, id, line)
      return toUnmatchedPayment(settled)
    })
  }

  async addLine(subjectId: string, line: NewAuditLine): Promise<AuditLine> {
    return await this.#insertLine(this.#database, subjectId, line)
  }

  async linesOf(subjectId: string): Promise<AuditLine[]> {
    const rows = await this.#database(auditTable)
      .where({ subject_id: subjectId })
      // Ids are ULIDs: they tell apart what was written in one millisecond.
      .orderBy(["created_at", "id"])
    return rows.map(toAuditLine)
  }

  async #insertLine(database: Knex, subjectId: string, line: NewAuditLine): Promise<AuditLine> {
    const now = this.#now()
    const { actor, action, note } = line
    const [row] = await database(auditTable)
      .insert({
        id: generateEntityId(undefined, "gwaud"),
        subject_id: subjectId,
        actor,
        action,
        note,
        created_at: now,
        updated_at: now,
      })
      .returning("*")
    return toAuditLine(row)
  }
}
