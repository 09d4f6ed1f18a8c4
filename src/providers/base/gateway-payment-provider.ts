import type {
  AuthorizePaymentInput,
  AuthorizePaymentOutput,
  CancelPaymentInput,
  CancelPaymentOutput,
  CapturePaymentInput,
  CapturePaymentOutput,
  DeletePaymentInput,
  DeletePaymentOutput,
  GetPaymentStatusInput,
  GetPaymentStatusOutput,
  InitiatePaymentInput,
  InitiatePaymentOutput,
  ProviderWebhookPayload,
  RefundPaymentInput,
  RefundPaymentOutput,
  RetrievePaymentInput,
  RetrievePaymentOutput,
  UpdatePaymentInput,
  UpdatePaymentOutput,
  WebhookActionResult,
} from "@medusajs/framework/types"
import { AbstractPaymentProvider, PaymentSessionStatus } from "@medusajs/framework/utils"
import { GatewayError } from "../../gateways/shared/gateway-error"
import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { PaymentJournal } from "../../modules/payment-journal/journal"
import { parseOrderReference } from "../../modules/payment-journal/order-reference"
import { PostgresJournal } from "../../modules/payment-journal/postgres-journal"
import { askOrder, journalsVerdict } from "./ask-order"
import { cancelOrder } from "./cancel-order"
import { captureOrder } from "./capture-order"
import { looksLikeCardData } from "./card-data"
import { gatewayWords, invalidData, notAllowed } from "./errors"
import { builtGateway } from "./built-gateway"
import { gatewayContext, type GatewayContext } from "./gateway-context"
import type { GatewayDefinition, LifecycleOptions } from "./gateway-definition"
import type { Verdict } from "./judge-report"
import { chargeableAmount, openOrder } from "./open-order"
import { ownProviderIds } from "./own-provider-ids"
import type { PaymentSessionRow, ProviderCradle } from "./provider-cradle"
import { refundOrder } from "./refund-order"
import { allowedReturnUrl } from "./return-url"
import { clearedData, sessionData } from "./session-data"
import { sessionStatus } from "./session-status"
import { neededPayer, readStorefrontInput } from "./storefront-input"
import { translateWebhook } from "./translate-webhook"
import { webhookMessage } from "./webhook-message"

type Data = Record<string, unknown>

/**
 * Medusa's payment lifecycle, told once for every gateway. What a gateway can do and what it answers come
 * from its definition; what was asked and what was proved stands in the journal, and decides.
 */
export abstract class GatewayPaymentProvider extends AbstractPaymentProvider {
  protected readonly context: GatewayContext
  readonly #cradle: ProviderCradle
  readonly #lifecycle: LifecycleOptions

  /**
   * @param journal replaces the one in the store's database; for tests
   * @throws MedusaError invalid_data when the options can't be used
   */
  protected constructor(
    cradle: ProviderCradle,
    definition: GatewayDefinition<LifecycleOptions>,
    options: object,
    journal?: PaymentJournal
  ) {
    // Medusa's base class would keep the options, secrets and all, where any log of the provider shows them.
    super({}, {})
    this.#cradle = cradle
    const built = builtGateway(definition, options, cradle.logger)
    this.#lifecycle = built.options
    this.context = gatewayContext(built, {
      journal: journal ?? new PostgresJournal(cradle.__pg_connection__),
      log: cradle.logger,
    })
  }

  override async initiatePayment(input: InitiatePaymentInput): Promise<InitiatePaymentOutput> {
    const data = input.data ?? {}
    const session = await this.#requireSession(data.session_id)
    try {
      const order = await this.#openOrder(session, data, input, 0)
      return {
        id: order.reference,
        status: PaymentSessionStatus.PENDING,
        data: { ...this.#cleared(data), ...sessionData(order, order.state) },
      }
    } catch (error) {
      // Medusa deletes the session of an initiatePayment that throws.
      await this.#release(session.id)
      throw error
    }
  }

  override async updatePayment(input: UpdatePaymentInput): Promise<UpdatePaymentOutput> {
    const data = input.data ?? {}
    const session = await this.#requireSession(data.session_id ?? input.context?.idempotency_key)
    const [current] = await this.context.journal.ordersOfSession(session.id)
    if (current && this.#isFor(current, input)) {
      return { data: sessionData(current, current.state) }
    }
    if (current) {
      await this.#requireUnpaid(current)
      await this.context.journal.releaseOrder(current.reference)
    }
    const attempt = current ? (parseOrderReference(current.reference)?.attempt ?? 0) + 1 : 0
    const order = await this.#openOrder(session, data, input, attempt)
    return {
      status: PaymentSessionStatus.PENDING,
      data: { ...this.#cleared(data), ...sessionData(order, order.state) },
    }
  }

  /** Never throws: Medusa would leave the cart half changed. What was opened stays known to the journal. */
  override async deletePayment(input: DeletePaymentInput): Promise<DeletePaymentOutput> {
    const reference = input.data?.reference
    if (typeof reference === "string") {
      try {
        await this.context.journal.releaseOrder(reference)
      } catch (error) {
        this.context.log.warn(
          `${this.context.gateway.title}: could not note that a payment session is gone: ` +
            `${error instanceof Error ? error.name : "unknown error"}`
        )
      }
    }
    return { data: input.data ?? {} }
  }

  override async authorizePayment(input: AuthorizePaymentInput): Promise<AuthorizePaymentOutput> {
    return await this.#status(await this.#orderOf(input))
  }

  override async getPaymentStatus(input: GetPaymentStatusInput): Promise<GetPaymentStatusOutput> {
    return await this.#status(await this.#orderOf(input))
  }

  override async retrievePayment(input: RetrievePaymentInput): Promise<RetrievePaymentOutput> {
    const { data } = await this.#status(await this.#orderOf(input))
    return { data }
  }

  override async capturePayment(input: CapturePaymentInput): Promise<CapturePaymentOutput> {
    const order = await this.#orderOf(input)
    const captureId = input.context?.idempotency_key
    const capture = captureId
      ? (await this.#cradle.captureService.list({ id: captureId }))[0]
      : undefined
    const captured = await captureOrder(this.context, {
      order,
      amount: capture?.raw_amount ?? capture?.amount ?? order.requested_amount,
      captureId: captureId ?? null,
      living: async (ids) => livingIds(this.#cradle.captureService, ids),
    })
    return { data: sessionData(captured, captured.state) }
  }

  override async refundPayment(input: RefundPaymentInput): Promise<RefundPaymentOutput> {
    const { order, isWhole } = await refundOrder(this.context, {
      order: await this.#orderOf(input),
      amount: input.amount,
      refundId: input.context?.idempotency_key ?? null,
      living: async (ids) => livingIds(this.#cradle.refundService, ids),
    })
    return { data: sessionData(order, isWhole ? "refunded" : "partially_refunded") }
  }

  override async cancelPayment(input: CancelPaymentInput): Promise<CancelPaymentOutput> {
    const reference = input.data?.reference
    if (typeof reference !== "string") {
      return { data: input.data ?? {} } // nothing was ever opened under it
    }
    const order = await cancelOrder(this.context, {
      order: await this.#orderOf(input),
      paymentId: input.context?.idempotency_key,
      livingPayments: async () => {
        const session_id = parseOrderReference(reference)?.sessionId ?? ""
        const payments = await this.#cradle.paymentService.list({ payment_session_id: session_id })
        return payments.filter((payment) => !payment.canceled_at).map((payment) => payment.id)
      },
    })
    return { data: sessionData(order, order.state) }
  }

  override async getWebhookActionAndData(
    payload: ProviderWebhookPayload["payload"]
  ): Promise<WebhookActionResult> {
    return await translateWebhook(this.context, webhookMessage(payload), {
      isOwnProvider: (id) => this.#isOwn(id),
      findSession: async (id) => (await this.#cradle.paymentSessionService.list({ id }))[0],
    })
  }

  async #openOrder(
    session: PaymentSessionRow,
    data: Data,
    input: InitiatePaymentInput | UpdatePaymentInput,
    attempt: number
  ): Promise<GatewayOrder> {
    if (looksLikeCardData(data)) {
      throw invalidData("Card data must not be sent to the store. Nothing of it was passed on")
    }
    const wishes = readStorefrontInput(data)
    return await openOrder(this.context, {
      sessionId: session.id,
      providerId: session.provider_id,
      paymentCollectionId: session.payment_collection_id,
      customerId: input.context?.customer?.id ?? null,
      attempt,
      amount: input.amount,
      currency: input.currency_code,
      payer: neededPayer(wishes, this.context.gateway.capabilities.payer),
      returnUrl: allowedReturnUrl(wishes.return_url, this.#lifecycle.allowedReturnOrigins),
      language: wishes.language,
    })
  }

  /** An unknown outcome is pending, not an error: the shopper may have paid. */
  async #status(order: GatewayOrder): Promise<AuthorizePaymentOutput> {
    const known = journalsVerdict(order)
    if (known) {
      return this.#answer(order, known)
    }
    try {
      const { order: asked, verdict } = await askOrder(this.context, order)
      return this.#answer(asked, verdict)
    } catch (error) {
      const { code, message } = gatewayWords(error)
      this.context.log.warn(
        `${this.context.gateway.title}: could not ask about ${order.reference}: ${code ?? ""} ${message}`
      )
      return this.#answer(order, { type: "pending" })
    }
  }

  #answer(order: GatewayOrder, verdict: Verdict): AuthorizePaymentOutput {
    const { status, word } = sessionStatus(verdict)
    return { status, data: sessionData(order, word) }
  }

  async #requireSession(id: unknown): Promise<PaymentSessionRow> {
    const [session] =
      typeof id === "string" ? await this.#cradle.paymentSessionService.list({ id }) : []
    if (!session || !this.#isOwn(session.provider_id)) {
      throw notAllowed(
        `${this.context.gateway.title}: there is no payment session of this provider to work on`
      )
    }
    return session
  }

  /**
   * The order behind a payment. Medusa names the session itself when it authorizes; later calls carry the
   * data that this provider returned.
   */
  async #orderOf(input: {
    data?: Data
    context?: { idempotency_key?: string }
  }): Promise<GatewayOrder> {
    const key = input.context?.idempotency_key
    const order = key?.startsWith("payses_")
      ? (await this.context.journal.ordersOfSession(key))[0]
      : await this.#orderByReference(input.data?.reference)
    if (!order || !this.#isOwn(order.provider_id)) {
      throw notAllowed(
        `${this.context.gateway.title}: no order was opened for this payment. Choose the payment method again`
      )
    }
    return order
  }

  async #orderByReference(reference: unknown): Promise<GatewayOrder | undefined> {
    return typeof reference === "string"
      ? await this.context.journal.findOrder(reference)
      : undefined
  }

  async #requireUnpaid(order: GatewayOrder): Promise<void> {
    const { verdict } = await askOrder(this.context, order).catch((error: unknown) => {
      if (!(error instanceof GatewayError)) {
        throw error
      }
      return { verdict: { type: "pending" } satisfies Verdict }
    })
    if (verdict.type === "paid" || verdict.type === "authorized") {
      throw notAllowed(
        `Payment ${order.reference} was already ${verdict.type} with ${order.amount} ` +
          `${order.currency_code.toUpperCase()}: complete the cart or refund it before the amount changes`
      )
    }
  }

  #isFor(order: GatewayOrder, input: UpdatePaymentInput): boolean {
    const { gateway } = this.context
    const { charged, currency } = chargeableAmount(gateway, input.amount, input.currency_code)
    return order.amount === charged && order.currency_code === currency
  }

  #isOwn(providerId: string): boolean {
    return ownProviderIds(this.#cradle, this.getIdentifier(), this).includes(providerId)
  }

  #cleared(data: Data): Data {
    return clearedData(data, this.context.gateway.capabilities.payer)
  }

  async #release(sessionId: string): Promise<void> {
    for (const order of await this.context.journal.ordersOfSession(sessionId)) {
      await this.context.journal.releaseOrder(order.reference)
    }
  }
}

async function livingIds(
  service: ProviderCradle["refundService"],
  ids: string[]
): Promise<string[]> {
  const rows = ids.length > 0 ? await service.list({ id: ids }) : []
  return rows.map((row) => row.id)
}
