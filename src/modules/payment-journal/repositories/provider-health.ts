import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import { readRow, time } from "../../../shared/database"
import { newId } from "../../../shared/new-id"

/**
 * What a check of a provider's credentials came to:
 * - `accepted`: the gateway answered a question that only this shop may ask
 * - `refused`: it was reached, and does not know or not allow the shop
 * - `wrong_address`: what there is at the base address is not the gateway
 * - `unclear`: it answered, and neither yes nor no to the credentials
 * - `no_answer`: nothing is known
 */
export const checkOutcomes = [
  "accepted",
  "refused",
  "wrong_address",
  "unclear",
  "no_answer",
] as const

export type CheckOutcome = (typeof checkOutcomes)[number]

export type ProviderCheck = {
  outcome: CheckOutcome
  /** The gateway's own code, and what it or we said of it. */
  code: string | null
  message: string | null
  clock_ahead_ms: number | null
  /** With which options it was made; see `ConfiguredProvider.fingerprint`. */
  checked_options: string
}

/** A call to a gateway that did not give what was asked for. Nothing secret, nothing personal. */
export type ProviderFailure = {
  provider_id: string
  call: string
  code?: string
  message: string
}

/** Something that went wrong at a provider, for people. */
export type ProviderError = {
  at: Date
  /**
   * `call`: a question, or an order that was to be opened; `operation`: a refund, capture or void that was refused or is left
   * open; `webhook`: a message that could not be worked on
   */
  source: "call" | "operation" | "webhook"
  /** The call, the kind of operation, or the gateway's word in the message. */
  what: string
  code: string | null
  message: string
}

/** What became of a message at a provider's address, each with its letter in `recent_messages`. */
export const messageKinds = {
  /** The gateway surely sent it. */
  verified: "v",
  /** Of a gateway that signs nothing: anybody can have sent it. */
  unsigned: "u",
  /** Its signature is missing or wrong. */
  forged: "f",
  /** Not what this gateway sends. */
  unreadable: "r",
} as const

export type MessageKind = keyof typeof messageKinds

/** Messages of a provider in the order in which they came, at the times of the last one of each sort. */
export type ReceivedMessages = {
  letters: string
  lastAt: Date
  lastVerifiedAt: Date | null
  lastRefusedAt: Date | null
}

/** Of so many messages the last ones are remembered. */
export const recentMessages = 100

const healthRow = z.object({
  provider_id: z.string(),
  checked_at: time.nullable(),
  checked_by: z.string().nullable(),
  check_outcome: z.enum(checkOutcomes).nullable(),
  check_code: z.string().nullable(),
  check_message: z.string().nullable(),
  checked_options: z.string().nullable(),
  clock_ahead_ms: z.number().nullable(),
  failed_at: time.nullable(),
  failed_call: z.string().nullable(),
  failure_code: z.string().nullable(),
  failure_message: z.string().nullable(),
  last_message_at: time.nullable(),
  last_verified_at: time.nullable(),
  last_refused_at: time.nullable(),
  recent_messages: z.string(),
})

export type ProviderHealthRow = z.infer<typeof healthRow>

const errorRow: z.ZodType<ProviderError> = z.object({
  at: time,
  source: z.enum(["call", "operation", "webhook"]),
  what: z.string(),
  code: z.string().nullable(),
  message: z.string(),
})

/** Errors of before tell nothing of how a provider fares now, in milliseconds. */
const errorsOfMs = 30 * 24 * 3_600_000

const table = "gateway_provider_health"

/** How each provider fares, in the shop's own database: one row each, of which each method is one statement. */
export class ProviderHealth {
  readonly #database: Knex
  readonly #now: () => Date

  constructor(database: Knex, now: () => Date = () => new Date()) {
    this.#database = database
    this.#now = now
  }

  /** By the provider's id; none for one that was never checked, never failed and never got a message. */
  async read(providerIds: readonly string[]): Promise<Map<string, ProviderHealthRow>> {
    const rows = await this.#database(table).whereIn("provider_id", providerIds)
    return new Map(
      rows.map((row) => {
        const health = readRow(table, healthRow, row)
        return [health.provider_id, health]
      })
    )
  }

  async noteCheck(providerId: string, checkedBy: string, check: ProviderCheck): Promise<void> {
    await this.#write(providerId, {
      checked_at: this.#now(),
      checked_by: checkedBy,
      check_outcome: check.outcome,
      check_code: check.code,
      check_message: check.message,
      checked_options: check.checked_options,
      clock_ahead_ms: check.clock_ahead_ms,
    })
  }

  /** Takes the place of the failure before it. */
  async noteFailure({ provider_id, call, code, message }: ProviderFailure): Promise<void> {
    await this.#write(provider_id, {
      failed_at: this.#now(),
      failed_call: call,
      failure_code: code ?? null,
      failure_message: message,
    })
  }

  /** Adds to those that were noted before; of all together the last ones are kept. */
  async noteMessages(providerId: string, messages: ReceivedMessages): Promise<void> {
    const { letters, lastAt, lastVerifiedAt, lastRefusedAt } = messages
    const later = (column: string) =>
      this.#database.raw(`greatest(${table}.${column}, excluded.${column})`)
    await this.#write(
      providerId,
      {
        last_message_at: lastAt,
        last_verified_at: lastVerifiedAt,
        last_refused_at: lastRefusedAt,
        recent_messages: letters.slice(-recentMessages),
      },
      {
        last_message_at: later("last_message_at"),
        last_verified_at: later("last_verified_at"),
        last_refused_at: later("last_refused_at"),
        recent_messages: this.#database.raw(
          `right(${table}.recent_messages || excluded.recent_messages, ?)`,
          [recentMessages]
        ),
      }
    )
  }

  /** The newest of what the row and the journal's other tables know; of the tables, of the last thirty days. */
  async lastError(providerId: string): Promise<ProviderError | null> {
    const since = new Date(this.#now().getTime() - errorsOfMs)
    const errors = [
      await this.#lastFailure(providerId),
      await this.#lastOperation(providerId, since),
      await this.#lastWebhook(providerId, since),
    ].flatMap((row): ProviderError[] => (row ? [readRow("error", errorRow, row)] : []))
    return errors.sort((one, other) => other.at.getTime() - one.at.getTime())[0] ?? null
  }

  async #lastFailure(provider_id: string): Promise<unknown> {
    return await this.#database(table)
      .where({ provider_id })
      .whereNotNull("failure_message")
      .select({ at: "failed_at", what: "failed_call", code: "failure_code" })
      .select({ message: "failure_message" }, this.#source("call"))
      .first()
  }

  async #lastOperation(providerId: string, since: Date): Promise<unknown> {
    return await this.#database({ operation: "gateway_operation" })
      .join({ order: "gateway_order" }, "order.reference", "operation.order_reference")
      .where("order.provider_id", providerId)
      .whereIn("operation.state", ["declined", "unknown", "returned"])
      .whereNotNull("operation.gateway_message")
      .where("operation.updated_at", ">=", since)
      .orderBy([
        { column: "operation.updated_at", order: "desc" },
        { column: "operation.id", order: "desc" },
      ])
      .select({ at: "operation.updated_at", what: "operation.kind" })
      .select({ code: "operation.gateway_code", message: "operation.gateway_message" })
      .select(this.#source("operation"))
      .first()
  }

  async #lastWebhook(provider_id: string, since: Date): Promise<unknown> {
    return await this.#database("webhook_event")
      .where({ provider_id })
      .whereNotNull("error")
      .where("created_at", ">=", since)
      .orderBy([
        { column: "created_at", order: "desc" },
        { column: "id", order: "desc" },
      ])
      .select({ at: "updated_at", what: "raw_status", message: "error" })
      .select(this.#database.raw("null as code"), this.#source("webhook"))
      .first()
  }

  #source(source: ProviderError["source"]) {
    return this.#database.raw("? as source", [source])
  }

  /** @param onConflict in place of the values where the row is there already */
  async #write(
    provider_id: string,
    values: Record<string, unknown>,
    onConflict: Record<string, unknown> = values
  ): Promise<void> {
    const now = this.#now()
    await this.#database(table)
      .insert({
        id: newId("gwph"),
        provider_id,
        ...values,
        created_at: now,
        updated_at: now,
      })
      .onConflict("provider_id")
      .merge({ ...onConflict, updated_at: now })
  }
}
