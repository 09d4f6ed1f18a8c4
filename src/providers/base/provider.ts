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
import type { PaymentJournal } from "../../modules/payment-journal/repositories/journal"
import type { PaymentRequest } from "../../modules/payment-journal/repositories/payment-requests"
import { PostgresJournal } from "../../modules/payment-journal/repositories/journal"
import { ProviderHealth } from "../../modules/payment-journal/repositories/provider-health"
import { announceOn } from "../../shared/events"
import { attachedOrder, requestKey, takenRequest } from "./payment-request"
import { cancelOrder } from "./cancel"
import { captureOrder } from "./capture"
import { holdsCardData } from "./card-data"
import { builtGateway, failureNoter, gatewayContext, type GatewayContext } from "./context"
import { mayHoldCharge } from "./charge"
import { invalidData, notAllowed } from "./errors"
import type { GatewayDefinition, LifecycleOptions } from "./gateway"
import { nothingToDo, sessionStatus } from "./medusa-status"
import { PaymentModuleRows, type PaymentSessionRow, type ProviderCradle } from "./medusa-rows"
import { createOrder, isUnopened, nextAttempt, requireUnpaid } from "./create-order"
import { orderDetails, sessionOf } from "./order-details"
import { type OrdersOfPayment, paymentStatus } from "./payment-status"
import { refundOrder } from "./refund"
import { clearedData, inPlaceOf, ownKeys, sessionData, type DataStatus } from "./session-data"
import { payerFields, readShopperInput, returnOrigins } from "./storefront-input"
import { standsFor, isWantedBy } from "./amounts"

type Data = Record<string, unknown>

type PaymentInput = { data?: Data; context?: { idempotency_key?: string } }

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
    const built = builtGateway(definition, options, cradle.logger, () => this.#rows.ownIds()[0])
    this.#lifecycle = built.options
    this.context = gatewayContext(built, {
      journal: journal ?? new PostgresJournal(cradle.__pg_connection__),
      log: cradle.logger,
      announce: announceOn(cradle.event_bus, cradle.logger),
      noteFailure: journal
        ? undefined
        : failureNoter(new ProviderHealth(cradle.__pg_connection__), cradle.logger),
    })
  }

  override async initiatePayment(input: InitiatePaymentInput): Promise<InitiatePaymentOutput> {
    const data = input.data ?? {}
    const session = await this.#requireSession(data.session_id)
    try {
      const request = await takenRequest(this.context, session, data)
      const order =
        (await attachedOrder(this.context, session, request)) ??
        (await this.#openOrder(session, data, input, 0, request))
      return {
        id: order.reference,
        status: PaymentSessionStatus.PENDING,
        data: { ...this.#cleared(data), ...this.#data(data, order, order.state) },
      }
    } catch (error) {
      // Medusa deletes the session of an initiatePayment that throws.
      await this.#releaseSession(
        async () => (await this.context.journal.ordersOfSession(session.id))[0]
      )
      throw error
    }
  }

  override async updatePayment(input: UpdatePaymentInput): Promise<UpdatePaymentOutput> {
    const data = input.data ?? {}
    const session = await this.#requireSession(data.session_id ?? input.context?.idempotency_key)
    const request = await takenRequest(this.context, session, data)
    const orders = await this.context.journal.ordersOfSession(session.id)
    const [current] = orders
    const isWanted = current !== undefined && standsFor(this.context, current, input)
    if (isWanted && !isUnopened(current)) {
      return { data: this.#data(data, current, current.state) }
    }
    const replaced = isWanted ? orders.slice(1) : orders
    for (const older of replaced) {
      await requireUnpaid(this.context, older)
    }
    const attempt = nextAttempt(current, isWanted)
    const order = await this.#openOrder(session, data, input, attempt, request)
    if (replaced[0]) {
      await this.context.journal.releaseSession(replaced[0].reference)
    }
    return {
      status: PaymentSessionStatus.PENDING,
      data: { ...this.#cleared(data), ...this.#data(data, order, order.state) },
    }
  }

  /** Never throws: Medusa would leave the cart half changed. What was opened stays known to the journal. */
  override async deletePayment(input: DeletePaymentInput): Promise<DeletePaymentOutput> {
    await this.#releaseSession(() => this.#orderByReference(input.data?.reference))
    return { data: input.data ?? {} }
  }

  override async authorizePayment(input: AuthorizePaymentInput): Promise<AuthorizePaymentOutput> {
    return await this.#status(input, true)
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
      amount: captureId ? await this.#rows.captureAmount(captureId) : undefined,
      captureId: captureId ?? null,
      existing: (ids) => this.#rows.existingCaptures(ids),
    })
    return { data: this.#data(input.data, captured, captured.state) }
  }

  override async refundPayment(input: RefundPaymentInput): Promise<RefundPaymentOutput> {
    const { order, isWhole } = await refundOrder(this.context, {
      order: await this.#orderOf(input),
      amount: input.amount,
      refundId: input.context?.idempotency_key ?? null,
      existing: (ids) => this.#rows.existingRefunds(ids),
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
      existingPayments: () => this.#rows.existingPayments(sessionOf(order)),
    })
    return { data: this.#data(input.data, canceled, canceled.state) }
  }

  /**
   * Never acts: the plugin answers its webhooks' addresses itself (`admitWebhook`). What is handed over here went
   * past that, unverified, and was not written down.
   */
  override async getWebhookActionAndData(): Promise<WebhookActionResult> {
    this.context.log.error(
      `${this.context.gateway.title}: a webhook was handed to Medusa's payment module and not to the plugin's own ` +
        `route, and is dropped. Nothing of the shop's may take over POST /hooks/payment/:provider; what was paid is ` +
        `found by asking the gateway`
    )
    return nothingToDo
  }

  async #openOrder(
    session: PaymentSessionRow,
    data: Data,
    input: InitiatePaymentInput | UpdatePaymentInput,
    attempt: number,
    request: PaymentRequest | undefined
  ): Promise<GatewayOrder> {
    if (holdsCardData(without(data, [...ownKeys, requestKey]))) {
      throw invalidData("Card data must not be sent to the store. Nothing of it was passed on")
    }
    return await createOrder(this.context, {
      sessionId: session.id,
      providerId: session.provider_id,
      paymentCollectionId: session.payment_collection_id,
      customerId: input.context?.customer?.id ?? null,
      attempt,
      amount: input.amount,
      currency: input.currency_code,
      shopper: readShopperInput(
        data,
        this.context.gateway.capabilities.payer,
        returnOrigins(this.#lifecycle),
        { customer: input.context?.customer, purpose: request?.purpose }
      ),
    })
  }

  async #status(input: PaymentInput, isAuthorizing = false): Promise<AuthorizePaymentOutput> {
    const orders = await this.#ordersOf(input)
    const { order, decision } = await paymentStatus(this.context, orders, isAuthorizing)
    const { status, dataStatus } = sessionStatus(decision)
    const isSold = isAuthorizing && dataStatus === "open" && this.#isSoldBeforePayment(order)
    if (isSold) {
      // Before Medusa places the order: see jobs/expire-unpaid-orders.ts.
      await this.context.journal.noteAwaitingPayment(order.reference)
    }
    return {
      status: isSold ? PaymentSessionStatus.PENDING_AUTHORIZATION : status,
      data: this.#data(input.data, order, dataStatus),
    }
  }

  #isSoldBeforePayment(order: GatewayOrder): boolean {
    const isPayCode = orderDetails(order).next_action?.type === "pay_code"
    return this.#lifecycle.placeOrderBeforePayment === true && isPayCode
  }

  #data(previous: Data | undefined, order: GatewayOrder, dataStatus: DataStatus): Data {
    return inPlaceOf(previous ?? {}, sessionData(order, dataStatus))
  }

  async #requireSession(id: unknown): Promise<PaymentSessionRow> {
    const session = typeof id === "string" ? await this.#rows.ownSession(id) : undefined
    if (!session) {
      throw notAllowed(
        `${this.context.gateway.title}: there is no payment session of this provider. Choose the payment method again`
      )
    }
    return session
  }

  /** The order behind a payment; calls about one carry the data that this provider returned. */
  async #orderOf(input: PaymentInput): Promise<GatewayOrder> {
    const order = await this.#orderByReference(input.data?.reference)
    if (!order || !this.#rows.isOwnProvider(order.provider_id)) {
      throw this.#noOrder()
    }
    return order
  }

  /**
   * The orders that a payment can have been made with. Medusa names the session itself when it authorizes,
   * and then nothing is read from the data.
   */
  async #ordersOf(input: PaymentInput): Promise<OrdersOfPayment> {
    const key = input.context?.idempotency_key
    if (!key?.startsWith("payses_")) {
      const order = await this.#orderOf(input)
      return { newest: order, wanted: [order] }
    }
    const session = await this.#requireSession(key)
    const orders = await this.context.journal.ordersOfSession(session.id)
    const [newest] = orders
    if (!newest) {
      throw this.#noOrder()
    }
    const wanted = orders.filter((order) => isWantedBy(this.context, session, order))
    return { newest, wanted }
  }

  #noOrder(): Error {
    return notAllowed(
      `${this.context.gateway.title}: no order was opened for this payment. Choose the payment method again`
    )
  }

  async #orderByReference(reference: unknown): Promise<GatewayOrder | undefined> {
    return typeof reference === "string"
      ? await this.context.journal.findOrder(reference)
      : undefined
  }

  async #releaseSession(find: () => Promise<GatewayOrder | undefined>): Promise<void> {
    await releaseSession(this.context, find, (id) => this.#rows.isOwnProvider(id))
  }

  #cleared(data: Data): Data {
    return clearedData(data, payerFields(this.context.gateway.capabilities.payer))
  }
}

function without(data: Data, keys: readonly string[]): Data {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)))
}

/**
 * Notes that Medusa has no session any more for an order. Never rejects: Medusa would leave a cart half
 * changed, and what was opened stays known to the journal all the same. An order that the shop's server may
 * have charged goes on binding its cart, so that it is not charged a second time.
 */
async function releaseSession(
  context: GatewayContext,
  find: () => Promise<GatewayOrder | undefined>,
  isOwnProvider: (providerId: string) => boolean
): Promise<void> {
  const { gateway, journal, log } = context
  try {
    const order = await find()
    if (order && isOwnProvider(order.provider_id) && !(await mayHoldCharge(context, order))) {
      await journal.releaseSession(order.reference)
    }
  } catch (error) {
    log.warn(
      `${gateway.title}: could not note that a payment session is gone: ` +
        `${error instanceof Error ? error.name : "unknown error"}`
    )
  }
}
