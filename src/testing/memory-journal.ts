import { decimal } from "../gateways/shared/money"
import {
  bindingStates,
  changeableFrom,
  checkAfter,
  type CheckClaim,
  type ClaimRenewal,
  firstCheckMs,
  type GatewayAnswer,
  type GatewayOrder,
  type GatewayOrderChange,
  type GatewayOrderState,
  mostAnswers,
  mostCandidateIds,
  type NewGatewayOrder,
  type NewReceivedMoney,
  type OverdueClaim,
  type ReceivedMoney,
} from "../modules/payment-journal/gateway-order"
import type { PaymentJournal } from "../modules/payment-journal/repositories/journal"
import type {
  NewPaymentRequest,
  PaymentRequest,
  RequestingSession,
} from "../modules/payment-journal/repositories/payment-requests"
import { claimDue, MemoryOperations, withoutUndefined } from "./memory-operations"

type MemoryJournalOptions = {
  now?: () => Date
  /** The cart that a payment collection belongs to, which the database knows from Medusa's link table. */
  cartOf?: (paymentCollectionId: string) => string | undefined
  /** Whether an order's money is on the list of payment exceptions, and in no order's ledger. */
  isException?: (reference: string) => boolean
}

/**
 * The journal for unit tests: the same contract as PostgresJournal, forgotten at the end of the process.
 * Rows go in and out as copies, as they do with a database.
 */
export class MemoryJournal extends MemoryOperations implements PaymentJournal {
  readonly #money: ReceivedMoney[] = []
  readonly #requests: PaymentRequest[] = []
  /** The references that an order of the shop's waits for. */
  readonly #awaited = new Set<string>()
  readonly #cartOf: (paymentCollectionId: string) => string | undefined
  readonly #isException: (reference: string) => boolean

  constructor({
    now = () => new Date(),
    cartOf = () => undefined,
    isException = () => false,
  }: MemoryJournalOptions = {}) {
    super(now)
    this.#cartOf = cartOf
    this.#isException = isException
  }

  async openOrder(order: NewGatewayOrder) {
    const known = this.orders.get(order.reference)
    if (known) {
      return { order: structuredClone(known), isNew: false }
    }
    decimal(order.requested_amount)
    decimal(order.amount)
    const { payment_collection_id } = order
    const row: GatewayOrder = {
      id: this.newId("gword"),
      reference: order.reference,
      provider_id: order.provider_id,
      session_id: order.session_id,
      payment_collection_id,
      cart_id: (payment_collection_id && this.#cartOf(payment_collection_id)) || null,
      customer_id: order.customer_id,
      requested_amount: order.requested_amount,
      amount: order.amount,
      currency_code: order.currency_code,
      state: "opening",
      raw_status: null,
      gateway_id: null,
      candidate_ids: [],
      details: order.details ? asJson(order.details) : null,
      answers: [],
      expires_at: null,
      asked_at: null,
      attached_session_id: order.attached_session_id ?? null,
      session_released_at: null,
      next_check_at: this.inMs(firstCheckMs),
      checks: 0,
      ...this.timestamps(),
    }
    this.orders.set(row.reference, row)
    return { order: structuredClone(row), isNew: true }
  }

  async findOrder(reference: string) {
    return structuredClone(this.orders.get(reference))
  }

  async findOrders(references: readonly string[]) {
    return structuredClone(
      [...this.orders.values()].filter(({ reference }) => references.includes(reference))
    )
  }

  async ordersOfSession(sessionId: string) {
    return structuredClone(
      [...this.orders.values()]
        .filter((order) => (order.attached_session_id ?? order.session_id) === sessionId)
        .sort((a, b) => (a.reference < b.reference ? 1 : -1))
    )
  }

  async bindingOrdersOfCart(cartId: string) {
    return structuredClone(
      [...this.orders.values()]
        .filter((order) => order.cart_id === cartId)
        .filter(
          (order) => bindingStates.includes(order.state) && order.session_released_at === null
        )
        .sort(
          (a, b) =>
            b.created_at.getTime() - a.created_at.getTime() || (a.reference < b.reference ? 1 : -1)
        )
    )
  }

  async changeOrder(reference: string, { answer, ...change }: GatewayOrderChange) {
    const order = this.orders.get(reference)
    if (answer) {
      await this.noteAnswer(reference, answer)
    }
    if (order && changeableFrom(change.state).includes(order.state)) {
      const details = change.details && asJson(change.details)
      if (order.state !== change.state) {
        order.next_check_at = checkAt(order, change.state, this.inMs(firstCheckMs))
      }
      Object.assign(order, withoutUndefined({ ...change, details }), { updated_at: this.now() })
    }
    return structuredClone(order)
  }

  async noteCandidateId(reference: string, candidateId: string) {
    const order = this.orders.get(reference)
    if (order && !order.candidate_ids.includes(candidateId)) {
      order.candidate_ids = [candidateId, ...order.candidate_ids].slice(0, mostCandidateIds)
      order.updated_at = this.now()
    }
  }

  async noteAnswer(reference: string, answer: Pick<GatewayAnswer, "state" | "raw_status">) {
    const order = this.orders.get(reference)
    if (order) {
      order.answers = withAnswer(order.answers, answer, this.now())
    }
  }

  async mayAsk(reference: string, intervalMs: number) {
    const order = this.orders.get(reference)
    const now = this.now()
    if (!order || (order.asked_at && now.getTime() - order.asked_at.getTime() < intervalMs)) {
      return false
    }
    order.asked_at = now
    return true
  }

  async claimOrdersToCheck(claim: CheckClaim) {
    const orders = [...this.orders.values()].filter(
      ({ provider_id }) => provider_id === claim.provider_id
    )
    return structuredClone(claimDue(orders, claim, this.inMs(claim.lease_ms)))
  }

  async renewOrderChecks({ references, until, lease_ms }: ClaimRenewal) {
    const end = this.inMs(lease_ms)
    const held = references
      .flatMap((reference) => this.orders.get(reference) ?? [])
      .filter(({ next_check_at }) => next_check_at?.getTime() === until.getTime())
    held.forEach((order) => Object.assign(order, { next_check_at: end }))
    return held.length > 0 ? end : undefined
  }

  async noteAwaitingPayment(reference: string) {
    this.#awaited.add(reference)
  }

  async claimOverdueOrders({ providerIds, graceMs, intervalMs, limit }: OverdueClaim) {
    const isBefore = (at: Date | null, ms: number) => at === null || at <= this.inMs(-ms)
    const overdue = [...this.orders.values()]
      .filter(({ reference }) => this.#awaited.has(reference))
      .filter(({ provider_id }) => providerIds.includes(provider_id))
      .filter(({ expires_at }) => expires_at !== null && expires_at < this.inMs(-graceMs))
      .filter(({ asked_at }) => isBefore(asked_at, intervalMs))
      .slice(0, limit)
    overdue.forEach((order) => (order.asked_at = this.now()))
    return structuredClone(overdue)
  }

  async endAwaitingPayment(reference: string) {
    this.#awaited.delete(reference)
  }

  async scheduleOrderCheck(reference: string, at: Date | null) {
    const order = this.orders.get(reference)
    if (order) {
      order.next_check_at = at
    }
  }

  async requestPayment(request: NewPaymentRequest) {
    const row = { ...request, id: this.newId("gwreq"), session_id: null }
    this.#requests.push(row)
    return structuredClone(row)
  }

  async takePaymentRequest(id: string, session: RequestingSession) {
    const request = this.#requests.find(
      (row) =>
        row.id === id &&
        row.payment_collection_id === session.payment_collection_id &&
        row.provider_id === session.provider_id &&
        [null, session.id].includes(row.session_id)
    )
    if (request) {
      request.session_id = session.id
    }
    return structuredClone(request)
  }

  async attachOrder(reference: string, sessionId: string, received?: string) {
    const order = this.orders.get(reference)
    const isRequested = this.#requests.some(
      (row) =>
        row.purpose === "attach" && row.reference === reference && row.session_id === sessionId
    )
    const isAttachable = isRequested && this.#isException(reference)
    if (!order || !isAttachable || !changeableFrom("paid").includes(order.state)) {
      return undefined
    }
    const now = this.now()
    if (received !== undefined) {
      decimal(received)
      Object.assign(order, { requested_amount: received, amount: received })
    }
    if (order.state !== "paid") {
      order.next_check_at = checkAt(order, "paid", this.inMs(firstCheckMs))
    }
    order.state = "paid"
    order.attached_session_id = sessionId
    order.session_released_at ??= now
    order.updated_at = now
    return structuredClone(order)
  }

  async reassignOrder(reference: string, sessionId: string) {
    const order = this.orders.get(reference)
    const isFree = order?.session_released_at !== null && order?.attached_session_id === null
    if (order?.state !== "paid" || !isFree) {
      return undefined
    }
    order.attached_session_id = sessionId
    order.next_check_at = checkAt(order, "paid", this.inMs(firstCheckMs))
    order.updated_at = this.now()
    return structuredClone(order)
  }

  async releaseSession(reference: string) {
    const order = this.orders.get(reference)
    if (order && order.session_released_at === null) {
      order.session_released_at = this.now()
      order.updated_at = this.now()
    }
  }

  async receiveMoney(money: NewReceivedMoney) {
    decimal(money.amount)
    const known = this.#money.find(
      (other) => other.provider_id === money.provider_id && other.gateway_id === money.gateway_id
    )
    const row = known ?? { ...money, id: this.newId("gwmon"), created_at: this.now() }
    if (!known) {
      this.#money.push(row)
    }
    const ofOrder = await this.moneyOfOrder(money.order_reference)
    return { money: structuredClone(row), isNew: !known, ofOrder }
  }

  async moneyOfOrder(reference: string) {
    return structuredClone(this.#money.filter((money) => money.order_reference === reference))
  }

  /** What a backup has of it at this moment; called, it restores that. */
  backup(): () => void {
    const tables = structuredClone([[...this.orders], [...this.operations], this.#money] as const)
    return () => {
      const [orders, operations, money] = tables
      this.orders.clear()
      orders.forEach(([reference, order]) => this.orders.set(reference, order))
      this.operations.clear()
      operations.forEach(([reference, operation]) => this.operations.set(reference, operation))
      this.#money.splice(0, this.#money.length, ...money)
    }
  }
}

/** The answers of an order with one more. */
function withAnswer(
  answers: readonly GatewayAnswer[],
  { state, raw_status }: Pick<GatewayAnswer, "state" | "raw_status">,
  now: Date
): GatewayAnswer[] {
  const at = now.toISOString()
  const last = answers.at(-1)
  return last?.state === state && last.raw_status === raw_status
    ? [...answers.slice(0, -1), { ...last, last_at: at, times: last.times + 1 }]
    : [...answers, { state, raw_status, first_at: at, last_at: at, times: 1 }].slice(-mostAnswers)
}

/** As a JSON column gives it back: undefined dropped, dates as text. */
function asJson(details: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(details))
}

/** See `checkAfter`. */
function checkAt(
  { next_check_at }: GatewayOrder,
  state: GatewayOrderState,
  soon: Date
): Date | null {
  switch (checkAfter[state]) {
    case "soon":
      return next_check_at && next_check_at < soon ? next_check_at : soon
    case "again":
      return next_check_at ?? soon
    case "never":
      return null
    case undefined:
      return next_check_at
  }
}
