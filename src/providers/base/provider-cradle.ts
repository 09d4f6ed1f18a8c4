import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { BigNumberInput, Logger } from "@medusajs/framework/types"
import type { EventBus } from "../../shared/announce"

/** A payment session as the payment module's own service gives it, as far as it is read here. */
export type PaymentSessionRow = {
  id: string
  provider_id: string
  amount: BigNumberInput
  raw_amount?: BigNumberInput
  currency_code: string
  payment_collection_id: string
}

type Lists<Row> = { list(filters: { id: string | string[] }): Promise<Row[]> }

/**
 * What the payment module's container gives a provider. It has no `query`, no lock and no other module;
 * the journal is written over the database connection itself.
 */
export type ProviderCradle = {
  logger: Logger
  __pg_connection__: Knex
  event_bus?: EventBus
  paymentSessionService: Lists<PaymentSessionRow>
  paymentService: {
    list(filters: { payment_session_id: string }): Promise<{ id: string; canceled_at: unknown }[]>
  }
  captureService: Lists<{ id: string; raw_amount?: BigNumberInput; amount: BigNumberInput }>
  refundService: Lists<{ id: string }>
  /** The ids of all registered providers, such as `pp_acme_main`; each is also a key of the cradle. */
  payment_providers: string[]
}
