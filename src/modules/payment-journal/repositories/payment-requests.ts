import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { z } from "zod"
import { readRow } from "../../../shared/database"
import { lookedUpOnce } from "../../../shared/concurrency"
import { newId } from "../../../shared/new-id"
import { attachableKinds } from "./exceptions"

/**
 * What the shop's own server asks of a payment on an order that was placed before:
 * - `link`: a link that can be sent to the customer
 * - `charge`: a charge of a saved method without the customer
 * - `attach`: money that came before pays for the order; nothing is opened at the gateway
 * - `till`: a charge of the code that a seller scanned from the shopper's app
 */
export const paymentPurposes = ["link", "charge", "attach", "till"] as const

export type PaymentPurpose = (typeof paymentPurposes)[number]

/**
 * A request of the shop's own server, written before the payment session that is to serve it. A session's data
 * only names it by its id: whatever else a storefront, the dashboard or another plugin writes there asks for nothing.
 */
const paymentRequestRow = z.object({
  id: z.string(),
  /** Medusa's order that is paid. */
  order_id: z.string(),
  /** The one payment collection whose session it serves. */
  payment_collection_id: z.string(),
  /** Medusa's id of the provider, such as `pp_mocasa_mocasa`. */
  provider_id: z.string(),
  purpose: z.enum(paymentPurposes),
  /** The order at the gateway whose money is attached; null for the other purposes. */
  reference: z.string().nullable(),
  /** The session that took it; it serves no other. */
  session_id: z.string().nullable(),
})

export type PaymentRequest = z.infer<typeof paymentRequestRow>

function toPaymentRequest(row: unknown): PaymentRequest {
  return readRow("order_payment_request", paymentRequestRow, row)
}

export type NewPaymentRequest = Omit<PaymentRequest, "id" | "session_id">

/** The session that takes a request, as Medusa has it. */
export type RequestingSession = {
  id: string
  payment_collection_id: string
  provider_id: string
}

const table = "order_payment_request"

/** The part of the journal that holds what the shop's server asks; see `PostgresJournal` for what each method promises. */
export class PostgresPaymentRequests {
  readonly #database: Knex
  readonly #now: () => Date
  /** Only a Medusa without its payment and order modules lacks them; see `#hasCarts` of `PostgresJournal`. */
  readonly #hasPayments = lookedUpOnce((database: Knex) =>
    database.schema.hasTable("order_transaction")
  )

  constructor(database: Knex, now: () => Date) {
    this.#database = database
    this.#now = now
  }

  async add(request: NewPaymentRequest): Promise<PaymentRequest> {
    const now = this.#now()
    const [row] = await this.#database(table)
      .insert({
        id: newId("gwreq"),
        ...request,
        created_at: now,
        updated_at: now,
      })
      .returning("*")
    return toPaymentRequest(row)
  }

  async take(id: string, session: RequestingSession): Promise<PaymentRequest | undefined> {
    const { payment_collection_id, provider_id } = session
    const [taken] = await this.#database(table)
      .where({ id, payment_collection_id, provider_id })
      .where((query) => query.whereNull("session_id").orWhere({ session_id: session.id }))
      .update({ session_id: session.id, updated_at: this.#now() })
      .returning("*")
    return taken && toPaymentRequest(taken)
  }

  /**
   * The conditions under which the money of a `gateway_order` may be attached to a session: the session took a
   * request for it, a person still has to decide about the money, and no order of the shop's has it in its ledger.
   */
  async attachable(sessionId: string): Promise<(query: Knex.QueryBuilder) => void> {
    const database = this.#database
    const hasPayments = await this.#hasPayments(this.#database)
    return (query) => {
      query
        .whereExists(
          database(table)
            .select(database.raw("1"))
            .whereRaw("order_payment_request.reference = gateway_order.reference")
            .where({ purpose: "attach", session_id: sessionId })
        )
        .whereExists(
          database("payment_exception")
            .select(database.raw("1"))
            .whereRaw("payment_exception.reference = gateway_order.reference")
            .where({ state: "open" })
            .whereIn("kind", attachableKinds)
        )
      if (hasPayments) {
        query.whereNotExists(bookedPayments(database))
      }
    }
  }
}

/** Payments of Medusa's that the money of a `gateway_order` made, and that are in an order's ledger. */
function bookedPayments(database: Knex): Knex.QueryBuilder {
  return database("payment")
    .select(database.raw("1"))
    .join("capture", "capture.payment_id", "payment.id")
    .join("order_transaction", "order_transaction.reference_id", "capture.id")
    .whereRaw(
      "payment.payment_session_id in (gateway_order.session_id, gateway_order.attached_session_id)"
    )
    .whereRaw("payment.data->>'reference' = gateway_order.reference")
    .whereNull("payment.canceled_at")
    .whereNull("payment.deleted_at")
    .whereNull("capture.deleted_at")
    .whereNull("order_transaction.deleted_at")
}
