import { randomBytes } from "node:crypto"
import type { BigNumberInput } from "@medusajs/framework/types"
import { z } from "zod"
import { MemoryJournal } from "../../../modules/payment-journal/memory-journal"
import type { PaymentJournal } from "../../../modules/payment-journal/journal"
import type { GatewayDefinition, LifecycleOptions } from "../gateway-definition"
import { GatewayPaymentProvider } from "../gateway-payment-provider"
import type { GatewayCapabilities } from "../payment-gateway"
import type { ProviderCradle } from "../provider-cradle"
import { commonOptions } from "../provider-options"
import { MadeUpGateway } from "./made-up-gateway"

export const providerId = "pp_acme_main"

type Session = {
  id: string
  provider_id: string
  amount: BigNumberInput
  raw_amount?: BigNumberInput
  currency_code: string
  payment_collection_id: string
}

class AcmeProvider extends GatewayPaymentProvider {
  static override identifier = "acme"

  constructor(
    cradle: ProviderCradle,
    definition: GatewayDefinition<LifecycleOptions>,
    journal: PaymentJournal
  ) {
    super(cradle, definition, { allowedReturnOrigins: ["https://shop.example"] }, journal)
  }
}

/** A payment module around a provider: only its rows, and the calls in the shapes in which Medusa makes them. */
export class MadeUpStore {
  readonly gateway: MadeUpGateway
  readonly journal: MemoryJournal
  readonly provider: AcmeProvider
  readonly sessions: Session[] = []
  readonly payments: { id: string; canceled_at: unknown; payment_session_id: string }[] = []
  readonly captures: { id: string; amount: BigNumberInput; raw_amount?: BigNumberInput }[] = []
  readonly refunds: { id: string }[] = []
  readonly logged: string[] = []
  now = new Date("2026-01-01T00:00:00Z")

  constructor(capabilities: Partial<GatewayCapabilities> = {}, journal?: PaymentJournal) {
    this.gateway = new MadeUpGateway(capabilities)
    this.journal = new MemoryJournal({ now: () => this.now })
    const log = (line: unknown) => void this.logged.push(String(line))
    // Only what a provider touches of Medusa's container.
    const cradle = Object.assign(Object.create(null), {
      logger: { debug: log, info: log, warn: log, error: log },
      payment_providers: [providerId, "pp_acme_other", "pp_system_default"],
      pp_acme_other: {},
      paymentSessionService: { list: async ({ id }: Ids) => this.sessions.filter(has(id)) },
      paymentService: {
        list: async (filter: { payment_session_id: string }) =>
          this.payments.filter((row) => row.payment_session_id === filter.payment_session_id),
      },
      captureService: { list: async ({ id }: Ids) => this.captures.filter(has(id)) },
      refundService: { list: async ({ id }: Ids) => this.refunds.filter(has(id)) },
    })
    const definition: GatewayDefinition<LifecycleOptions> = {
      identifier: "acme",
      title: "Acme",
      options: z.strictObject(commonOptions),
      build: () => this.gateway,
    }
    this.provider = new AcmeProvider(cradle, definition, journal ?? this.journal)
    cradle[providerId] = this.provider
  }

  addSession(
    amount: BigNumberInput = 100,
    currency_code = "php",
    provider_id: string = providerId
  ): Session {
    const session = {
      id: `payses_${ulid()}`,
      provider_id,
      amount,
      currency_code,
      payment_collection_id: "pay_col_1",
    }
    this.sessions.push(session)
    return session
  }

  async initiate(session: Session, data: Record<string, unknown> = {}, customerId?: string) {
    return await this.provider.initiatePayment({
      amount: session.amount,
      currency_code: session.currency_code,
      data: { ...data, session_id: session.id },
      context: {
        idempotency_key: session.id,
        ...(customerId ? { customer: { id: customerId, email: "x@example.com" } } : {}),
      },
    })
  }

  /** As the shopper does: chooses Acme and pays what was ordered. */
  async open(amount: BigNumberInput = 100, currency = "php") {
    const session = this.addSession(amount, currency)
    const { id, data = {} } = await this.initiate(session)
    return { session, reference: id, data }
  }

  async openPaid(
    amount: BigNumberInput = 100,
    currency = "php",
    state: "paid" | "authorized" = "paid"
  ) {
    const opened = await this.open(amount, currency)
    this.gateway.tell(opened.reference, { state, word: state })
    const { status, data = {} } = await this.authorize(opened.session, opened.data)
    this.payments.push({
      id: `pay_${this.payments.length}`,
      canceled_at: null,
      payment_session_id: opened.session.id,
    })
    return { ...opened, status, data }
  }

  async authorize(session: Session, data: Record<string, unknown>) {
    return await this.provider.authorizePayment({ data, context: { idempotency_key: session.id } })
  }

  /** Medusa writes a refund's row before it calls, and deletes it when the provider throws. */
  async refund(data: Record<string, unknown>, amount: BigNumberInput) {
    const row = { id: `ref_${ulid()}` }
    this.refunds.push(row)
    try {
      return await this.provider.refundPayment({
        data,
        amount,
        context: { idempotency_key: row.id },
      })
    } catch (error) {
      this.refunds.splice(this.refunds.indexOf(row), 1)
      throw error
    }
  }

  /** Medusa tells the provider the id of the capture's row, and not its amount. */
  async capture(data: Record<string, unknown>, amount: BigNumberInput) {
    const row = { id: `capt_${ulid()}`, amount, raw_amount: amount }
    this.captures.push(row)
    try {
      return await this.provider.capturePayment({ data, context: { idempotency_key: row.id } })
    } catch (error) {
      this.captures.splice(this.captures.indexOf(row), 1)
      throw error
    }
  }

  async webhook(reading: Record<string, unknown>) {
    return await this.provider.getWebhookActionAndData({
      data: {},
      rawData: Buffer.from(JSON.stringify(reading)),
      headers: {},
    })
  }
}

type Ids = { id: string | string[] }

function has(id: Ids["id"]) {
  return (row: { id: string }) => (Array.isArray(id) ? id.includes(row.id) : row.id === id)
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

function ulid(): string {
  return "01" + [...randomBytes(24)].map((byte) => crockford[byte % 32]).join("")
}
