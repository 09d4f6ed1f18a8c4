import { inspect } from "node:util"
import type { BigNumberInput } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../modules/payment-journal/gateway-order"
import { MemoryJournal } from "./memory-journal"
import type { GatewayEvent } from "../shared/events"
import type { PaymentSessionRow, ProviderCradle } from "../providers/base/medusa-rows"
import { genuine, FakeGateway, type FakeSettings } from "./fake-gateway"
import { receiveMessage, type ReceivedMessage } from "./receive-message"
import { FakeProvider, recordingLogger, type LogLine } from "./fake-provider"
import { amounts, asJson, chosen, merged, person, type Data, type Lookup } from "./medusa-rows"

export type Session = PaymentSessionRow & { status: string; data: Data }
export type Payment = {
  id: string
  payment_session_id: string
  canceled_at: Date | null
  session: Session
  data: Data
}
type MoneyRow = { id: string; amount: number; raw_amount: { value: string; precision: number } }

export type NewSession = {
  amount?: BigNumberInput
  currency?: string
  data?: Data
  customer?: { id: string }
  payment_collection_id?: string
}

/**
 * A store around the fake gateway: the rows of Medusa's payment module, and its calls in the shapes that
 * @medusajs/payment 2.21 makes them, row before call, row deleted when the provider throws, `data` merged.
 */
export class FakeStore {
  static readonly providerId = "pp_fake_fake"
  readonly gateway: FakeGateway
  readonly journal: MemoryJournal
  readonly provider: FakeProvider
  /** The same gateway under a second entry of the shop's config. */
  readonly other: FakeProvider
  readonly sessions: Session[] = []
  readonly payments: Payment[] = []
  readonly captures: MoneyRow[] = []
  readonly refunds: MoneyRow[] = []
  readonly log: LogLine[] = []
  readonly events: GatewayEvent[] = []
  /** References of money that is on the list of payment exceptions. */
  readonly exceptions = new Set<string>()
  /** All that left the provider: returned or thrown. */
  readonly #answers: unknown[] = []
  #time = Date.parse("2030-01-01T00:00:00Z")

  constructor(settings: FakeSettings = {}, makeJournal = memoryJournal) {
    this.gateway = new FakeGateway(settings)
    this.journal = makeJournal(
      () => new Date(this.#time),
      (reference) => this.exceptions.has(reference)
    )
    const cradle = this.#cradle()
    this.provider = new FakeProvider(cradle, this.gateway, this.journal)
    this.other = new FakeProvider(cradle, this.gateway, this.journal)
    Object.assign(cradle, {
      [FakeStore.providerId]: this.provider,
      pp_fake_other: this.other,
    })
  }

  /** Long enough for every lease to end. */
  waitOutLeases(): void {
    this.#time += 3_600_000
  }

  addSession(input: NewSession = {}): Session {
    const { amount = 100, currency = "php", data = {} } = input
    const session = {
      id: generateEntityId("", "payses"),
      provider_id: FakeStore.providerId,
      payment_collection_id: input.payment_collection_id ?? generateEntityId("", "pay_col"),
      ...amounts(amount),
      currency_code: currency,
      status: "pending",
      data: asJson(data),
    }
    this.sessions.push(session)
    return session
  }

  async createSession(input: NewSession = {}): Promise<Session> {
    const session = this.addSession(input)
    try {
      return await this.initiate(session, input)
    } catch (error) {
      this.deleteRow(session)
      throw error
    }
  }

  async initiate(session: Session, input: NewSession = {}): Promise<Session> {
    const { data = {}, customer } = input
    const answer = await this.#watch(
      this.provider.initiatePayment({
        context: { idempotency_key: session.id, ...(customer && { customer: person(customer) }) },
        data: { ...data, session_id: session.id },
        amount: input.amount ?? session.raw_amount ?? session.amount,
        currency_code: input.currency ?? session.currency_code,
      })
    )
    session.data = merged(session.data, { ...data, ...answer.data })
    session.status = answer.status ?? "pending"
    return session
  }

  async updateSession(session: Session, amount: BigNumberInput, data = session.data) {
    const { currency_code } = session
    const answer = await this.#watch(this.provider.updatePayment({ data, amount, currency_code }))
    Object.assign(session, amounts(amount), { data: merged(session.data, answer.data ?? {}) })
    return session
  }

  async deleteSession(session: Session): Promise<void> {
    await this.#watch(this.provider.deletePayment({ data: session.data }))
    this.deleteRow(session)
  }

  deleteRow(session: Session): void {
    this.sessions.splice(this.sessions.indexOf(session), 1)
  }

  /** The payment is undefined where Medusa says "was not authorized with the provider". */
  async authorize(session: Session): Promise<Payment | undefined> {
    const { data = {}, status } = await this.#watch(
      this.provider.authorizePayment({
        data: session.data,
        context: { idempotency_key: session.id },
      })
    )
    session.data = merged(session.data, data)
    session.status = status
    return status === "authorized" || status === "captured" ? this.addPayment(session) : undefined
  }

  addPayment(session: Session): Payment {
    const payment = {
      id: generateEntityId("", "pay"),
      payment_session_id: session.id,
      canceled_at: null,
      session,
      data: asJson(session.data),
    }
    this.payments.push(payment)
    return payment
  }

  async capture(payment: Payment, amount: BigNumberInput = wholeOf(payment)): Promise<void> {
    const capture = this.#addMoney(this.captures, "capt", amount)
    await this.#keptUnlessThrown(this.captures, capture, async () => {
      const { data } = await this.#watch(
        this.provider.capturePayment({
          data: payment.data,
          context: { idempotency_key: capture.id },
        })
      )
      payment.data = merged(payment.data, data ?? {})
    })
  }

  async refund(payment: Payment, amount: BigNumberInput = wholeOf(payment)): Promise<void> {
    const refund = this.#addMoney(this.refunds, "ref", amount)
    await this.#keptUnlessThrown(this.refunds, refund, async () => {
      const { data } = await this.#watch(
        this.provider.refundPayment({
          data: payment.data,
          amount: refund.raw_amount,
          context: { idempotency_key: refund.id },
        })
      )
      payment.data = merged(payment.data, data ?? {})
    })
  }

  async cancel(payment: Payment): Promise<void> {
    const { data } = await this.#watch(
      this.provider.cancelPayment({
        data: payment.data,
        context: { idempotency_key: payment.id },
      })
    )
    payment.canceled_at = new Date(this.#time)
    payment.data = merged(payment.data, data ?? {})
  }

  /** What is called for a session whose payment could not be written. */
  async cancelSession(session: Session): Promise<void> {
    await this.#watch(
      this.provider.cancelPayment({ data: session.data, context: { idempotency_key: undefined } })
    )
  }

  /** A POST to the address of `providerId`, as the plugin's own route takes it. */
  async webhook(
    body: Data | string,
    headers: Record<string, unknown> = genuine,
    providerId = FakeStore.providerId
  ): Promise<ReceivedMessage> {
    const text = typeof body === "string" ? body : JSON.stringify({ about: "payment", ...body })
    return await this.#watch(
      receiveMessage(
        this.provider.contextOfTests,
        providerId,
        { method: "POST", rawBody: Buffer.from(text), headers },
        (id) => this.sessions.find((session) => session.id === id)
      )
    )
  }

  /** A shopper paid; the payment stands in Medusa, taken or reserved as the gateway does it. */
  async authorized(input: NewSession = {}): Promise<Payment> {
    const session = await this.createSession(input)
    this.gateway.pay(referenceOf(session))
    const payment = await this.authorize(session)
    if (!payment) {
      throw new Error(`The payment was not authorized: ${session.status}`)
    }
    return payment
  }

  async order({ data }: { data: Data }): Promise<GatewayOrder> {
    const order = await this.journal.findOrder(referenceOf({ data }))
    if (!order) {
      throw new Error("The journal lost an order")
    }
    return order
  }

  said(level: string): string {
    return this.log.flatMap((line) => (line.level === level ? line.said : [])).join("\n")
  }

  /** All that was logged, returned or thrown, as it would be printed. */
  everythingSaid(): string {
    return [...this.log, ...this.#answers]
      .map((value) => inspect(value, { depth: 20, showHidden: true }))
      .join("\n")
  }

  #addMoney(table: MoneyRow[], prefix: string, amount: BigNumberInput): MoneyRow {
    const row = { id: generateEntityId("", prefix), ...amounts(amount) }
    table.push(row)
    return row
  }

  async #keptUnlessThrown(table: MoneyRow[], row: MoneyRow, call: () => Promise<void>) {
    try {
      await call()
    } catch (error) {
      table.splice(table.indexOf(row), 1)
      throw error
    }
  }

  async #watch<Answer>(call: Promise<Answer>): Promise<Answer> {
    try {
      const answer = await call
      this.#answers.push(answer)
      return answer
    } catch (error) {
      this.#answers.push(error)
      throw error
    }
  }

  #cradle(): ProviderCradle {
    const { sessions, payments, captures, refunds } = this
    return {
      logger: recordingLogger((line) => this.log.push(line)),
      event_bus: {
        emit: async (event) => {
          this.events.push(event)
        },
      },
      get __pg_connection__(): never {
        throw new Error("The journal of this store is in memory: nothing may ask for a database")
      },
      paymentSessionService: { list: async (wanted: Lookup) => chosen(sessions, wanted) },
      paymentService: {
        list: async ({ payment_session_id }) =>
          payments.filter((payment) => payment.payment_session_id === payment_session_id),
      },
      captureService: { list: async (wanted: Lookup) => chosen(captures, wanted) },
      refundService: { list: async (wanted: Lookup) => chosen(refunds, wanted) },
      payment_providers: [FakeStore.providerId, "pp_fake_other", "pp_system_default"],
    }
  }
}

export function referenceOf({ data }: { data: Data }): string {
  if (typeof data.reference !== "string") {
    throw new Error("data has no reference")
  }
  return data.reference
}

function memoryJournal(
  now: () => Date,
  isException: (reference: string) => boolean
): MemoryJournal {
  return new MemoryJournal({ now, isException })
}

function wholeOf({ session }: Payment): BigNumberInput {
  return session.raw_amount ?? session.amount
}
