import { generateEntityId } from "@medusajs/framework/utils"
import { payerFields } from "../../../providers/base/storefront-input"
import type { ProviderCradle } from "../../../providers/base/medusa-rows"
import { MemoryJournal } from "../../memory-journal"
import type { GatewayData, GatewaySandbox, Money, SandboxSettings } from "../gateway-data"
import { listen, type HttpListener, type ReceivedRequest } from "./http-listener"
import { hurried } from "./time"
import { payerData } from "./shopper"
import { PaymentModule, type NewSession } from "./payment-module"
import { PaymentRows, type Payment, type Session } from "./payment-rows"
import { recordingLogger } from "./witness"
import type { Witness } from "./witness"

/** For scenarios without a time-out: no call takes that long, on the slowest machine. */
const patientMs = 10_000
/** For scenarios in which a call times out. */
export const impatientMs = 1_000
/** Longer than the impatient wait. */
export const tooLongMs = 1_500

export type StoreSettings = {
  readonly signsWith?: SandboxSettings["signsWith"]
  /** How long a call to the gateway may take. */
  readonly timeoutMs?: number
}

/** A store that sells through one gateway, with the gateway's sandbox beside it. */
export class Store {
  readonly rows = new PaymentRows()
  readonly journal = new MemoryJournal()
  readonly warnings: string[] = []
  readonly medusa: PaymentModule
  /** The same gateway under a second entry of the shop's config. */
  readonly other: PaymentModule
  /** What carts are in. */
  readonly currency: string
  readonly decimals: number
  readonly #hosts: HttpListener[] = []

  private constructor(
    readonly gateway: GatewayData,
    readonly sandbox: GatewaySandbox,
    readonly webhooks: HttpListener,
    private readonly witness: Witness,
    private readonly timeoutMs: number
  ) {
    const [[currency, decimals] = ["", 0]] = Object.entries(gateway.currencies)
    this.currency = currency
    this.decimals = decimals
    const { identifier } = gateway
    const mainId = `pp_${identifier}_${identifier}`
    const otherId = `pp_${identifier}_other`
    const cradle = this.#cradle([mainId, otherId])
    this.medusa = this.#register(cradle, mainId)
    this.other = this.#register(cradle, otherId)
  }

  static async open(
    gateway: GatewayData,
    witness: Witness,
    { signsWith = "current", timeoutMs = patientMs }: StoreSettings = {}
  ): Promise<Store> {
    const webhooks = await listen()
    const sandbox = await gateway.startSandbox({ webhookUrl: webhooks.url, signsWith })
    return new Store(gateway, sandbox, webhooks, witness, timeoutMs)
  }

  /** What a storefront has to write again into every session: of the payer, not all is kept. */
  get payer(): { payer?: Record<string, string> } {
    return payerData(payerFields(this.gateway.capabilities.payer))
  }

  /** A shopper chose the gateway for a cart of this total. */
  async checkout(amount = "100", more: Partial<NewSession> = {}): Promise<Session> {
    const shopper = this.sandbox.charging?.shopper()
    return await this.medusa.createSession({
      amount,
      currency: this.currency,
      customer: shopper?.customer,
      ...more,
      data: { ...this.payer, ...shopper?.data, ...more.data },
    })
  }

  /** The shop's own server opens a payment on an order that was placed before. */
  async request(purpose: "link" | "charge", more: Partial<NewSession> = {}): Promise<Session> {
    const payment_collection_id = generateEntityId("", "pay_col")
    const { id } = await this.journal.requestPayment({
      order_id: "order_placedBefore",
      payment_collection_id,
      provider_id: this.medusa.providerId,
      purpose,
      reference: null,
    })
    const data = { ...more.data, payment_request: id }
    return await this.checkout("100", { ...more, payment_collection_id, data })
  }

  /** What the shopper does: pays at the gateway, or nothing, where it is the shop's server that charges. */
  pay(session: Session): void {
    if (!this.gateway.charges) {
      this.sandbox.pay(referenceOf(session))
    }
  }

  /** A shopper paid, and the payment stands in Medusa, taken or reserved as the gateway does it. */
  async authorized(amount?: string, currency = this.currency): Promise<Payment> {
    const session = await this.checkout(amount, { currency })
    this.pay(session)
    const { payment } = await this.medusa.authorize(session)
    if (!payment) {
      throw new Error(`The gateway's payment was not taken as one: ${session.status}`)
    }
    return payment
  }

  /** As `authorized`, and the money was taken. */
  async paid(amount?: string, currency?: string): Promise<Payment> {
    const payment = await this.authorized(amount, currency)
    await this.medusa.capture(payment)
    return payment
  }

  /** Where a payment that was made leaves the session. */
  get paidStatus(): "captured" | "authorized" {
    return this.gateway.capabilities.capture === "automatic" ? "captured" : "authorized"
  }

  /** The same of the journal's order. */
  get paidState(): "paid" | "authorized" {
    return this.gateway.capabilities.capture === "automatic" ? "paid" : "authorized"
  }

  /** The webhook that came last, after all that are under way have come. */
  async lastWebhook(): Promise<ReceivedRequest> {
    await this.sandbox.webhooksSettled()
    const last = this.webhooks.received.at(-1)
    if (!last) {
      throw new Error("No webhook came")
    }
    return last
  }

  money(amount: string): Money {
    return { amount: Number(amount).toFixed(this.decimals), currency: this.currency }
  }

  /** The same money in the journal's words. */
  orderMoney(amount: string): { amount: string; currency_code: string } {
    return { amount: this.money(amount).amount, currency_code: this.currency }
  }

  /** A host that the gateway's answers point to and nobody may call. */
  async anotherHost(): Promise<HttpListener> {
    const host = await listen()
    this.#hosts.push(host)
    return host
  }

  async close(): Promise<void> {
    await this.sandbox.close()
    await Promise.all([this.webhooks, ...this.#hosts].map((host) => host.close()))
    this.witness.mustHide(this.sandbox.secrets())
    for (const table of [this.rows.sessions, this.rows.payments]) {
      table.forEach((row) => this.witness.saw("stored", row))
    }
    for (const reference of this.sandbox.orders()) {
      this.witness.saw("stored", [
        await this.journal.findOrder(reference),
        await this.journal.operationsOfOrder(reference),
        await this.journal.moneyOfOrder(reference),
      ])
    }
  }

  #register(cradle: ProviderCradle, providerId: string): PaymentModule {
    // A new object each time: whoever holds the same one shares a gateway, and with it an access token.
    const options = { ...this.sandbox.options, timeoutMs: this.timeoutMs }
    const Provider = hurried(this.gateway.Provider)
    const provider = new Provider(cradle, options, this.journal)
    Object.assign(cradle, { [providerId]: provider })
    return new PaymentModule(providerId, provider, this.rows, (call) => this.witness.watch(call))
  }

  #cradle(providerIds: string[]): ProviderCradle {
    const { sessions, payments, captures, refunds } = this.rows
    return {
      logger: recordingLogger((line) => {
        this.witness.saw("logged", line)
        if (line.level === "warn" || line.level === "error") {
          this.warnings.push(line.said.join(" "))
        }
      }),
      get __pg_connection__(): never {
        throw new Error("The journal of this store is in memory: nothing may ask for a database")
      },
      paymentSessionService: { list: async ({ id }) => chosen(sessions, id) },
      paymentService: {
        list: async ({ payment_session_id }) =>
          [...payments.values()].filter((row) => row.payment_session_id === payment_session_id),
      },
      captureService: { list: async ({ id }) => chosen(captures, id) },
      refundService: { list: async ({ id }) => chosen(refunds, id) },
      payment_providers: providerIds,
    }
  }
}

/** Our reference of a session's order, as the gateway knows it. */
export function referenceOf({ data }: { data: Record<string, unknown> | null }): string {
  const reference = data?.reference
  if (typeof reference !== "string") {
    throw new Error("session.data has no reference")
  }
  return reference
}

function chosen<Row>(table: ReadonlyMap<string, Row>, id: string | string[]): Row[] {
  return [id].flat().flatMap((key) => table.get(key) ?? [])
}
