import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { generateEntityId } from "@medusajs/framework/utils"
import { advisoryKey } from "../../shared/advisory-key"
import { toWebhookEvent } from "./journal-rows"
import type { NewWebhookEvent, WebhookEventRow } from "./webhook-event"
import type { UnprovenLimit, UnprovenWebhookEvent, WebhookInbox } from "./webhook-inbox"

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
    const [inserted] = await this.#database(table)
      .insert(newRow(this.#database, event, this.#now()))
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

  async receiveUnproven(
    event: UnprovenWebhookEvent,
    limit: UnprovenLimit
  ): Promise<WebhookEventRow | undefined> {
    const now = this.#now()
    const since = new Date(now.getTime() - limit.withinMs)
    const isFull = async (database: Knex) =>
      isOverLimit(await unprovenSince(database, event, since), limit)
    // What is surely too much waits for no lock, and holds no connection meanwhile.
    if (await isFull(this.#database)) {
      return undefined
    }
    return await this.#database.transaction(async (transaction) => {
      // Else all that come at once would count the same, and all of them would pass.
      const key = advisoryKey("unproven webhooks", event.provider_id)
      await transaction.raw("select pg_advisory_xact_lock(?)", [key])
      if (await isFull(transaction)) {
        return undefined
      }
      const [inserted] = await transaction(table)
        .insert(newRow(transaction, event, now))
        .returning("*")
      return toWebhookEvent(inserted)
    })
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

  async deleteUnproven(
    of: { providerId: string } | { otherThan: readonly string[] },
    before: Date
  ): Promise<number> {
    return await this.#database(table)
      .whereNull("event_key")
      .where("created_at", "<", before)
      .where("state", "<>", "waiting")
      .modify((query) =>
        "providerId" in of
          ? query.where({ provider_id: of.providerId })
          : query.whereNotIn("provider_id", of.otherThan)
      )
      .delete()
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

function newRow(database: Knex, event: NewWebhookEvent, now: Date) {
  const { provider_id, reference } = event
  // Looked up within the one statement that writes the message down.
  const ofOrder = (column: "session_id" | "currency_code") =>
    database("gateway_order").select(column).where({ provider_id, reference })
  return {
    id: generateEntityId(undefined, "gwev"),
    ...event,
    session_id: ofOrder("session_id"),
    currency_code: ofOrder("currency_code"),
    state: "waiting",
    attempts: 0,
    next_try_at: now,
    created_at: now,
    updated_at: now,
  }
}

type UnprovenCount = { ofProvider: number; ofReference: number }

async function unprovenSince(
  database: Knex,
  { provider_id, reference }: UnprovenWebhookEvent,
  since: Date
): Promise<UnprovenCount> {
  const [row] = await database(table)
    .where({ provider_id })
    .whereNull("event_key")
    .where("created_at", ">=", since)
    .select(
      database.raw("count(*) as of_provider"),
      database.raw("count(*) filter (where reference = ?) as of_reference", [reference])
    )
  return { ofProvider: Number(row.of_provider), ofReference: Number(row.of_reference) }
}

function isOverLimit(
  { ofProvider, ofReference }: UnprovenCount,
  { atMost, atMostOfReference }: UnprovenLimit
): boolean {
  if (atMostOfReference === undefined) {
    return ofProvider >= atMost
  }
  return ofReference > 0 && (ofProvider >= atMost || ofReference >= atMostOfReference)
}
