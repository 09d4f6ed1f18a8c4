import type { PaymentCustomerDTO, PaymentSessionStatus } from "@medusajs/framework/types"
import { PaymentActions } from "@medusajs/framework/utils"
import { receiveMessage, type ReceivedMessage } from "../../receive-message"
import type { ReceivedRequest } from "./http-listener"
import type { ProviderUnderTest } from "./time"
import { merged, rawAmount, type Payment, type PaymentRows, type Session } from "./payment-rows"

type Data = Record<string, unknown>
type Watch = <Answer>(call: Promise<Answer>) => Promise<Answer>

export type NewSession = {
  amount: string
  currency: string
  /** What the storefront wrote. */
  data?: Data
  customer?: PaymentCustomerDTO
  payment_collection_id?: string
}

export type Authorization = {
  status: PaymentSessionStatus
  data: Data
  /** Absent where Medusa throws "was not authorized with the provider". */
  payment?: Payment
}

/**
 * Calls a provider as Medusa's PaymentModuleService does (@medusajs/payment 2.21): the same arguments in
 * the same shapes, the same rows made before a call and deleted when it throws, the same merging of `data`.
 * Medusa's own check that no more is refunded than was captured is left out: a provider must not lean on it.
 */
export class PaymentModule {
  constructor(
    readonly providerId: string,
    readonly provider: ProviderUnderTest,
    private readonly rows: PaymentRows,
    private readonly watch: Watch
  ) {}

  async createSession(request: NewSession): Promise<Session> {
    const { data = {}, customer } = request
    const session = this.rows.addSession({ ...request, providerId: this.providerId, data })
    try {
      return await this.initiate(session, data, customer)
    } catch (error) {
      this.rows.deleteSession(session)
      throw error
    }
  }

  /** The call alone, as a workflow step that is run again repeats it. */
  async initiate(
    session: Session,
    data: Data = session.data,
    customer?: PaymentCustomerDTO
  ): Promise<Session> {
    const answer = await this.watch(
      this.provider.initiatePayment({
        context: { idempotency_key: session.id, customer },
        data: { ...data, session_id: session.id },
        amount: session.raw_amount,
        currency_code: session.currency_code,
      })
    )
    session.data = merged(merged(session.data, data), answer.data)
    session.status = answer.status ?? "pending"
    return session
  }

  /** @param data what the caller writes beside what the session holds */
  async updateSession(session: Session, amount: string, data: Data = {}): Promise<Session> {
    const answer = await this.watch(
      this.provider.updatePayment({
        data: { ...session.data, ...data },
        amount: rawAmount(amount),
        currency_code: session.currency_code,
      })
    )
    session.amount = Number(amount)
    session.raw_amount = rawAmount(amount)
    session.data = merged(session.data, answer.data)
    session.status = answer.status ?? session.status
    return session
  }

  async deleteSession(session: Session): Promise<void> {
    await this.watch(this.provider.deletePayment({ data: session.data }))
    this.rows.deleteSession(session)
  }

  async authorize(session: Session): Promise<Authorization> {
    const known = this.paymentOf(session)
    if (known) {
      return { status: session.status, data: session.data, payment: known }
    }
    const { data = {}, status } = await this.watch(
      this.provider.authorizePayment({
        data: session.data,
        context: { idempotency_key: session.id },
      })
    )
    session.data = merged(session.data, data)
    session.status = status
    if (status !== "authorized" && status !== "captured") {
      return { status, data: session.data }
    }
    session.status = "authorized"
    const payment = this.rows.addPayment(session, data)
    if (status === "captured") {
      this.rows.addCapture(payment, session.raw_amount.value.toString())
      payment.captured_at = new Date()
    }
    return { status, data: session.data, payment }
  }

  async capture(payment: Payment, amount = payment.raw_amount.value.toString()): Promise<void> {
    if (payment.captured_at) {
      return
    }
    const capture = this.rows.addCapture(payment, amount)
    try {
      await this.captureAtProvider(payment, capture.id)
      if (amount === payment.raw_amount.value.toString()) {
        payment.captured_at = new Date()
      }
    } catch (error) {
      this.rows.captures.delete(capture.id)
      throw error
    }
  }

  /** The call alone, also for a payment that Medusa knows as captured. */
  async captureAtProvider(payment: Payment, captureId: string): Promise<void> {
    const { data } = await this.watch(
      this.provider.capturePayment({
        data: payment.data ?? undefined,
        context: { idempotency_key: captureId },
      })
    )
    payment.data = data ? merged(payment.data ?? {}, data) : null
  }

  /** @returns the id of Medusa's refund, which is another one on every try */
  async refund(payment: Payment, amount = payment.raw_amount.value.toString()): Promise<string> {
    const refund = this.rows.addRefund(payment, amount)
    try {
      await this.refundAtProvider(payment, refund.id, amount)
      return refund.id
    } catch (error) {
      this.rows.refunds.delete(refund.id)
      throw error
    }
  }

  /** The call alone, as a workflow step that is run again repeats it. */
  async refundAtProvider(payment: Payment, refundId: string, amount: string): Promise<void> {
    const { data } = await this.watch(
      this.provider.refundPayment({
        data: payment.data ?? undefined,
        amount: rawAmount(amount),
        context: { idempotency_key: refundId },
      })
    )
    payment.data = data ? merged(payment.data ?? {}, data) : null
  }

  /** What a failure of Medusa's own after the provider's answer does to the refund. */
  forgetRefund(refundId: string): void {
    this.rows.refunds.delete(refundId)
  }

  async cancel(payment: Payment): Promise<void> {
    const { data } = await this.watch(
      this.provider.cancelPayment({
        data: payment.data ?? undefined,
        context: { idempotency_key: payment.id },
      })
    )
    payment.canceled_at = new Date()
    payment.data = data ? merged(payment.data ?? {}, data) : null
  }

  /** What is called for a session that could not be made into a payment. */
  async cancelSession(session: Session): Promise<void> {
    await this.watch(this.provider.cancelPayment({ data: session.data, context: {} }))
  }

  /** Takes a webhook as the plugin's route and its workflow do, and has Medusa book what came of it. */
  async receive({ method, headers, body }: ReceivedRequest): Promise<ReceivedMessage> {
    const result = await this.watch(
      receiveMessage(
        this.provider.contextOfTests,
        this.providerId,
        { method, rawBody: body, headers },
        (id) => this.rows.sessions.get(id)
      )
    )
    const session = result.data && this.rows.sessions.get(result.data.session_id)
    if (!session || !actsOn(result.action)) {
      return result
    }
    const known = this.paymentOf(session)
    const { payment } = known ? { payment: known } : await this.authorize(session)
    if (payment && result.action === PaymentActions.SUCCESSFUL) {
      await this.capture(payment, String(result.data?.amount))
    }
    return result
  }

  paymentOf(session: Session): Payment | undefined {
    return [...this.rows.payments.values()].find(
      (payment) => payment.payment_session_id === session.id
    )
  }
}

/** Medusa drops all others. */
export function actsOn(action: string): boolean {
  return action === PaymentActions.AUTHORIZED || action === PaymentActions.SUCCESSFUL
}
