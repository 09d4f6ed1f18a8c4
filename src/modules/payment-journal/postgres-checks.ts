import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { Clock } from "../../shared/database-clock"
import type { CheckClaim } from "./check-claim"
import { checkedKinds, unsettledStates, type GatewayOperation } from "./gateway-operation"
import type { GatewayOrder } from "./gateway-order"
import { toGatewayOperation } from "./gateway-operation"
import { toGatewayOrder } from "./gateway-order"

/**
 * The part of the journal that says what is to be asked about; see `PostgresJournal` for what each method
 * promises. A claim is one statement: what another server has just locked is skipped, and what it has just
 * taken over is seen as such, so that no two servers ever ask about the same.
 */
export class PostgresChecks {
  readonly #database: Knex
  readonly #clock: Clock

  constructor(database: Knex, clock: Clock) {
    this.#database = database
    this.#clock = clock
  }

  async claimOrders({ provider_id, due, lease_ms, limit }: CheckClaim): Promise<GatewayOrder[]> {
    const now = await this.#clock(this.#database)
    const references = this.#database("gateway_order")
      .select("reference")
      .where({ provider_id })
      .where("next_check_at", "<=", earlier(due, now))
      .orderBy("next_check_at")
      .limit(limit)
      .forUpdate()
      .skipLocked()
    const rows = await this.#database("gateway_order")
      .whereIn("reference", references)
      .update({ next_check_at: inMs(now, lease_ms), checks: this.#oneMore() })
      .returning("*")
    return rows.map(toGatewayOrder)
  }

  async scheduleOrder(reference: string, at: Date | null): Promise<void> {
    await this.#database("gateway_order").where({ reference }).update({ next_check_at: at })
  }

  async claimOperations(claim: CheckClaim): Promise<GatewayOperation[]> {
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
      .whereIn("reference", references)
      .update({ lease_expires_at: leaseEnd, next_check_at: leaseEnd, checks: this.#oneMore() })
      .returning("*")
    return rows.map(toGatewayOperation)
  }

  async scheduleOperation(reference: string, at: Date | null): Promise<void> {
    await this.#database("gateway_operation")
      .where({ reference })
      .where((query) => query.whereIn("state", unsettledStates).orWhereNotNull("next_check_at"))
      .update({ next_check_at: at })
  }

  #oneMore() {
    return this.#database.raw("checks + 1")
  }
}

/** A server whose clock is ahead must not take what another has taken over just now. */
function earlier(due: Date, now: Date): Date {
  return due < now ? due : now
}

function inMs(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds)
}
