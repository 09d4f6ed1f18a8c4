import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { amountColumns } from "../../../shared/database"
import { newId } from "../../../shared/new-id"
import {
  type MoneyReceipt,
  type NewReceivedMoney,
  type ReceivedMoney,
  toReceivedMoney,
} from "../gateway-order"

/** The part of the journal that keeps what gateways proved to have received; see `PostgresJournal`. */
export class PostgresReceivedMoney {
  readonly #database: Knex
  readonly #now: () => Date

  constructor(database: Knex, now: () => Date) {
    this.#database = database
    this.#now = now
  }

  async receive(money: NewReceivedMoney): Promise<MoneyReceipt> {
    const { provider_id, gateway_id, order_reference } = money
    const now = this.#now()
    const row = {
      id: newId("gwmon"),
      provider_id,
      gateway_id,
      order_reference,
      ...amountColumns("amount", money.amount),
      currency_code: money.currency_code,
      created_at: now,
      updated_at: now,
    }
    // What is selected beside the insert is what was there before it.
    const rows: unknown[] = await this.#database
      .with("inserted", (query) =>
        query
          .insert(row)
          .into("received_money")
          .onConflict(["provider_id", "gateway_id"])
          .ignore()
          .returning("*")
      )
      .select("*")
      .from("inserted")
      .unionAll((query) =>
        query
          .select("*")
          .from("received_money")
          .where({ order_reference })
          .orWhere({ provider_id, gateway_id })
      )
      .orderBy(["created_at", "id"])
    const known = rows.map(toReceivedMoney)
    const found = known.find(
      (other) => other.provider_id === provider_id && other.gateway_id === gateway_id
    )
    if (!found) {
      return await this.#receivedMeanwhile(money)
    }
    const ofOrder = known.filter((other) => other.order_reference === order_reference)
    return { money: found, isNew: found.id === row.id, ofOrder }
  }

  /** Of what another server wrote at the very moment in which this one was about to. */
  async #receivedMeanwhile({
    provider_id,
    gateway_id,
    order_reference,
  }: NewReceivedMoney): Promise<MoneyReceipt> {
    const row = await this.#database("received_money").where({ provider_id, gateway_id }).first()
    const ofOrder = await this.ofOrder(order_reference)
    return { money: toReceivedMoney(row), isNew: false, ofOrder }
  }

  async ofOrder(reference: string): Promise<ReceivedMoney[]> {
    const rows = await this.#database("received_money")
      .where({ order_reference: reference })
      .orderBy(["created_at", "id"])
    return rows.map(toReceivedMoney)
  }
}
