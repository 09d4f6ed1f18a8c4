import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { amountColumns, type Clock, databaseClock } from "../../../shared/database"
import { lookedUpOnce } from "../../../shared/concurrency"
import { newId } from "../../../shared/new-id"
import type {
  ExistingRows,
  GatewayOperation,
  OperationIntent,
  OperationKind,
  OperationOutcome,
  OperationStart,
} from "../gateway-operation"
import {
  bindingStates,
  changeableFrom,
  type CheckClaim,
  type ClaimRenewal,
  firstCheckMs,
  type GatewayAnswer,
  type GatewayOrder,
  type GatewayOrderChange,
  type MoneyReceipt,
  mostAnswers,
  mostCandidateIds,
  type NewGatewayOrder,
  type NewReceivedMoney,
  type OverdueClaim,
  type ReceivedMoney,
  toGatewayOrder,
} from "../gateway-order"
import { PostgresOperations } from "./operations"
import { PostgresOrderChecks } from "./order-checks"
import {
  type NewPaymentRequest,
  type PaymentRequest,
  PostgresPaymentRequests,
  type RequestingSession,
} from "./payment-requests"
import { PostgresReceivedMoney } from "./received-money"

/** What the journal offers; tests have one that keeps its rows in memory. */
export type PaymentJournal = Pick<PostgresJournal, keyof PostgresJournal>

/**
 * The truth about money in flight, over the shop's own database, on the connection that Medusa gives payment
 * providers (`__pg_connection__`). Medusa deletes its session, refund and capture rows when something throws; these
 * rows stay. Each method is one statement, or one short transaction, of its own, and commits before it resolves, so
 * that a row is there before the socket is opened, whatever happens to the process after that. It takes no part in
 * a transaction of the caller's, which could take the row back.
 *
 * Amounts are decimal texts in major units and come back character for character as they were written.
 * What is no amount (`NaN`, `1,5`) is refused with an InvalidAmountError.
 *
 * Rows count even where they were soft-deleted: what was asked of a gateway can't be unasked.
 */
export class PostgresJournal {
  readonly #database: Knex
  readonly #now: () => Date
  readonly #checks: PostgresOrderChecks
  readonly #money: PostgresReceivedMoney
  readonly #operations: PostgresOperations
  readonly #requests: PostgresPaymentRequests
  /**
   * Only a Medusa without its cart module lacks the link table. It is asked once, since PostgreSQL refuses
   * every statement that names a missing table.
   */
  readonly #hasCarts = lookedUpOnce((database: Knex) =>
    database.schema.hasTable("cart_payment_collection")
  )

  /** @param now for tests; without it leases end by the database's clock, and rows are dated by the server's own */
  constructor(database: Knex, now?: () => Date, lockTimeoutMs?: number) {
    this.#database = database
    this.#now = now ?? (() => new Date())
    const clock: Clock = now ? async () => now() : databaseClock
    this.#checks = new PostgresOrderChecks(database, this.#now, clock)
    this.#money = new PostgresReceivedMoney(database, this.#now)
    this.#operations = new PostgresOperations(database, clock, lockTimeoutMs)
    this.#requests = new PostgresPaymentRequests(database, this.#now)
  }

  /** Writes the row before the gateway is asked. An order that is there already is returned as it stands. */
  async openOrder(order: NewGatewayOrder): Promise<{ order: GatewayOrder; isNew: boolean }> {
    const now = this.#now()
    const hasCarts = await this.#hasCarts(this.#database)
    const [inserted] = await this.#database("gateway_order")
      .insert({
        id: newId("gword"),
        reference: order.reference,
        provider_id: order.provider_id,
        session_id: order.session_id,
        payment_collection_id: order.payment_collection_id,
        cart_id: hasCarts ? this.#cartOf(order.payment_collection_id) : null,
        customer_id: order.customer_id,
        ...amountColumns("requested_amount", order.requested_amount),
        ...amountColumns("amount", order.amount),
        currency_code: order.currency_code,
        state: "opening",
        details: order.details ?? null,
        attached_session_id: order.attached_session_id ?? null,
        next_check_at: new Date(now.getTime() + firstCheckMs),
        created_at: now,
        updated_at: now,
      })
      .onConflict("reference")
      .ignore()
      .returning("*")
    if (inserted) {
      return { order: toGatewayOrder(inserted), isNew: true }
    }
    const known = await this.findOrder(order.reference)
    if (!known) {
      throw new Error(
        `The journal's row of order ${order.reference} was deleted while it was opened`
      )
    }
    return { order: known, isNew: false }
  }

  async findOrder(reference: string): Promise<GatewayOrder | undefined> {
    const row = await this.#database("gateway_order").where({ reference }).first()
    return row && toGatewayOrder(row)
  }

  /** Those of the references that the journal knows, in no order. */
  async findOrders(references: readonly string[]): Promise<GatewayOrder[]> {
    const rows = await this.#database("gateway_order").whereIn("reference", references)
    return rows.map(toGatewayOrder)
  }

  /** All orders of a payment session, the newest attempt first; what was attached to another is not one. */
  async ordersOfSession(sessionId: string): Promise<GatewayOrder[]> {
    const rows = await this.#database("gateway_order")
      .where({ attached_session_id: sessionId })
      .orWhere({ attached_session_id: null, session_id: sessionId })
      // Attempts are digits before letters; the database's own collation need not agree.
      .orderByRaw(`reference collate "C" desc`)
    return rows.map(toGatewayOrder)
  }

  /**
   * Orders of a cart that hold money or could still be paid, and whose session Medusa still has, newest
   * first: while there is one, the cart must not change unasked.
   */
  async bindingOrdersOfCart(cartId: string): Promise<GatewayOrder[]> {
    const rows = await this.#database("gateway_order")
      .where({ cart_id: cartId })
      .whereIn("state", bindingStates)
      .whereNull("session_released_at")
      .orderByRaw(`created_at desc, reference collate "C" desc`)
    return rows.map(toGatewayOrder)
  }

  /**
   * Notes what the gateway told. A state that can't be reached from today's (see `reachableFrom`) changes
   * nothing; naming today's state again updates the other fields. Answers with the row as it stands after.
   */
  async changeOrder(
    reference: string,
    change: GatewayOrderChange
  ): Promise<GatewayOrder | undefined> {
    // The guard is in the statement itself, so that of two who bring news at once none overwrites money.
    const [changed] = await this.#database("gateway_order")
      .where({ reference })
      .whereIn("state", changeableFrom(change.state))
      .update({
        state: change.state,
        raw_status: change.raw_status,
        gateway_id: change.gateway_id,
        details: change.details,
        expires_at: change.expires_at,
        answers: change.answer && this.#answersWith(change.answer),
        next_check_at: this.#checks.after(change.state),
        updated_at: this.#now(),
      })
      .returning("*")
    if (changed) {
      return toGatewayOrder(changed)
    }
    if (change.answer) {
      await this.noteAnswer(reference, change.answer)
    }
    return await this.findOrder(reference)
  }

  /** Keeps a number that a message named for the order; the newest `mostCandidateIds` of them, each once. */
  async noteCandidateId(reference: string, candidateId: string): Promise<void> {
    const known = "coalesce(candidate_ids, '{}')"
    await this.#database("gateway_order")
      .where({ reference })
      .whereRaw(`not (? = any(${known}))`, [candidateId])
      .update({
        candidate_ids: this.#database.raw(`(array_prepend(?, ${known}))[1:${mostCandidateIds}]`, [
          candidateId,
        ]),
        updated_at: this.#now(),
      })
  }

  /** Notes an answer about an order beside what it meant; the last `mostAnswers` of them, none of which counts. */
  async noteAnswer(
    reference: string,
    answer: Pick<GatewayAnswer, "state" | "raw_status">
  ): Promise<void> {
    await this.#database("gateway_order")
      .where({ reference })
      .update({ answers: this.#answersWith(answer) })
  }

  /** The row's answers with one more, as SQL, so that of two at once none is lost. */
  #answersWith({ state, raw_status }: Pick<GatewayAnswer, "state" | "raw_status">): Knex.Raw {
    const at = this.#now().toISOString()
    const again = `jsonb_set(answers, '{-1}', answers -> -1 || jsonb_build_object('last_at', :at::text, 'times', (answers -> -1 ->> 'times')::int + 1))`
    const added = `coalesce(answers, '[]') || jsonb_build_array(jsonb_build_object('state', :state::text, 'raw_status', :raw_status::text, 'first_at', :at::text, 'last_at', :at::text, 'times', 1))`
    const isSame = `answers -> -1 ->> 'state' = :state and answers -> -1 ->> 'raw_status' is not distinct from :raw_status`
    const isFull = `jsonb_array_length(coalesce(answers, '[]')) >= ${mostAnswers}`
    return this.#database.raw(
      `case when ${isSame} then ${again} when ${isFull} then (${added}) - 0 else ${added} end`,
      { state, raw_status, at }
    )
  }

  /**
   * Whether the gateway may be asked about the order now on behalf of a shopper who waits: only once in
   * `intervalMs`, whoever asks and on whichever instance. The first who is told yes is the one who asks.
   */
  mayAsk(reference: string, intervalMs: number): Promise<boolean> {
    return this.#checks.mayAsk(reference, intervalMs)
  }

  /**
   * Takes over orders whose time to be asked about has come, the longest due first, whoever else does the
   * same at the same time: each goes to one. They are due again when the lease is over, unless
   * `scheduleOrderCheck` says otherwise. An order that was opened, or for which money came, is due
   * `firstCheckMs` later; see `checkAfter`.
   */
  claimOrdersToCheck(claim: CheckClaim): Promise<GatewayOrder[]> {
    return this.#checks.claim(claim)
  }

  /**
   * Holds orders that were taken over for another `lease_ms`, but for those that were scheduled meanwhile, and answers
   * until when. Undefined where none is held any more.
   */
  renewOrderChecks(claimed: ClaimRenewal): Promise<Date | undefined> {
    return this.#checks.renew(claimed)
  }

  /** Null where nothing is expected of the order any more. */
  scheduleOrderCheck(reference: string, at: Date | null): Promise<void> {
    return this.#checks.schedule(reference, at)
  }

  /** An order of the shop's is about to be placed on it before it is paid. The first time counts. */
  noteAwaitingPayment(reference: string): Promise<void> {
    return this.#checks.noteAwaitingPayment(reference)
  }

  /**
   * Takes over orders that the shop's own wait for and whose time to be paid was over so long ago, as `mayAsk` does: each
   * goes to one, once in the interval. They stay until `endAwaitingPayment`.
   */
  claimOverdueOrders(claim: OverdueClaim): Promise<GatewayOrder[]> {
    return this.#checks.claimOverdue(claim)
  }

  /** No order of the shop's waits for it any more. */
  endAwaitingPayment(reference: string): Promise<void> {
    return this.#checks.endAwaitingPayment(reference)
  }

  /** Writes down what the shop's own server asks of the session that it is about to make. */
  requestPayment(request: NewPaymentRequest): Promise<PaymentRequest> {
    return this.#requests.add(request)
  }

  /**
   * Gives a request to the session that names it: to one session, of the payment collection and the provider that
   * it was made for, however often that session asks. Undefined for every other.
   */
  takePaymentRequest(id: string, session: RequestingSession): Promise<PaymentRequest | undefined> {
    return this.#requests.take(id, session)
  }

  /**
   * From then on the order's money is another session's, which is made for it, and the order counts as paid;
   * with `received` where another amount came than was ordered. The last time counts. Undefined, and nothing
   * is changed, for an order whose money is gone again, is not on the list of payment exceptions any more, or is
   * in the ledger of an order of the shop's; and for a session that took no request for it.
   */
  async attachOrder(
    reference: string,
    sessionId: string,
    received?: string
  ): Promise<GatewayOrder | undefined> {
    const now = this.#now()
    const isAttachable = await this.#requests.attachable(sessionId)
    // The guard is in the statement itself, so that one payment never becomes two of Medusa's.
    const [attached] = await this.#database("gateway_order")
      .where({ reference })
      .whereIn("state", changeableFrom("paid"))
      .where(isAttachable)
      .update({
        state: "paid",
        ...(received === undefined
          ? {}
          : {
              ...amountColumns("requested_amount", received),
              ...amountColumns("amount", received),
            }),
        attached_session_id: sessionId,
        // The cart that it was opened for is not bound by it any more.
        session_released_at: this.#database.raw("coalesce(session_released_at, ?)", [now]),
        next_check_at: this.#checks.after("paid"),
        updated_at: now,
      })
      .returning("*")
    return attached && toGatewayOrder(attached)
  }

  /**
   * From then on the money of a paid order whose own session is gone is another session's, which its cart is to be
   * completed with. Undefined, and nothing is changed, for an order that is not paid, whose session was not released,
   * or whose money is another session's already.
   */
  async reassignOrder(reference: string, sessionId: string): Promise<GatewayOrder | undefined> {
    const [moved] = await this.#database("gateway_order")
      .where({ reference, state: "paid", attached_session_id: null })
      .whereNotNull("session_released_at")
      .update({
        attached_session_id: sessionId,
        next_check_at: this.#checks.after("paid"),
        updated_at: this.#now(),
      })
      .returning("*")
    return moved && toGatewayOrder(moved)
  }

  /** Medusa released the session. The first time counts; a reference that is not known changes nothing. */
  async releaseSession(reference: string): Promise<void> {
    const now = this.#now()
    await this.#database("gateway_order")
      .where({ reference })
      .whereNull("session_released_at")
      .update({ session_released_at: now, updated_at: now })
  }

  /**
   * Idempotent: the same number of the same provider is one row, which is returned as it stands. Where it
   * isn't new, it may be another order's: compare, a gateway's number that comes twice is a finding.
   */
  receiveMoney(money: NewReceivedMoney): Promise<MoneyReceipt> {
    return this.#money.receive(money)
  }

  /** Oldest first. */
  moneyOfOrder(reference: string): Promise<ReceivedMoney[]> {
    return this.#money.ofOrder(reference)
  }

  /**
   * Writes and commits the row that says "about to", under a lock on the session's orders, so that two
   * callers never both begin. `existing` tells which of Medusa's rows still exist: an operation that was done
   * and whose row Medusa deleted is adopted by the next request for the same kind and amount. See
   * `decideOperation` for the whole rule.
   *
   * @throws RangeError for an order that is not in the journal, or an amount that is not above zero
   * @throws Error where the lock can't be had in time; nothing was written
   */
  beginOperation(intent: OperationIntent, existing: ExistingRows): Promise<OperationStart> {
    return this.#operations.begin(intent, existing)
  }

  /**
   * Notes how an operation ended and ends its lease. Done and declined are final: a later word changes
   * nothing. Answers with the row as it stands after.
   *
   * @param taken as it was when the caller began it or took it over: where another has taken it over since, only that it
   *   is done counts, because what was refused or not answered here the other may be sending
   */
  settleOperation(
    reference: string,
    outcome: OperationOutcome,
    taken?: Pick<GatewayOperation, "updated_at">
  ): Promise<GatewayOperation | undefined> {
    return this.#operations.settle(reference, outcome, taken)
  }

  /**
   * Notes that a refund which was done failed afterwards, and that the order holds its money again. Only a refund that
   * is done changes, so that of several callers one is told the row; undefined for the others. It stays due to be
   * checked until `scheduleOperationCheck` says otherwise, so that what follows from it is not lost.
   */
  returnRefund(
    reference: string,
    gatewayError: Pick<OperationOutcome, "gateway_code" | "gateway_message">
  ): Promise<GatewayOperation | undefined> {
    return this.#operations.returnRefund(reference, gatewayError)
  }

  /**
   * The same as `claimOrdersToCheck` for captures, refunds and voids that have not ended, or that are to be looked
   * at again, and that no server is at work on. The server that takes one over holds its lease: no request of Medusa's resumes it meanwhile.
   */
  claimOperationsToCheck(claim: CheckClaim): Promise<GatewayOperation[]> {
    return this.#operations.claimToCheck(claim)
  }

  /** The same as `renewOrderChecks` for operations that were taken over, begun or resumed, and are not settled. */
  renewOperations(held: ClaimRenewal): Promise<Date | undefined> {
    return this.#operations.renew(held)
  }

  /** Null where asking again tells no more. Changes nothing of what has ended and is not to be looked at again. */
  scheduleOperationCheck(reference: string, at: Date | null): Promise<void> {
    return this.#operations.scheduleCheck(reference, at)
  }

  /** Oldest first. */
  operationsOfOrder(reference: string, kind?: OperationKind): Promise<GatewayOperation[]> {
    return this.#operations.ofOrder(reference, kind)
  }

  /**
   * The cart from Medusa's own link table, as a query inside the insert: a payment provider's container has
   * neither `query` nor the cart module.
   */
  #cartOf(paymentCollectionId: string | null) {
    return this.#database("cart_payment_collection")
      .select("cart_id")
      .where("payment_collection_id", "=", paymentCollectionId)
      .whereNull("deleted_at")
      .limit(1)
  }
}
