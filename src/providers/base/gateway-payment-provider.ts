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
import { openOrder } from "./open-order"
import { PaymentModuleRows } from "./payment-module-rows"
import type { PaymentSessionRow, ProviderCradle } from "./provider-cradle"
import { refundOrder } from "./refund-order"
import { letGoOfUnpaid, standsFor } from "./replace-order"
import { allowedReturnUrl } from "./return-url"
import { clearedData, inPlaceOf, sessionData, type SessionWord } from "./session-data"
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
  readonly #rows: PaymentModuleRows
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
    this.#rows = new PaymentModuleRows(cradle, definition.identifier, this)
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
        data: { ...this.#cleared(data), ...this.#data(data, order, order.state) },
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
    if (current && standsFor(this.context, current, input)) {
      return { data: this.#data(data, current, current.state) }
    }
    if (current) {
      await letGoOfUnpaid(this.context, current)
    }
    const attempt = current ? (parseOrderReference(current.reference)?.attempt ?? 0) + 1 : 0
    const order = await this.#openOrder(session, data, input, attempt)
    return {
      status: PaymentSessionStatus.PENDING,
      data: { ...this.#cleared(data), ...this.#data(data, order, order.state) },
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
    return await this.#status(input)
  }

  override async getPaymentStatus(input: GetPaymentStatusInput): Promise<GetPaymentStatusOutput> {
    return await this.#status(input)
  }

  override async retrievePayment(input: RetrievePaymentInput): Promise<RetrievePaymentOutput> {
    const { data } = await this.#status(input)
    return { data }
  }

  override async capturePayment(input: CapturePaymentInput): Promise<CapturePaymentOutput> {
    const order = await this.#orderOf(input)
    const captureId = input.context?.idempotency_key
    const captured = await captureOrder(this.context, {
      order,
      amount: (captureId && (await this.#rows.captureAmount(captureId))) || order.requested_amount,
      captureId: captureId ?? null,
      living: (ids) => this.#rows.livingCaptures(ids),
    })
    return { data: this.#data(input.data, captured, captured.state) }
  }

  override async refundPayment(input: RefundPaymentInput): Promise<RefundPaymentOutput> {
    const { order, isWhole } = await refundOrder(this.context, {
      order: await this.#orderOf(input),
      amount: input.amount,
      refundId: input.context?.idempotency_key ?? null,
      living: (ids) => this.#rows.livingRefunds(ids),
    })
    return { data: this.#data(input.data, order, isWhole ? "refunded" : "partially_refunded") }
  }

  override async cancelPayment(input: CancelPaymentInput): Promise<CancelPaymentOutput> {
    if (typeof input.data?.reference !== "string") {
      return { data: input.data ?? {} } // nothing was ever opened under it
    }
    const order = await this.#orderOf(input)
    const canceled = await cancelOrder(this.context, {
      order,
      paymentId: input.context?.idempotency_key,
      livingPayments: () => this.#rows.livingPayments(order.session_id),
    })
    return { data: this.#data(input.data, canceled, canceled.state) }
  }

  override async getWebhookActionAndData(
    payload: ProviderWebhookPayload["payload"]
  ): Promise<WebhookActionResult> {
    return await translateWebhook(this.context, webhookMessage(payload), this.#rows)
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
  async #status(input: {
    data?: Data
    context?: { idempotency_key?: string }
  }): Promise<AuthorizePaymentOutput> {
    const order = await this.#orderOf(input)
    const known = journalsVerdict(order)
    if (known) {
      return this.#answer(input.data, order, known)
    }
    try {
      const { order: asked, verdict } = await askOrder(this.context, order)
      return this.#answer(input.data, asked, verdict)
    } catch (error) {
      const { code, message } = gatewayWords(error)
      this.context.log.warn(
        `${this.context.gateway.title}: could not ask about ${order.reference}: ${code ?? ""} ${message}`
      )
      return this.#answer(input.data, order, { type: "pending" })
    }
  }

  #answer(
    previous: Data | undefined,
    order: GatewayOrder,
    verdict: Verdict
  ): AuthorizePaymentOutput {
    const { status, word } = sessionStatus(verdict)
    return { status, data: this.#data(previous, order, word) }
  }

  #data(previous: Data | undefined, order: GatewayOrder, word: SessionWord): Data {
    return inPlaceOf(previous ?? {}, sessionData(order, word))
  }

  async #requireSession(id: unknown): Promise<PaymentSessionRow> {
    const session = typeof id === "string" ? await this.#rows.ownSession(id) : undefined
    if (!session) {
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
    if (!order || !this.#rows.isOwnProvider(order.provider_id)) {
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

  #cleared(data: Data): Data {
    return clearedData(data, this.context.gateway.capabilities.payer)
  }

  async #release(sessionId: string): Promise<void> {
    for (const order of await this.context.journal.ordersOfSession(sessionId)) {
      await this.context.journal.releaseOrder(order.reference)
    }
  }
}
