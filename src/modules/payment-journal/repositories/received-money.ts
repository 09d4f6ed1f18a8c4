import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { amountColumns } from "../../../shared/database"
import { newId } from "../../../shared/new-id"
import { type NewReceivedMoney, type ReceivedMoney, toReceivedMoney } from "../gateway-order"

/** The part of the journal that keeps what gateways proved to have received; see `PostgresJournal`. */
export class PostgresReceivedMoney {
  readonly #database: Knex
  readonly #now: () => Date

  constructor(database: Knex, now: () => Date) {
    this.#database = database
    this.#now = now
  }

  async receive(money: NewReceivedMoney): Promise<{ money: ReceivedMoney; isNew: boolean }> {
    const { provider_id, gateway_id } = money
    const now = this.#now()
    const [inserted] = await this.#database("received_money")
      .insert({
        id: newId("gwmon"),
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

  async ofOrder(reference: string): Promise<ReceivedMoney[]> {
    const rows = await this.#database("received_money")
      .where({ order_reference: reference })
      .orderBy(["created_at", "id"])
    return rows.map(toReceivedMoney)
  }
}
