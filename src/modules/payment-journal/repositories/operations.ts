import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { amountColumns, chosenBy, type Clock } from "../../../shared/database"
import { newId } from "../../../shared/new-id"
import { decideOperation, type OperationDecision } from "../may-operation-begin"
import {
  type ExistingRows,
  checkAfterOutcome,
  checkedKinds,
  type GatewayOperation,
  type OperationIntent,
  type OperationKind,
  type OperationOutcome,
  operationReachableFrom,
  type OperationStart,
  toGatewayOperation,
  unsettledStates,
} from "../gateway-operation"
import { type CheckClaim, type ClaimRenewal, earlier, firstCheckMs, inMs } from "../gateway-order"

/** The lock is held for a handful of statements; who waits this long waits for something broken. */
const LOCK_TIMEOUT_MS = 5_000

/** PostgreSQL's code lock_not_available. */
const LOCK_NOT_AVAILABLE = "55P03"

/** The part of the journal that moves money; see `PostgresJournal` for what each method promises. */
export class PostgresOperations {
  readonly #database: Knex
  readonly #clock: Clock
  readonly #lockTimeoutMs: number

  constructor(database: Knex, clock: Clock, lockTimeoutMs = LOCK_TIMEOUT_MS) {
    this.#database = database
    this.#clock = clock
    this.#lockTimeoutMs = lockTimeoutMs
  }

  begin(intent: OperationIntent, existing: ExistingRows): Promise<OperationStart> {
    return askingMedusa(existing, (answers) => this.#attempt(intent, answers))
  }

  async settle(
    reference: string,
    outcome: OperationOutcome,
    taken?: Pick<GatewayOperation, "updated_at">
  ): Promise<GatewayOperation | undefined> {
    // Who takes it over or settles it changes this time; who only asks about it or holds on to it does not.
    const unchanged = taken && outcome.state !== "done" ? { updated_at: taken.updated_at } : {}
    const now = await this.#clock(this.#database)
    const [settled] = await this.#database("gateway_operation")
      .where({ reference, ...unchanged })
      .whereIn("state", unsettledStates)
      .update({
        state: outcome.state,
        gateway_id: outcome.gateway_id,
        gateway_code: outcome.gateway_code,
        gateway_message: outcome.gateway_message,
        made_elsewhere: outcome.made_elsewhere,
        // Nobody is at work on it any more: an unknown one may be taken up again at once.
        lease_expires_at: now,
        next_check_at: checkAfterOutcome(outcome, new Date(now.getTime() + firstCheckMs)),
        updated_at: now,
      })
      .returning("*")
    const row = settled ?? (await this.#database("gateway_operation").where({ reference }).first())
    return row && toGatewayOperation(row)
  }

  async returnRefund(
    reference: string,
    { gateway_code, gateway_message }: Pick<OperationOutcome, "gateway_code" | "gateway_message">
  ): Promise<GatewayOperation | undefined> {
    const now = await this.#clock(this.#database)
    return await this.#database.transaction(async (transaction) => {
      const [returned] = await transaction("gateway_operation")
        .where({ reference, kind: "refund" })
        .whereIn("state", operationReachableFrom.returned)
        .update({ state: "returned", gateway_code, gateway_message, updated_at: now })
        .returning("*")
      if (!returned) {
        return undefined
      }
      const operation = toGatewayOperation(returned)
      await transaction("gateway_order")
        .where({ reference: operation.order_reference, state: "refunded" })
        .update({ state: "paid", updated_at: now })
      return operation
    })
  }

  /**
   * One statement: what another server has just locked is skipped, and what it has just taken over is seen as such,
   * so that no two servers ever ask about the same.
   */
  async claimToCheck(claim: CheckClaim): Promise<GatewayOperation[]> {
    const { provider_id, due, lease_ms, limit } = claim
    const now = await this.#clock(this.#database)
    // The order is locked too, as whoever begins or resumes an operation on it locks it: of the two one
    // comes first, and the other finds the lease taken.
    const references = this.#database({ operation: "gateway_operation" })
      .join({ order: "gateway_order" }, "order.reference", "operation.order_reference")
      .select("operation.reference")
      .where("order.provider_id", provider_id)
      .whereIn("operation.kind", checkedKinds)
      .where(
        (query) =>
          query.whereIn("operation.state", unsettledStates).orWhere("operation.kind", "refund") // one that is done can still fail: then it has a time
      )
      .where("operation.next_check_at", "<=", earlier(due, now))
      .where("operation.lease_expires_at", "<=", now)
      .orderBy("operation.next_check_at")
      .limit(limit)
      .forUpdate("operation", "order")
      .skipLocked()
    const leaseEnd = inMs(now, lease_ms)
    const rows = await this.#database("gateway_operation")
      .where(chosenBy("reference", references))
      .update({
        lease_expires_at: leaseEnd,
        next_check_at: leaseEnd,
        checks: this.#database.raw("checks + 1"),
      })
      .returning("*")
    return rows.map(toGatewayOperation)
  }

  async renew({ references, until, lease_ms }: ClaimRenewal): Promise<Date | undefined> {
    const end = inMs(await this.#clock(this.#database), lease_ms)
    const renewed = await this.#database("gateway_operation")
      .whereIn("reference", references)
      .where({ lease_expires_at: until })
      .update({
        lease_expires_at: end,
        // One that was scheduled anew stays so.
        next_check_at: this.#database.raw(
          "case when next_check_at = :until then :end::timestamptz else next_check_at end",
          { until, end }
        ),
      })
    return renewed > 0 ? end : undefined
  }

  async scheduleCheck(reference: string, at: Date | null): Promise<void> {
    await this.#database("gateway_operation")
      .where({ reference })
      .where((query) => query.whereIn("state", unsettledStates).orWhereNotNull("next_check_at"))
      .update({ next_check_at: at })
  }

  ofOrder(reference: string, kind?: OperationKind): Promise<GatewayOperation[]> {
    return operationsOf(this.#database, [reference], kind)
  }

  async #attempt(intent: OperationIntent, alive: MedusaAnswers) {
    try {
      return await this.#database.transaction(
        async (transaction) => {
          const orders = await this.#lockOrders(transaction, intent)
          const operations = await operationsOf(transaction, orders)
          const now = await this.#clock(transaction)
          const decision = decideOperation({ intent, operations, alive, now })
          return await write(transaction, decision, now)
        },
        // What was committed while we waited for the lock must be seen: under any stricter level it is not.
        { isolationLevel: "read committed" }
      )
    } catch (error) {
      throw isLockTimeout(error) ? lockedByAnother(intent, error) : error
    }
  }

  /**
   * All orders of the session and not only the request's own, because the counter of references is the
   * session's. Always in one order, so that two callers don't lock each other out.
   */
  async #lockOrders(transaction: Knex.Transaction, intent: OperationIntent): Promise<string[]> {
    await transaction.raw("select set_config('lock_timeout', ?, true)", [
      `${this.#lockTimeoutMs}ms`,
    ])
    const rows: { reference: string }[] = await transaction("gateway_order")
      .whereIn(
        "session_id",
        transaction("gateway_order")
          .select("session_id")
          .where({ reference: intent.order_reference })
      )
      .orderByRaw(`reference collate "C"`)
      .forUpdate()
      .select("reference")
    if (rows.length === 0) {
      throw new RangeError(`The journal has no order ${intent.order_reference} to ${intent.kind}`)
    }
    return rows.map(({ reference }) => reference)
  }
}

/** The answers so far to "does this row of Medusa's still exist?", by the row's id. */
export type MedusaAnswers = ReadonlyMap<string, boolean>

/**
 * Tries, and where the try needs to know whether rows of Medusa's exist, asks and tries again.
 *
 * The question goes over a connection of its own. Asked inside the try's transaction it could wait for a
 * connection that is held by a request that waits for the transaction's lock: with a small pool, for ever. So
 * the try releases its lock first and looks at everything afresh the next time. An answer that was given
 * before the lock was taken is still good: Medusa never uses an id twice, so a lost row stays lost; and a
 * row that is lost only now is found so by the next request.
 *
 * It ends, because it only asks about rows it has no answer for, and those become more only when another
 * operation on the order was done in the meantime.
 */
export async function askingMedusa(
  existing: ExistingRows,
  attempt: (
    answers: MedusaAnswers
  ) => Promise<OperationStart | { type: "ask_medusa"; ids: string[] }>
): Promise<OperationStart> {
  const answers = new Map<string, boolean>()
  for (;;) {
    const result = await attempt(answers)
    if (result.type !== "ask_medusa") {
      return result
    }
    const alive = new Set(await existing(result.ids))
    for (const id of result.ids) {
      answers.set(id, alive.has(id))
    }
  }
}

async function write(
  transaction: Knex.Transaction,
  decision: OperationDecision,
  now: Date
): Promise<OperationStart | Extract<OperationDecision, { type: "ask_medusa" }>> {
  switch (decision.type) {
    case "begin":
      return { type: "begun", operation: await insert(transaction, decision.operation, now) }
    case "resume":
      return { type: "resume", operation: await update(transaction, decision, now) }
    case "adopt":
      return { type: "adopted", operation: await update(transaction, decision, now) }
    case "ask_medusa":
    case "under_way":
    case "blocked":
    case "over_limit":
      return decision
  }
}

async function insert(
  transaction: Knex.Transaction,
  { amount, ...operation }: Extract<OperationDecision, { type: "begin" }>["operation"],
  now: Date
): Promise<GatewayOperation> {
  const [row] = await transaction("gateway_operation")
    .insert({
      id: newId("gwop"),
      ...operation,
      ...amountColumns("amount", amount),
      // The server that begins it settles it; where it dies, the operation is checked once its lease is over.
      next_check_at: operation.lease_expires_at,
      created_at: now,
      updated_at: now,
    })
    .returning("*")
  return toGatewayOperation(row)
}

async function update(
  transaction: Knex.Transaction,
  decision: Extract<OperationDecision, { type: "resume" | "adopt" }>,
  now: Date
): Promise<GatewayOperation> {
  const { reference } = decision.operation
  const [row] = await transaction("gateway_operation")
    .where({ reference })
    .update({
      ...decision.change,
      ...(decision.type === "resume" ? { next_check_at: decision.change.lease_expires_at } : {}),
      updated_at: now,
    })
    .returning("*")
  return toGatewayOperation(row)
}

async function operationsOf(
  database: Knex,
  orders: string[],
  kind?: OperationKind
): Promise<GatewayOperation[]> {
  const rows = await database("gateway_operation")
    .whereIn("order_reference", orders)
    .modify((query) => kind && query.where({ kind }))
    // A counter of more characters is a later one.
    .orderByRaw(`created_at, length(reference), reference collate "C"`)
  return rows.map(toGatewayOperation)
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === LOCK_NOT_AVAILABLE
}

function lockedByAnother({ kind, order_reference }: OperationIntent, cause: unknown): Error {
  return new Error(
    `The ${kind} of ${order_reference} was not begun and nothing was sent to the gateway: another ` +
      `transaction holds the order in the database. Try again in a minute`,
    { cause }
  )
}

/** A time of the shop's: what was written from `from` on, and before `until`. */
export type TimeWindow = { from: Date; until: Date }

/** The orders of a provider whose captures and refunds changed in the journal within the window, each once; so many at most. */
export async function ordersWithChangedOperations(
  database: Knex,
  providerId: string,
  { from, until }: TimeWindow,
  most: number
): Promise<string[]> {
  return await database({ operation: "gateway_operation" })
    .join({ order: "gateway_order" }, "order.reference", "operation.order_reference")
    .where("order.provider_id", providerId)
    .whereIn("operation.kind", ["capture", "refund"])
    .where("operation.updated_at", ">=", from)
    .where("operation.updated_at", "<", until)
    .modify((query) => (most < Infinity ? query.limit(most) : query))
    .distinct("order.reference")
    .pluck("order.reference")
}
