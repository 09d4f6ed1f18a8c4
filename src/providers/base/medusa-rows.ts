/**
 * What a payment provider reads of the payment module's own rows. It has no `query`, no lock and no other module there.
 */
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { BigNumberInput, Logger } from "@medusajs/framework/types"
import type { EventBus } from "../../shared/events"

/** What a provider looks up in the payment module's own tables. It reads, and never writes. */
export class PaymentModuleRows {
  readonly #cradle: ProviderCradle
  /** The ids under which the shop registered this provider. */
  readonly ownIds: () => readonly string[]

  /** @param provider the provider itself, which Medusa does not tell under which ids it is registered */
  constructor(cradle: ProviderCradle, identifier: string, provider: object) {
    this.#cradle = cradle
    this.ownIds = () => ownProviderIds(cradle, identifier, provider)
  }

  isOwnProvider(providerId: string): boolean {
    return this.ownIds().includes(providerId)
  }

  /** Undefined for sessions that are gone and for those of other providers. */
  async ownSession(id: string): Promise<PaymentSessionRow | undefined> {
    const [session] = await this.#cradle.paymentSessionService.list({ id })
    return session && this.isOwnProvider(session.provider_id) ? session : undefined
  }

  /** What a capture is to take: Medusa calls for a capture without naming its amount. */
  async captureAmount(captureId: string): Promise<BigNumberInput | undefined> {
    const [capture] = await this.#cradle.captureService.list({ id: captureId })
    return capture?.raw_amount ?? capture?.amount
  }

  async existingCaptures(ids: string[]): Promise<string[]> {
    return await existing(this.#cradle.captureService, ids)
  }

  async existingRefunds(ids: string[]): Promise<string[]> {
    return await existing(this.#cradle.refundService, ids)
  }

  /** The session's payments that are not canceled. */
  async existingPayments(sessionId: string): Promise<string[]> {
    const payments = await this.#cradle.paymentService.list({ payment_session_id: sessionId })
    return payments.filter((payment) => !payment.canceled_at).map((payment) => payment.id)
  }
}

/**
 * Under which ids the shop registered this very provider. Medusa hands a provider its options but not the
 * `id` beside them, and a shop can configure one gateway twice, each with its own merchant account.
 */
export function ownProviderIds(
  cradle: Pick<ProviderCradle, "payment_providers">,
  identifier: string,
  provider: object
): readonly string[] {
  const registered: Readonly<Record<string, unknown>> = { ...pick(cradle, identifier) }
  return Object.keys(registered).filter((id) => registered[id] === provider)
}

/** Only ids of this gateway are looked up: each look-up builds the provider behind it. */
function pick(
  cradle: Pick<ProviderCradle, "payment_providers"> & { [id: string]: unknown },
  identifier: string
): Record<string, unknown> {
  const ids = cradle.payment_providers.filter(
    (id) => id === `pp_${identifier}` || id.startsWith(`pp_${identifier}_`)
  )
  return Object.fromEntries(ids.map((id) => [id, cradle[id]]))
}

async function existing(
  service: ProviderCradle["refundService"],
  ids: string[]
): Promise<string[]> {
  const rows = ids.length > 0 ? await service.list({ id: ids }) : []
  return rows.map((row) => row.id)
}

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
