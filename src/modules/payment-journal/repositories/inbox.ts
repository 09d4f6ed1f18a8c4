import { randomUUID } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import { advisoryKey, readRow, time } from "../../../shared/database"
import { momentNow } from "../../../shared/held-claim"
import { newId } from "../../../shared/new-id"
import { type AcquiredLease, leaseInsertion } from "./leases"

/**
 * What has become of a message of a gateway's:
 * - `waiting`: written down, to be worked on (again) at `next_try_at`
 * - `done`: worked on; `outcome` says what it came to
 * - `dead`: given up after the last try; a person can have it tried again
 */
export const webhookEventStates = ["waiting", "done", "dead"] as const

/** A message of a gateway's, as it was received and verified. It is never proof of money. */
const webhookEventRow = z.object({
  id: z.string(),
  provider_id: z.string(),
  /** Unique for the event at this provider; null where nothing proves who sent it. */
  event_key: z.string().nullable(),
  /** Our reference, as the gateway sent it. */
  reference: z.string(),
  /** The payment session of the order that it names, where this shop has opened one, and the order's currency. */
  session_id: z.string().nullable(),
  currency_code: z.string().nullable(),
  /** The gateway's word for what happened. */
  raw_status: z.string(),
  /** The gateway's own number of the payment that it tells of. */
  gateway_id: z.string().nullable(),
  /** It tells of what comes after an order was paid. */
  is_later: z.boolean(),
  /** What it claims was paid, as it came. */
  claimed_amount: z.string().nullable(),
  /** The message with all that is personal or secret masked; null after it was pruned. */
  body: z.record(z.string(), z.unknown()).nullable(),
  state: z.enum(webhookEventStates),
  attempts: z.number(),
  next_try_at: time,
  /** Until when whoever works on it is given the time to finish. */
  claimed_until: time.nullable(),
  outcome: z.string().nullable(),
  error: z.string().nullable(),
  /** Of the trace in which it was received, as W3C writes it; null where the shop traces nothing. */
  traceparent: z.string().nullable(),
  created_at: time,
  updated_at: time,
})

export type WebhookEventRow = z.infer<typeof webhookEventRow>

export type NewWebhookEvent = Pick<
  WebhookEventRow,
  | "provider_id"
  | "event_key"
  | "reference"
  | "raw_status"
  | "gateway_id"
  | "is_later"
  | "claimed_amount"
  | "body"
> &
  Partial<Pick<WebhookEventRow, "traceparent">>

export function toWebhookEvent(row: unknown): WebhookEventRow {
  return readRow("webhook_event", webhookEventRow, row)
}

type UnprovenWebhookEvent = NewWebhookEvent & { event_key: null }

/** How many messages without a key are written down in a time: of a provider's, and of those of one reference. */
export type UnprovenLimit = { atMost: number; atMostOfReference?: number; withinMs: number }

/**
 * A message that its holder alone may work on, until another claim follows. `lease`: it was acquired with the claim, of
 * what the message tells of.
 */
export type WebhookClaim = { event: WebhookEventRow; claimed_by: string; lease?: AcquiredLease }

/** `claim`: it is its receiver's to work on. */
export type ReceivedWebhook = { event: WebhookEventRow; isNew: boolean; claim?: WebhookClaim }

/** `hasMore`: others were waiting when it was claimed. */
export type NextWebhookClaim = WebhookClaim & { hasMore: boolean }

const table = "webhook_event"

/**
 * The messages of gateways, from the moment they were verified until they were worked on, over the shop's own
 * database. What is received is committed before the gateway is answered, so that a server may die right after its
 * answer; each method is one statement, or one short transaction.
 */
export class PostgresInbox {
  readonly #database: Knex
  readonly #now: () => Date

  constructor(database: Knex, now: () => Date = () => new Date()) {
    this.#database = database
    this.#now = now
  }

  /**
   * One statement. A message whose key the provider has sent before is not new, and is not written again.
   *
   * @param claimMs for whoever works on it at once: for so long it is theirs as soon as it is there, as by `claim`,
   *   unless another message about the same reference is being worked on
   * @param leaseKey of the lease that the work needs: where it is free, it is acquired with the claim, for as long
   */
  async receive(
    event: NewWebhookEvent,
    claimMs?: number,
    leaseKey?: string
  ): Promise<ReceivedWebhook> {
    const claimed_by = claimMs === undefined ? null : randomUUID()
    const askedAt = momentNow()
    const [inserted] = await insert(this.#database, {
      event,
      now: this.#now(),
      claim: { claimed_by, claimMs: claimMs ?? 0, leaseKey },
      isKeyed: true,
    })
    const row =
      inserted ??
      (await this.#database(table)
        .where({ provider_id: event.provider_id, event_key: event.event_key })
        .first())
    const received = toWebhookEvent(row)
    const isNew = inserted !== undefined
    if (!isNew || !claimed_by || received.claimed_until === null) {
      return { event: received, isNew }
    }
    const takeovers = inserted.takeovers ?? null
    const lease =
      leaseKey === undefined || takeovers === null
        ? undefined
        : { key: leaseKey, owner: claimed_by, askedAt, wasAbandoned: Number(takeovers) > 0 }
    return { event: received, isNew, claim: { event: received, claimed_by, lease } }
  }

  /**
   * The same for a message without a key, of which nothing proves who sent it: nothing else limits how many
   * come. Undefined where so many were written down in that time, however many come at once. The first message of a
   * reference in that time has a place of its own where references have a limit: whoever floods the shop with
   * messages about their own order keeps no other order's out.
   */
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
      const [inserted] = await insert(transaction, { event, now })
      return toWebhookEvent(inserted)
    })
  }

  /** Takes one over for `leaseMs`, if no other server is at it and it is not done. */
  async claim(id: string, leaseMs: number): Promise<WebhookClaim | undefined> {
    const { event, claimed_by } = (await this.#claim(this.#free().where({ id }), leaseMs)) ?? {}
    return event && claimed_by ? { event, claimed_by } : undefined
  }

  /**
   * Takes over the oldest whose time has come; never one that another server is at, nor one about a reference of
   * which another message is being worked on.
   */
  async claimNext(leaseMs: number): Promise<NextWebhookClaim | undefined> {
    const oldest = this.#due()
      .orderBy([{ column: "created_at" }, { column: "id" }])
      .limit(1)
    const others = this.#due().where("event.id", "<>", this.#database.ref(`${table}.id`))
    const claim = await this.#claim(oldest, leaseMs, [
      this.#database.raw("exists (?) as has_more", [others]),
    ])
    return claim && { ...claim, hasMore: claim.row.has_more === true }
  }

  /** For another `leaseMs` from now on. False, as with the next two, where another claim has taken it over. */
  async renew(claim: WebhookClaim, leaseMs: number): Promise<boolean> {
    return await this.#change(claim, { claimed_until: this.#inMs(leaseMs) })
  }

  /** @param besides what its work held, to be released in the same statement; see `HeldLease.endWith` */
  async finish(
    claim: WebhookClaim,
    outcome: string,
    besides?: Knex.QueryBuilder
  ): Promise<boolean> {
    const change = { ...unclaimed, state: "done", outcome, error: null }
    return await this.#change(claim, change, besides)
  }

  /** To be tried again in `delayMs`; null where it has been tried often enough. */
  async postpone(claim: WebhookClaim, error: string, delayMs: number | null): Promise<boolean> {
    const next =
      delayMs === null ? { state: "dead" as const } : { next_try_at: this.#inMs(delayMs) }
    return await this.#change(claim, { ...unclaimed, ...next, error })
  }

  /** Has one that was given up tried again at once. */
  async revive(id: string): Promise<WebhookEventRow | undefined> {
    const [revived] = await this.#database(table)
      .where({ id, state: "dead" })
      .update({
        ...unclaimed,
        state: "waiting",
        attempts: 0,
        next_try_at: this.#database.fn.now(),
        updated_at: this.#database.fn.now(),
      })
      .returning("*")
    return revived && toWebhookEvent(revived)
  }

  /** Forgets what messages of a provider said that were received before then; how many. */
  async pruneBodies(providerId: string, before: Date): Promise<number> {
    return await this.#database(table)
      .where({ provider_id: providerId })
      .where("created_at", "<", before)
      // As the index has it, and so below.
      .whereNotNull("body")
      .whereNull("deleted_at")
      .where("state", "<>", "waiting")
      .update({ body: null, updated_at: this.#now() })
  }

  /** Deletes messages that nobody proved, received before then and not waiting any more; how many. */
  async deleteUnproven(
    of: { providerId: string } | { otherThan: readonly string[] },
    before: Date
  ): Promise<number> {
    return await this.#database(table)
      .whereNull("event_key")
      .whereNull("deleted_at")
      .where("created_at", "<", before)
      .where("state", "<>", "waiting")
      .modify((query) =>
        "providerId" in of
          ? query.where({ provider_id: of.providerId })
          : query.whereNotIn("provider_id", of.otherThan)
      )
      .delete()
  }

  /** Messages that no server is at. */
  #free(): Knex.QueryBuilder {
    return this.#database({ event: table })
      .select("event.id")
      .where("event.state", "waiting")
      .where((query) =>
        query
          .whereNull("event.claimed_until")
          .orWhere("event.claimed_until", "<=", this.#database.fn.now())
      )
  }

  /** Messages whose time has come, and about whose reference no other one is worked on. */
  #due(): Knex.QueryBuilder {
    return this.#free()
      .where("event.next_try_at", "<=", this.#database.fn.now())
      .whereNotExists(this.#atWork())
  }

  /** Another message about the same reference that a server is at. */
  #atWork(): Knex.QueryBuilder {
    return this.#database({ other: table })
      .where("other.reference", this.#database.ref("event.reference"))
      .where("other.state", "waiting")
      .where("other.claimed_until", ">", this.#database.fn.now())
  }

  async #claim(
    free: Knex.QueryBuilder,
    leaseMs: number,
    besides: readonly Knex.Raw[] = []
  ): Promise<(WebhookClaim & { row: Record<string, unknown> }) | undefined> {
    const claimed_by = randomUUID()
    const [claimed] = await this.#database(table)
      // Equal to one and not in a list: PostgreSQL may look up a list again for each row.
      .where("id", "=", free.forUpdate("event").skipLocked())
      .update({
        claimed_by,
        claimed_until: this.#inMs(leaseMs),
        attempts: this.#database.raw("attempts + 1"),
        updated_at: this.#database.fn.now(),
      })
      .returning(["*", ...besides])
    return claimed && { event: toWebhookEvent(claimed), claimed_by, row: claimed }
  }

  async #change(
    { event: { id }, claimed_by }: WebhookClaim,
    change: Record<string, unknown>,
    besides?: Knex.QueryBuilder
  ): Promise<boolean> {
    const changed = await this.#database(table)
      .modify((query) => besides && query.with("besides", besides))
      .where({ id, claimed_by, state: "waiting" })
      .update({ ...change, updated_at: this.#database.fn.now() })
    return changed > 0
  }

  /** Of the database's clock: the servers' own need not agree. */
  #inMs(milliseconds: number) {
    return this.#database.raw("now() + ? * interval '1 millisecond'", [milliseconds])
  }
}

const unclaimed = { claimed_until: null, claimed_by: null }

const ofOrder = (column: "session_id" | "currency_code") =>
  `(select ${column} from gateway_order where provider_id = :provider_id and reference = :reference)`

/** Written out, because building it anew for each message takes longer than PostgreSQL does. */
const insertion = `
  insert into webhook_event (id, provider_id, event_key, reference, session_id, currency_code, raw_status, gateway_id,
      is_later, claimed_amount, body, traceparent, state, next_try_at, created_at, claimed_by, claimed_until, attempts,
      updated_at)
    select :id, :provider_id, :event_key, :reference, ${ofOrder("session_id")}, ${ofOrder("currency_code")}, :raw_status,
      :gateway_id, :is_later::boolean, :claimed_amount, :body::jsonb, :traceparent, 'waiting', now(), :now::timestamptz,
      claim.by, case when claim.by is not null then now() + :claimMs * interval '1 millisecond' end,
      case when claim.by is null then 0 else 1 end, case when claim.by is null then :now::timestamptz else now() end
    from (select case when :claimed_by::text is not null and not exists (
        select from webhook_event
          where reference = :reference and state = 'waiting' and claimed_until > now()
      ) then :claimed_by::text end as by) claim`

/** As the index has it, which PostgreSQL compares word for word. */
const unlessKnown =
  "on conflict (provider_id, event_key) where event_key is not null and deleted_at is null do nothing"

const keyedInsertion = `${insertion} ${unlessKnown} returning *`

/** With the lease of whoever claims the message with it; `takeovers` is null where it was not to be had. */
const insertionWithLease = `with message as (${keyedInsertion}), lease as (
    ${leaseInsertion("select :leaseKey, claimed_by, claimed_until from message where claimed_by is not null")}
  ) select message.*, (select takeovers from lease) as takeovers from message`

type Insertion = {
  event: NewWebhookEvent
  now: Date
  /** `claimed_by`: null where nobody works on it at once. */
  claim?: { claimed_by: string | null; claimMs: number; leaseKey?: string }
  isKeyed?: boolean
}

async function insert(
  database: Knex,
  { event, now, claim = { claimed_by: null, claimMs: 0 }, isKeyed = false }: Insertion
): Promise<Record<string, unknown>[]> {
  const unkeyed = `${insertion} returning *`
  const keyed = claim.leaseKey === undefined ? keyedInsertion : insertionWithLease
  const { rows } = await database.raw<{ rows: Record<string, unknown>[] }>(
    isKeyed ? keyed : unkeyed,
    {
      ...event,
      ...claim,
      id: newId("gwev"),
      // As a text, because knex takes an object with a field `isRawInstance` for SQL of its own.
      body: event.body && JSON.stringify(event.body),
      traceparent: event.traceparent ?? null,
      now,
    }
  )
  return rows
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
    .whereNull("deleted_at")
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
