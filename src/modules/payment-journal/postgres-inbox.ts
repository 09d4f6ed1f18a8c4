import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { toWebhookEvent } from "./journal-rows"
import type { NewWebhookEvent, WebhookEventRow } from "./webhook-event"
import type { WebhookInbox } from "./webhook-inbox"

const table = "webhook_event"

/** The inbox over the shop's own database; each method is one statement, or one short transaction. */
export class PostgresInbox implements WebhookInbox {
  readonly #database: Knex
  readonly #now: () => Date

  constructor(database: Knex, now: () => Date = () => new Date()) {
    this.#database = database
    this.#now = now
  }

  async receive(event: NewWebhookEvent): Promise<{ event: WebhookEventRow; isNew: boolean }> {
    const now = this.#now()
    const [inserted] = await this.#database(table)
      .insert({
        id: generateEntityId(undefined, "gwev"),
        ...event,
        session_id: this.#ofOrder(event, "session_id"),
        currency_code: this.#ofOrder(event, "currency_code"),
        state: "waiting",
        attempts: 0,
        next_try_at: now,
        created_at: now,
        updated_at: now,
      })
      // As the index has it, which PostgreSQL compares word for word.
      .onConflict(
        this.#database.raw(
          "(provider_id, event_key) where event_key is not null and deleted_at is null"
        )
      )
      .ignore()
      .returning("*")
    const row =
      inserted ??
      (await this.#database(table)
        .where({ provider_id: event.provider_id, event_key: event.event_key })
        .first())
    return { event: toWebhookEvent(row), isNew: inserted !== undefined }
  }

  async unprovenSince(providerId: string, since: Date): Promise<number> {
    const [row] = await this.#database(table)
      .where({ provider_id: providerId })
      .whereNull("event_key")
      .where("created_at", ">=", since)
      .count("* as count")
    return Number(row?.count ?? 0)
  }

  async claim(id: string, leaseMs: number): Promise<WebhookEventRow | undefined> {
    const now = this.#now()
    const [claimed] = await this.#database(table)
      .where({ id, state: "waiting" })
      .where((query) => this.#isFree(query, now))
      .update(this.#claimed(now, leaseMs))
      .returning("*")
    return claimed && toWebhookEvent(claimed)
  }

  async claimDue(leaseMs: number, limit: number): Promise<WebhookEventRow[]> {
    const now = this.#now()
    const due = this.#database(table)
      .select("id")
      .where({ state: "waiting" })
      .where("next_try_at", "<=", now)
      .where((query) => this.#isFree(query, now))
      .orderBy("created_at")
      .limit(limit)
      .forUpdate()
      .skipLocked()
    const rows = await this.#database(table)
      .whereIn("id", due)
      .update(this.#claimed(now, leaseMs))
      .returning("*")
    return rows.map(toWebhookEvent).sort((a, b) => a.created_at.getTime() - b.created_at.getTime())
  }

  async finish(id: string, outcome: string): Promise<void> {
    await this.#settle(id, { state: "done", outcome, error: null })
  }

  async postpone(id: string, error: string, nextTryAt: Date | null): Promise<void> {
    await this.#settle(id, nextTryAt ? { next_try_at: nextTryAt, error } : { state: "dead", error })
  }

  async revive(id: string): Promise<WebhookEventRow | undefined> {
    const now = this.#now()
    const [revived] = await this.#database(table)
      .where({ id, state: "dead" })
      .update({ state: "waiting", attempts: 0, next_try_at: now, updated_at: now })
      .returning("*")
    return revived && toWebhookEvent(revived)
  }

  async pruneBodies(providerId: string, before: Date): Promise<number> {
    return await this.#database(table)
      .where({ provider_id: providerId })
      .where("created_at", "<", before)
      .whereNotNull("body")
      .where("state", "<>", "waiting")
      .update({ body: null, updated_at: this.#now() })
  }

  /** Looked up within the one statement that writes the message down. */
  #ofOrder({ provider_id, reference }: NewWebhookEvent, column: "session_id" | "currency_code") {
    return this.#database("gateway_order").select(column).where({ provider_id, reference })
  }

  #isFree(query: Knex.QueryBuilder, now: Date) {
    return query.whereNull("claimed_until").orWhere("claimed_until", "<=", now)
  }

  #claimed(now: Date, leaseMs: number) {
    return {
      claimed_until: new Date(now.getTime() + leaseMs),
      attempts: this.#database.raw("attempts + 1"),
      updated_at: now,
    }
  }

  async #settle(id: string, change: Record<string, unknown>): Promise<void> {
    await this.#database(table)
      .where({ id, state: "waiting" })
      .update({ ...change, claimed_until: null, updated_at: this.#now() })
  }
}
