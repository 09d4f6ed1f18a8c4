import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { HostBoard, Refusal } from "../../../gateways/shared/circuit-breaker"
import type { GatewayErrorReason } from "../../../gateways/shared/errors"

const table = "gateway_host_pause"

/** What nobody has told anew for so long says nothing of the host any more, in milliseconds. */
const forgottenMs = 5 * 60_000

/** Tells all servers of the shop of hosts that are away, each method by one statement on the database's clock. */
export class HostPauses implements HostBoard {
  readonly #database: Knex

  constructor(database: Knex) {
    this.#database = database
  }

  async tellAway(origin: string, { retryInMs, lastReason }: Refusal): Promise<void> {
    const until = this.#database.raw("now() + ? * interval '1 millisecond'", [retryInMs])
    await this.#database(table)
      .insert({ origin, until, last_reason: lastReason })
      .onConflict("origin")
      .merge({ until, last_reason: lastReason, updated_at: this.#database.fn.now() })
  }

  async tellBack(origin: string): Promise<void> {
    await this.#database(table).where({ origin }).delete()
  }

  async read(): Promise<ReadonlyMap<string, Refusal>> {
    const rows: { origin: string; last_reason: GatewayErrorReason; retry_in_ms: number }[] =
      await this.#database(table)
        .whereRaw("until > now() - ? * interval '1 millisecond'", [forgottenMs])
        .select(
          "origin",
          "last_reason",
          this.#database.raw("(extract(epoch from until - now()) * 1000)::float8 as retry_in_ms")
        )
    return new Map(
      rows.map(({ origin, last_reason: lastReason, retry_in_ms }) => [
        origin,
        { retryInMs: Math.max(0, Number(retry_in_ms)), lastReason },
      ])
    )
  }
}
