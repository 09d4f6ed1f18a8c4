import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { chosenBy, type Clock } from "../../../shared/database"
import {
  checkAfter,
  type CheckClaim,
  type ClaimRenewal,
  earlier,
  firstCheckMs,
  type GatewayOrder,
  type GatewayOrderChange,
  inMs,
  type OverdueClaim,
  toGatewayOrder,
} from "../gateway-order"

/** The part of the journal that says when the gateway is asked about an order; see `PostgresJournal`. */
export class PostgresOrderChecks {
  readonly #database: Knex
  readonly #now: () => Date
  readonly #clock: Clock

  constructor(database: Knex, now: () => Date, clock: Clock) {
    this.#database = database
    this.#now = now
    this.#clock = clock
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

  async noteAwaitingPayment(reference: string): Promise<void> {
    await this.#database("gateway_order")
      .where({ reference, awaiting_payment_since: null })
      .update({ awaiting_payment_since: this.#now() })
  }

  async claimOverdue(claim: OverdueClaim): Promise<GatewayOrder[]> {
    const { providerIds, graceMs, intervalMs, limit } = claim
    // The servers' own clocks will do for minutes and hours, and spare a statement.
    const now = this.#now()
    const references = this.#database("gateway_order")
      .select("reference")
      .whereIn("provider_id", providerIds)
      .whereNotNull("awaiting_payment_since")
      // As the index has it.
      .whereNull("deleted_at")
      .where("expires_at", "<", inMs(now, -graceMs))
      .where((query) =>
        query.whereNull("asked_at").orWhere("asked_at", "<=", inMs(now, -intervalMs))
      )
      .orderBy("expires_at")
      .limit(limit)
      .forUpdate()
      .skipLocked()
    const rows = await this.#database("gateway_order")
      .where(chosenBy("reference", references))
      .update({ asked_at: now })
      .returning("*")
    return rows.map(toGatewayOrder)
  }

  async endAwaitingPayment(reference: string): Promise<void> {
    await this.#database("gateway_order")
      .where({ reference })
      .update({ awaiting_payment_since: null })
  }

  async claim({ provider_id, due, lease_ms, limit }: CheckClaim): Promise<GatewayOrder[]> {
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
      .where(chosenBy("reference", references))
      .update({ next_check_at: inMs(now, lease_ms), checks: this.#database.raw("checks + 1") })
      .returning("*")
    return rows.map(toGatewayOrder)
  }

  async renew({ references, until, lease_ms }: ClaimRenewal): Promise<Date | undefined> {
    const end = inMs(await this.#clock(this.#database), lease_ms)
    const renewed = await this.#database("gateway_order")
      .whereIn("reference", references)
      .where({ next_check_at: until })
      .update({ next_check_at: end })
    return renewed > 0 ? end : undefined
  }

  async schedule(reference: string, at: Date | null): Promise<void> {
    await this.#database("gateway_order").where({ reference }).update({ next_check_at: at })
  }

  /**
   * When an order is due that is about to be in this state, as a value of `next_check_at`. Only a state that is new
   * changes it; undefined leaves the column as it is.
   */
  after(state: GatewayOrderChange["state"]): Knex.Raw | undefined {
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
}
