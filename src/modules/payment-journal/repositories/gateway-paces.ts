import type { Knex } from "@medusajs/framework/mikro-orm/knex"

/** How fast the gateways are asked, by all servers of the shop together. */
export class GatewayPaces {
  readonly #database: Knex

  constructor(database: Knex) {
    this.#database = database
  }

  /**
   * Reserves a time of so many milliseconds in which nobody else begins a question to the provider's gateway. One
   * statement, on the database's clock.
   *
   * @returns in how many milliseconds it begins
   */
  async reserve(providerId: string, ms: number): Promise<number> {
    const { rows } = await this.#database.raw<{ rows: { wait_ms: number }[] }>(
      `insert into gateway_pace as pace (provider_id, free_at)
        values (:providerId, now() + :ms * interval '1 millisecond')
        on conflict (provider_id) do update
          set free_at = greatest(pace.free_at, now()) + :ms * interval '1 millisecond', updated_at = now()
        returning (extract(epoch from free_at - now()) * 1000 - :ms)::float8 as wait_ms`,
      { providerId, ms }
    )
    return Math.max(0, Number(rows[0]?.wait_ms ?? 0))
  }
}
