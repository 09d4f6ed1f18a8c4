import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { amountColumns } from "../../shared/amount-columns"
import { databaseClock, type Clock } from "../../shared/database-clock"
import { firstCheckMs, type CheckClaim } from "./check-claim"
import type {
  GatewayOperation,
  OperationIntent,
  OperationKind,
  OperationOutcome,
  OperationStart,
} from "./gateway-operation"
import { bindingStates, changeableFrom, checkAfter, mostHints } from "./gateway-order"
import type { GatewayOrder, GatewayOrderChange, NewGatewayOrder } from "./gateway-order"
import type { LivingRows, PaymentJournal } from "./journal"
import { toGatewayOrder, toReceivedMoney } from "./journal-rows"
import { PostgresChecks } from "./postgres-checks"
import type { NewPaymentRequest, PaymentRequest, RequestingSession } from "./payment-request"
import { PostgresOperations } from "./postgres-operations"
import { PostgresPaymentRequests } from "./postgres-payment-requests"
import type { NewReceivedMoney, ReceivedMoney } from "./received-money"

/**
 * The journal over the shop's own database, on the connection that Medusa gives payment providers
 * (`__pg_connection__`). Each method is one statement, or one short transaction, of its own: it takes no part
 * in a transaction of the caller's, which could take the row back.
 *
 * Rows count even where somebody has soft-deleted them: what was asked of a gateway can't be unasked.
 */
export class PostgresJournal implements PaymentJournal {
  readonly #database: Knex
  readonly #now: () => Date
  readonly #clock: Clock
  readonly #operations: PostgresOperations
  readonly #checks: PostgresChecks
  readonly #requests: PostgresPaymentRequests
  #hasCarts: Promise<boolean> | undefined

  /** @param now for tests; without it leases end by the database's clock, and rows are dated by the server's own */
  constructor(database: Knex, now?: () => Date, lockTimeoutMs?: number) {
    this.#database = database
    this.#now = now ?? (() => new Date())
    this.#clock = now ? async () => now() : databaseClock
    this.#operations = new PostgresOperations(database, this.#clock, lockTimeoutMs)
    this.#checks = new PostgresChecks(database, this.#clock)
    this.#requests = new PostgresPaymentRequests(database, this.#now)
  }

  async openOrder(order: NewGatewayOrder): Promise<{ order: GatewayOrder; isNew: boolean }> {
    const now = this.#now()
    const hasCarts = await this.#cartsExist()
    const [inserted] = await this.#database("gateway_order")
      .insert({
        id: generateEntityId(undefined, "gword"),
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

  async findOrders(references: readonly string[]): Promise<GatewayOrder[]> {
    const rows = await this.#database("gateway_order").whereIn("reference", references)
    return rows.map(toGatewayOrder)
  }

  async ordersOfSession(sessionId: string): Promise<GatewayOrder[]> {
    const rows = await this.#database("gateway_order")
      .where({ attached_session_id: sessionId })
      .orWhere({ attached_session_id: null, session_id: sessionId })
      // Attempts are digits before letters; the database's own collation need not agree.
      .orderByRaw(`reference collate "C" desc`)
    return rows.map(toGatewayOrder)
  }

  async bindingOrdersOfCart(cartId: string): Promise<GatewayOrder[]> {
    const rows = await this.#database("gateway_order")
      .where({ cart_id: cartId })
      .whereIn("state", bindingStates)
      .whereNull("released_at")
      .orderByRaw(`created_at desc, reference collate "C" desc`)
    return rows.map(toGatewayOrder)
  }

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
        gateway_id: change.gateway_id,
        details: change.details,
        expires_at: change.expires_at,
        next_check_at: this.#nextCheck(change.state),
        updated_at: this.#now(),
      })
      .returning("*")
    return changed ? toGatewayOrder(changed) : await this.findOrder(reference)
  }

  async noteHint(reference: string, hint: string): Promise<void> {
    const hints = "coalesce(hints, '{}')"
    await this.#database("gateway_order")
      .where({ reference })
      .whereRaw(`not (? = any(${hints}))`, [hint])
      .update({
        hints: this.#database.raw(`(array_prepend(?, ${hints}))[1:${mostHints}]`, [hint]),
        updated_at: this.#now(),
      })
  }

  async mayAsk(reference: string, intervalMs: number): Promise<boolean> {
    const now = await this.#clock(this.#database)
    const asked = await this.#database("gateway_order")
      .where({ reference })
      .where((query) =>
        query.whereNull("asked_at").orWhere("asked_at", "<=", new Date(now.getTime() - intervalMs))
      )
      .update({ asked_at: now })
    return asked > 0
  }

  claimOrdersToCheck(claim: CheckClaim): Promise<GatewayOrder[]> {
    return this.#checks.claimOrders(claim)
  }

  scheduleOrderCheck(reference: string, at: Date | null): Promise<void> {
    return this.#checks.scheduleOrder(reference, at)
  }

  requestPayment(request: NewPaymentRequest): Promise<PaymentRequest> {
    return this.#requests.add(request)
  }

  takePaymentRequest(id: string, session: RequestingSession): Promise<PaymentRequest | undefined> {
    return this.#requests.take(id, session)
  }

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
        released_at: this.#database.raw("coalesce(released_at, ?)", [now]),
        next_check_at: this.#nextCheck("paid"),
        updated_at: now,
      })
      .returning("*")
    return attached && toGatewayOrder(attached)
  }

  async moveOrder(reference: string, sessionId: string): Promise<GatewayOrder | undefined> {
    const [moved] = await this.#database("gateway_order")
      .where({ reference, state: "paid", attached_session_id: null })
      .whereNotNull("released_at")
      .update({
        attached_session_id: sessionId,
        next_check_at: this.#nextCheck("paid"),
        updated_at: this.#now(),
      })
      .returning("*")
    return moved && toGatewayOrder(moved)
  }

  async releaseOrder(reference: string): Promise<void> {
    const now = this.#now()
    await this.#database("gateway_order")
      .where({ reference })
      .whereNull("released_at")
      .update({ released_at: now, updated_at: now })
  }

  async receiveMoney(money: NewReceivedMoney): Promise<{ money: ReceivedMoney; isNew: boolean }> {
    const { provider_id, gateway_id } = money
    const now = this.#now()
    const [inserted] = await this.#database("received_money")
      .insert({
        id: generateEntityId(undefined, "gwmon"),
        provider_id,
        gateway_id,
        order_reference: money.order_reference,
        ...amountColumns("amount", money.amount),
        currency_code: money.currency_code,
        created_at: now,
        updated_at: now,
      })
      .onConflict(["provider_id", "gateway_id"])
      .ignore()
      .returning("*")
    const row =
      inserted ??
      (await this.#database("received_money").where({ provider_id, gateway_id }).first())
    return { money: toReceivedMoney(row), isNew: inserted !== undefined }
  }

  async moneyOfOrder(reference: string): Promise<ReceivedMoney[]> {
    const rows = await this.#database("received_money")
      .where({ order_reference: reference })
      .orderBy(["created_at", "id"])
    return rows.map(toReceivedMoney)
  }

  beginOperation(intent: OperationIntent, living: LivingRows): Promise<OperationStart> {
    return this.#operations.begin(intent, living)
  }

  settleOperation(
    reference: string,
    outcome: OperationOutcome
  ): Promise<GatewayOperation | undefined> {
    return this.#operations.settle(reference, outcome)
  }

  returnRefund(
    reference: string,
    said: Pick<OperationOutcome, "gateway_code" | "gateway_message">
  ): Promise<GatewayOperation | undefined> {
    return this.#operations.returnRefund(reference, said)
  }

  claimOperationsToCheck(claim: CheckClaim): Promise<GatewayOperation[]> {
    return this.#checks.claimOperations(claim)
  }

  scheduleOperationCheck(reference: string, at: Date | null): Promise<void> {
    return this.#checks.scheduleOperation(reference, at)
  }

  operationsOfOrder(reference: string, kind?: OperationKind): Promise<GatewayOperation[]> {
    return this.#operations.ofOrder(reference, kind)
  }

  /** Only a state that is new changes it; undefined leaves the column as it is. */
  #nextCheck(state: GatewayOrderChange["state"]) {
    const soon = new Date(this.#now().getTime() + firstCheckMs)
    const ifNew = (next: string, ...values: Date[]) =>
      this.#database.raw(`case when state = ? then next_check_at else ${next} end`, [
        state,
        ...values,
      ])
    switch (checkAfter[state]) {
      case "soon":
        return ifNew("least(next_check_at, ?)", soon) // which takes no notice of null
      case "again":
        return ifNew("coalesce(next_check_at, ?)", soon)
      case "never":
        return ifNew("null")
      case undefined:
        return undefined
    }
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

  /**
   * Only a Medusa without its cart module lacks the link table. It is asked once, since PostgreSQL refuses
   * every statement that names a missing table.
   */
  async #cartsExist(): Promise<boolean> {
    // Through `then`, because the query runs again each time that knex's own object is awaited.
    this.#hasCarts ??= this.#database.schema
      .hasTable("cart_payment_collection")
      .then((exists) => exists)
    try {
      return await this.#hasCarts
    } catch (error) {
      // A connection that failed says nothing about the table: the next order asks again.
      this.#hasCarts = undefined
      throw error
    }
  }
}
