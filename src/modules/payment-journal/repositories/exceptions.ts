import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import {
  add,
  decimal,
  type DecimalString,
  equal,
  isPositive,
  isZero,
  subtract,
} from "../../../gateways/shared/money"
import {
  type AuditLine,
  type NewAuditLine,
  systemActor,
  toAuditLine,
} from "../../../shared/audit-line"
import { advisoryKey, amountColumns, exact, readRow, time } from "../../../shared/database"
import { newId } from "../../../shared/new-id"

/**
 * Why money stands without an order of the shop's, or is to be given back:
 * - `session_gone`: paid after the cart changed; the payment session is gone, or wants another amount by now
 * - `paid_twice`: the cart, or the order that it was for, was paid by another payment already
 * - `too_much`: more came than was ordered; where the order was made all the same, only what came on top
 * - `too_little`: less came than was ordered, and no more is to be expected
 * - `other_currency`: it came in another currency than was ordered
 * - `order_not_made`: paid as ordered, but Medusa could not make the order
 * - `refund_due`: the order was canceled and its money was not given back
 * - `refund_failed`: a refund that the gateway said was made failed later: the money is to be given back still
 * - `refund_not_booked`, `capture_not_booked`: the gateway made it, and Medusa lost its own row for it; `reference` is
 *   that of the operation. Of a capture that was made at the gateway itself it is the payment's
 * - `order_without_cart`: no money, but an order that a server left which died while it completed a cart; `reference`
 *   is the order's id
 */
export const exceptionKinds = [
  "session_gone",
  "paid_twice",
  "too_much",
  "too_little",
  "other_currency",
  "order_not_made",
  "refund_due",
  "refund_failed",
  "refund_not_booked",
  "capture_not_booked",
  "order_without_cart",
] as const

export type ExceptionKind = (typeof exceptionKinds)[number]

/** Money was moved as it was requested, and Medusa's ledger lacks it. */
export type MissingBookingKind = Extract<ExceptionKind, "refund_not_booked" | "capture_not_booked">

/** Money is there that something has to be done about. */
export type HeldKind = Exclude<ExceptionKind, MissingBookingKind | "order_without_cart">

/** Money that can become a payment of an order, where an admin says so. */
export const attachableKinds: readonly HeldKind[] = [
  "session_gone",
  "paid_twice",
  "order_not_made",
  "too_much",
  "too_little",
]

/** Found by the money that came. */
export type ReceivedKind = Exclude<
  ExceptionKind,
  "refund_due" | "refund_failed" | "refund_not_booked" | "order_without_cart"
>

/** `closed`: a person, or a later try of the shop's, said that nothing is left to do. */
export const exceptionStates = ["open", "refunded", "attached", "closed"] as const

type ExceptionState = (typeof exceptionStates)[number]

/** Amounts are exact decimal texts in major units, currencies in lower case. */
const paymentExceptionRow = z
  .object({
    id: z.string(),
    /** Medusa's id of the provider, such as `pp_mocasa_mocasa`. */
    provider_id: z.string(),
    /** Ours, which the gateway knows the payment by. */
    reference: z.string(),
    /** The gateway's own number of the payment, where it has one. */
    gateway_id: z.string().nullable(),
    kind: z.enum(exceptionKinds),
    raw_amount: exact,
    currency_code: z.string(),
    raw_received_amount: exact,
    raw_expected_amount: exact,
    expected_currency_code: z.string(),
    cart_id: z.string().nullable(),
    customer_id: z.string().nullable(),
    session_id: z.string(),
    /** The order it was attached to, or whose money is due. */
    order_id: z.string().nullable(),
    /** Medusa's payment, where it has one. */
    payment_id: z.string().nullable(),
    state: z.enum(exceptionStates),
    note: z.string().nullable(),
    /** Who is at it, and until when they have it to themselves; see `take`. */
    taken_by: z.string().nullable(),
    taken_until: time.nullable(),
    /** Who settled it: an admin's id, or `system`. */
    settled_by: z.string().nullable(),
    settled_at: time.nullable(),
    /** When it was told of; null where the server died before. */
    told_at: time.nullable(),
    created_at: time,
    updated_at: time,
  })
  .transform(({ raw_amount, raw_received_amount, raw_expected_amount, ...row }) => ({
    ...row,
    /** What a person has to decide about. */
    amount: raw_amount,
    /** All that came for the reference. */
    received_amount: raw_received_amount,
    expected_amount: raw_expected_amount,
  }))

export type PaymentException = z.infer<typeof paymentExceptionRow>

export function toPaymentException(row: unknown): PaymentException {
  return readRow("payment_exception", paymentExceptionRow, row)
}

export type NewPaymentException = Omit<
  PaymentException,
  | "id"
  | "state"
  | "note"
  | "taken_by"
  | "taken_until"
  | "settled_by"
  | "settled_at"
  | "told_at"
  | "created_at"
  | "updated_at"
>

/** How it ended; what is left out stays as it is. */
type ExceptionSettlement = {
  state: Exclude<ExceptionState, "open">
  order_id?: string
}

/** So long a person has an entry to themselves after the last sign of them, in milliseconds. */
export const takenForMs = 15 * 60_000

const table = "payment_exception"
const auditTable = "gateway_audit_line"

/**
 * Money that no order of the shop's stands for, from the moment it was found until it was settled, over the
 * shop's own database. Each method is one statement, or one short transaction, and commits before it resolves.
 */
export class PostgresExceptions {
  readonly #database: Knex
  readonly #now: () => Date

  constructor(database: Knex, now: () => Date = () => new Date()) {
    this.#database = database
    this.#now = now
  }

  /**
   * Of each reference and kind one entry is open, however often it is found; found again, its amounts are brought
   * up to date: more can have come. What is found after one was settled opens another for what goes beyond that;
   * what the shop itself had closed, because nothing was wrong any more, counts anew. Where nothing is left the
   * last entry is returned as it stands.
   *
   * @throws InvalidAmountError for what is no amount
   */
  async note(found: NewPaymentException): Promise<{ payment: PaymentException; isNew: boolean }> {
    return await this.#database.transaction(async (transaction) => {
      const { reference, kind } = found
      const key = advisoryKey("payment exceptions", `${reference} ${kind}`)
      await transaction.raw("select pg_advisory_xact_lock(?)", [key])
      const rows = (
        await transaction(table).where({ reference, kind }).orderBy(["created_at", "id"])
      ).map(toPaymentException)
      const settled = sumOfSettled(rows)
      const rest = subtract(decimal(found.amount), settled)
      const amount = isZero(settled) ? found.amount : rest
      const open = rows.find(({ state }) => state === "open")
      if (open) {
        return {
          payment: await this.#bringUpToDate(transaction, open, found, amount),
          isNew: false,
        }
      }
      const last = rows.at(-1)
      if (last && !isPositive(rest)) {
        return { payment: last, isNew: false }
      }
      return { payment: await this.#insert(transaction, { ...found, amount }), isNew: true }
    })
  }

  async find(id: string): Promise<PaymentException | undefined> {
    const row = await this.#database(table).where({ id }).first()
    return row && toPaymentException(row)
  }

  /** The open ones of a reference, oldest first. */
  async openOf(reference: string): Promise<PaymentException[]> {
    const rows = await this.#database(table)
      .where({ reference, state: "open" })
      .orderBy(["created_at", "id"])
    return rows.map(toPaymentException)
  }

  /** Whether anything is open about an order at a gateway, or about a capture or a refund of it. */
  async isAnyOpenOf(orderReference: string): Promise<boolean> {
    const operations = this.#database("gateway_operation")
      .where({ order_reference: orderReference })
      .select("reference")
    const [row] = await this.#database(table)
      .where({ state: "open" })
      // One list, so that PostgreSQL goes by the index: an `or` of two conditions would read the table.
      .whereIn(
        "reference",
        operations.unionAll(this.#database.raw("select ?::text", [orderReference]))
      )
      .limit(1)
      .select("id")
    return row !== undefined
  }

  /**
   * Gives what is open to one person for `takenForMs` from now on, and to whoever has it for that long again.
   * Undefined where somebody else has it, or where it is not open: of two who take it at once, one has it.
   */
  async take(id: string, actor: string): Promise<PaymentException | undefined> {
    const [taken] = await this.#database(table)
      .where({ id, state: "open" })
      .where((query) =>
        query
          .whereNull("taken_by")
          .orWhere({ taken_by: actor })
          .orWhere("taken_until", "<=", this.#database.fn.now())
      )
      .update({
        taken_by: actor,
        // Of the database's clock: the servers' own need not agree.
        taken_until: this.#database.raw("now() + ? * interval '1 millisecond'", [takenForMs]),
      })
      .returning("*")
    return taken && toPaymentException(taken)
  }

  /** Gives it back. False where somebody else has it, or nobody. */
  async release(id: string, actor: string): Promise<boolean> {
    const released = await this.#database(table).where({ id, taken_by: actor }).update(nobody)
    return released > 0
  }

  /**
   * Settles what is open, with an audit line, both or none. Undefined where it is not open: of two who settle
   * it at once, one does.
   */
  async settle(
    id: string,
    { state, order_id }: ExceptionSettlement,
    line: NewAuditLine
  ): Promise<PaymentException | undefined> {
    return await this.#database.transaction(async (transaction) => {
      const now = this.#now()
      const [settled] = await transaction(table)
        .where({ id, state: "open" })
        .update({
          state,
          order_id,
          ...nobody,
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
      return toPaymentException(settled)
    })
  }

  /** Notes what was done or tried about a row of the journal's. */
  async addLine(subjectId: string, line: NewAuditLine): Promise<AuditLine> {
    return await this.#insertLine(this.#database, subjectId, line)
  }

  /** Oldest first. */
  async linesOf(subjectId: string): Promise<AuditLine[]> {
    const rows = await this.#database(auditTable)
      .where({ subject_id: subjectId })
      // What was written in one millisecond sorts by its ids as it was written; see new-id.ts.
      .orderBy(["created_at", "id"])
    return rows.map((row) => toAuditLine(auditTable, row))
  }

  /** Somebody was told of it: the log, the feed, and the shop's own code. */
  async markTold(id: string): Promise<void> {
    const now = this.#now()
    await this.#database(table).where({ id }).update({ told_at: now })
  }

  /** What was found before that time and not announced: the server died in between. Oldest first. */
  async untold(providerId: string, before: Date, limit: number): Promise<PaymentException[]> {
    const rows = await this.#database(table)
      .where({ provider_id: providerId, told_at: null })
      // As the index has it.
      .whereNull("deleted_at")
      .where("created_at", "<", before)
      .orderBy(["created_at", "id"])
      .limit(limit)
    return rows.map(toPaymentException)
  }

  async #insert(database: Knex, found: NewPaymentException): Promise<PaymentException> {
    const now = this.#now()
    const { amount, received_amount, expected_amount, ...columns } = found
    const [row] = await database(table)
      .insert({
        id: newId("gwexc"),
        ...columns,
        ...amountColumns("amount", amount),
        ...amountColumns("received_amount", received_amount),
        ...amountColumns("expected_amount", expected_amount),
        state: "open",
        created_at: now,
        updated_at: now,
      })
      .returning("*")
    return toPaymentException(row)
  }

  async #bringUpToDate(
    database: Knex,
    open: PaymentException,
    { received_amount }: NewPaymentException,
    amount: string
  ): Promise<PaymentException> {
    const isSame =
      equal(decimal(open.amount), decimal(amount)) &&
      equal(decimal(open.received_amount), decimal(received_amount))
    if (isSame || !isPositive(decimal(amount))) {
      return open
    }
    const [row] = await database(table)
      .where({ id: open.id })
      .update({
        ...amountColumns("amount", amount),
        ...amountColumns("received_amount", received_amount),
        updated_at: this.#now(),
      })
      .returning("*")
    return toPaymentException(row)
  }

  async #insertLine(database: Knex, subjectId: string, line: NewAuditLine): Promise<AuditLine> {
    const now = this.#now()
    const { actor, action, note } = line
    const [row] = await database(auditTable)
      .insert({
        id: newId("gwaud"),
        subject_id: subjectId,
        actor,
        action,
        note,
        created_at: now,
        updated_at: now,
      })
      .returning("*")
    return toAuditLine(auditTable, row)
  }
}

const nobody = { taken_by: null, taken_until: null }

/** What the shop itself closed, because nothing was wrong any more, can be wrong again as a whole. */
function sumOfSettled(rows: readonly PaymentException[]): DecimalString {
  return rows
    .filter(
      ({ state, settled_by }) =>
        state !== "open" && !(state === "closed" && settled_by === systemActor)
    )
    .reduce((sum, { amount }) => add(sum, decimal(amount)), decimal("0"))
}
