import type { BigNumberInput } from "@medusajs/framework/types"
import { ownProviderIds } from "./own-provider-ids"
import type { PaymentSessionRow, ProviderCradle } from "./provider-cradle"

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

  async livingCaptures(ids: string[]): Promise<string[]> {
    return await living(this.#cradle.captureService, ids)
  }

  async livingRefunds(ids: string[]): Promise<string[]> {
    return await living(this.#cradle.refundService, ids)
  }

  /** The session's payments that are not canceled. */
  async livingPayments(sessionId: string): Promise<string[]> {
    const payments = await this.#cradle.paymentService.list({ payment_session_id: sessionId })
    return payments.filter((payment) => !payment.canceled_at).map((payment) => payment.id)
  }
}

async function living(service: ProviderCradle["refundService"], ids: string[]): Promise<string[]> {
  const rows = ids.length > 0 ? await service.list({ id: ids }) : []
  return rows.map((row) => row.id)
}
