import { decimal } from "../gateways/shared/money"
import {
  askingMedusa,
  type MedusaAnswers,
} from "../modules/payment-journal/repositories/operations"
import {
  type CheckClaim,
  type ClaimRenewal,
  firstCheckMs,
  bindingStates,
  changeableFrom,
  checkAfter,
  type GatewayAnswer,
  type GatewayOrder,
  type GatewayOrderChange,
  type GatewayOrderState,
  mostCandidateIds,
  type NewGatewayOrder,
  type OverdueClaim,
} from "../modules/payment-journal/gateway-order"
import { withAnswer } from "./kept-answers"
import {
  decideOperation,
  type OperationDecision,
} from "../modules/payment-journal/decide-operation"
import {
  type ExistingRows,
  checkAfterOutcome,
  checkedKinds,
  type GatewayOperation,
  isToBeChecked,
  type OperationIntent,
  type OperationKind,
  type OperationOutcome,
  operationReachableFrom,
  unsettledStates,
} from "../modules/payment-journal/gateway-operation"
import type { PaymentJournal } from "../modules/payment-journal/repositories/orders"
import type {
  NewPaymentRequest,
  PaymentRequest,
  RequestingSession,
} from "../modules/payment-journal/repositories/payment-requests"
import type { NewReceivedMoney, ReceivedMoney } from "../modules/payment-journal/gateway-order"

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
export class MemoryJournal implements PaymentJournal {
  readonly #orders = new Map<string, GatewayOrder>()
  readonly #operations = new Map<string, GatewayOperation>()
  readonly #money: ReceivedMoney[] = []
  readonly #requests: PaymentRequest[] = []
  /** The references that an order of the shop's waits for. */
  readonly #awaited = new Set<string>()
  readonly #now: () => Date
  readonly #cartOf: (paymentCollectionId: string) => string | undefined
  readonly #isException: (reference: string) => boolean
  #lastId = 0

  constructor({
    now = () => new Date(),
    cartOf = () => undefined,
    isException = () => false,
  }: MemoryJournalOptions = {}) {
    this.#now = now
    this.#cartOf = cartOf
    this.#isException = isException
  }

  async openOrder(order: NewGatewayOrder) {
    const known = this.#orders.get(order.reference)
    if (known) {
      return { order: structuredClone(known), isNew: false }
    }
    decimal(order.requested_amount)
    decimal(order.amount)
    const { payment_collection_id } = order
    const row: GatewayOrder = {
      id: this.#newId("gword"),
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
      next_check_at: this.#inMs(firstCheckMs),
      checks: 0,
      ...this.#timestamps(),
    }
    this.#orders.set(row.reference, row)
    return { order: structuredClone(row), isNew: true }
  }

  async findOrder(reference: string) {
    return structuredClone(this.#orders.get(reference))
  }

  async findOrders(references: readonly string[]) {
    return structuredClone(
      [...this.#orders.values()].filter(({ reference }) => references.includes(reference))
    )
  }

  async ordersOfSession(sessionId: string) {
    return structuredClone(
      [...this.#orders.values()]
        .filter((order) => (order.attached_session_id ?? order.session_id) === sessionId)
        .sort((a, b) => (a.reference < b.reference ? 1 : -1))
    )
  }

  async bindingOrdersOfCart(cartId: string) {
    return structuredClone(
      [...this.#orders.values()]
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

  async changeOrder(reference: string, change: GatewayOrderChange) {
    const order = this.#orders.get(reference)
    if (order && changeableFrom(change.state).includes(order.state)) {
      const details = change.details && asJson(change.details)
      if (order.state !== change.state) {
        order.next_check_at = checkAt(order, change.state, this.#inMs(firstCheckMs))
      }
      Object.assign(order, withoutUndefined({ ...change, details }), { updated_at: this.#now() })
    }
    return structuredClone(order)
  }

  async noteCandidateId(reference: string, candidateId: string) {
    const order = this.#orders.get(reference)
    if (order && !order.candidate_ids.includes(candidateId)) {
      order.candidate_ids = [candidateId, ...order.candidate_ids].slice(0, mostCandidateIds)
      order.updated_at = this.#now()
    }
  }

  async noteAnswer(reference: string, answer: Pick<GatewayAnswer, "state" | "raw_status">) {
    const order = this.#orders.get(reference)
    if (order) {
      order.answers = withAnswer(order.answers, answer, this.#now())
    }
  }

  async mayAsk(reference: string, intervalMs: number) {
    const order = this.#orders.get(reference)
    const now = this.#now()
    if (!order || (order.asked_at && now.getTime() - order.asked_at.getTime() < intervalMs)) {
      return false
    }
    order.asked_at = now
    return true
  }

  async claimOrdersToCheck(claim: CheckClaim) {
    const orders = [...this.#orders.values()].filter(
      ({ provider_id }) => provider_id === claim.provider_id
    )
    return structuredClone(claimDue(orders, claim, this.#inMs(claim.lease_ms)))
  }

  async renewOrderChecks({ references, until, lease_ms }: ClaimRenewal) {
    const end = this.#inMs(lease_ms)
    const held = references
      .flatMap((reference) => this.#orders.get(reference) ?? [])
      .filter(({ next_check_at }) => next_check_at?.getTime() === until.getTime())
    held.forEach((order) => Object.assign(order, { next_check_at: end }))
    return held.length > 0 ? end : undefined
  }

  async noteAwaitingPayment(reference: string) {
    this.#awaited.add(reference)
  }

  async claimOverdueOrders({ providerIds, graceMs, intervalMs, limit }: OverdueClaim) {
    const isBefore = (at: Date | null, ms: number) => at === null || at <= this.#inMs(-ms)
    const overdue = [...this.#orders.values()]
      .filter(({ reference }) => this.#awaited.has(reference))
      .filter(({ provider_id }) => providerIds.includes(provider_id))
      .filter(({ expires_at }) => expires_at !== null && expires_at < this.#inMs(-graceMs))
      .filter(({ asked_at }) => isBefore(asked_at, intervalMs))
      .slice(0, limit)
    overdue.forEach((order) => (order.asked_at = this.#now()))
    return structuredClone(overdue)
  }

  async endAwaitingPayment(reference: string) {
    this.#awaited.delete(reference)
  }

  async scheduleOrderCheck(reference: string, at: Date | null) {
    const order = this.#orders.get(reference)
    if (order) {
      order.next_check_at = at
    }
  }

  async requestPayment(request: NewPaymentRequest) {
    const row = { ...request, id: this.#newId("gwreq"), session_id: null }
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
    const order = this.#orders.get(reference)
    const isRequested = this.#requests.some(
      (row) =>
        row.purpose === "attach" && row.reference === reference && row.session_id === sessionId
    )
    const isAttachable = isRequested && this.#isException(reference)
    if (!order || !isAttachable || !changeableFrom("paid").includes(order.state)) {
      return undefined
    }
    const now = this.#now()
    if (received !== undefined) {
      decimal(received)
      Object.assign(order, { requested_amount: received, amount: received })
    }
    if (order.state !== "paid") {
      order.next_check_at = checkAt(order, "paid", this.#inMs(firstCheckMs))
    }
    order.state = "paid"
    order.attached_session_id = sessionId
    order.session_released_at ??= now
    order.updated_at = now
    return structuredClone(order)
  }

  async reassignOrder(reference: string, sessionId: string) {
    const order = this.#orders.get(reference)
    const isFree = order?.session_released_at !== null && order?.attached_session_id === null
    if (order?.state !== "paid" || !isFree) {
      return undefined
    }
    order.attached_session_id = sessionId
    order.next_check_at = checkAt(order, "paid", this.#inMs(firstCheckMs))
    order.updated_at = this.#now()
    return structuredClone(order)
  }

  async releaseSession(reference: string) {
    const order = this.#orders.get(reference)
    if (order && order.session_released_at === null) {
      order.session_released_at = this.#now()
      order.updated_at = this.#now()
    }
  }

  async receiveMoney(money: NewReceivedMoney) {
    decimal(money.amount)
    const known = this.#money.find(
      (other) => other.provider_id === money.provider_id && other.gateway_id === money.gateway_id
    )
    if (known) {
      return { money: structuredClone(known), isNew: false }
    }
    const row = { ...money, id: this.#newId("gwmon"), created_at: this.#now() }
    this.#money.push(row)
    return { money: structuredClone(row), isNew: true }
  }

  async moneyOfOrder(reference: string) {
    return structuredClone(this.#money.filter((money) => money.order_reference === reference))
  }

  /** What a backup has of it at this moment; called, it restores that. */
  backup(): () => void {
    const tables = structuredClone([[...this.#orders], [...this.#operations], this.#money] as const)
    return () => {
      const [orders, operations, money] = tables
      this.#orders.clear()
      orders.forEach(([reference, order]) => this.#orders.set(reference, order))
      this.#operations.clear()
      operations.forEach(([reference, operation]) => this.#operations.set(reference, operation))
      this.#money.splice(0, this.#money.length, ...money)
    }
  }

  async beginOperation(intent: OperationIntent, existing: ExistingRows) {
    return await askingMedusa(existing, async (answers) => this.#attempt(intent, answers))
  }

  async settleOperation(
    reference: string,
    outcome: OperationOutcome,
    taken?: Pick<GatewayOperation, "updated_at">
  ) {
    const operation = this.#operations.get(reference)
    const isAnothers =
      taken !== undefined &&
      outcome.state === "unknown" &&
      operation?.updated_at.getTime() !== taken.updated_at.getTime()
    if (operation && unsettledStates.includes(operation.state) && !isAnothers) {
      const now = this.#now()
      const { look_again_at: _, ...told } = outcome
      Object.assign(operation, withoutUndefined(told), {
        lease_expires_at: now,
        next_check_at: checkAfterOutcome(outcome, this.#inMs(firstCheckMs)),
        updated_at: now,
      })
    }
    return structuredClone(operation)
  }

  async returnRefund(
    reference: string,
    gatewayError: Pick<OperationOutcome, "gateway_code" | "gateway_message">
  ) {
    const operation = this.#operations.get(reference)
    const { returned } = operationReachableFrom
    if (operation?.kind !== "refund" || !returned.includes(operation.state)) {
      return undefined
    }
    const change = { state: "returned", updated_at: this.#now() }
    Object.assign(operation, withoutUndefined(gatewayError), change)
    const order = this.#orders.get(operation.order_reference)
    if (order?.state === "refunded") {
      Object.assign(order, { state: "paid", updated_at: this.#now() })
    }
    return structuredClone(operation)
  }

  async claimOperationsToCheck(claim: CheckClaim) {
    const leaseEnd = this.#inMs(claim.lease_ms)
    const kinds: readonly OperationKind[] = checkedKinds
    const free = [...this.#operations.values()].filter(
      (operation) =>
        this.#orders.get(operation.order_reference)?.provider_id === claim.provider_id &&
        kinds.includes(operation.kind) &&
        isToBeChecked(operation) &&
        operation.lease_expires_at <= this.#now()
    )
    const claimed = claimDue(free, claim, leaseEnd)
    claimed.forEach((operation) => Object.assign(operation, { lease_expires_at: leaseEnd }))
    return structuredClone(claimed)
  }

  async renewOperations({ references, until, lease_ms }: ClaimRenewal) {
    const end = this.#inMs(lease_ms)
    const held = references
      .flatMap((reference) => this.#operations.get(reference) ?? [])
      .filter(({ lease_expires_at }) => lease_expires_at.getTime() === until.getTime())
    held.forEach((operation) => {
      const isScheduled = operation.next_check_at?.getTime() !== until.getTime()
      Object.assign(operation, {
        lease_expires_at: end,
        ...(isScheduled ? {} : { next_check_at: end }),
      })
    })
    return held.length > 0 ? end : undefined
  }

  async scheduleOperationCheck(reference: string, at: Date | null) {
    const operation = this.#operations.get(reference)
    if (operation && (operation.next_check_at || unsettledStates.includes(operation.state))) {
      operation.next_check_at = at
    }
  }

  async operationsOfOrder(reference: string, kind?: OperationKind) {
    return structuredClone(
      [...this.#operations.values()].filter(
        (operation) =>
          operation.order_reference === reference && (kind === undefined || operation.kind === kind)
      )
    )
  }

  /** Without a pause from the first look to the last write, which is all the lock that one process needs. */
  #attempt(intent: OperationIntent, alive: MedusaAnswers) {
    const order = this.#orders.get(intent.order_reference)
    if (!order) {
      throw new RangeError(`The journal has no order ${intent.order_reference} to ${intent.kind}`)
    }
    const operations = [...this.#operations.values()].filter(
      (other) => this.#orders.get(other.order_reference)?.session_id === order.session_id
    )
    const decision = decideOperation({ intent, operations, alive, now: this.#now() })
    switch (decision.type) {
      case "begin": {
        const operation: GatewayOperation = {
          ...decision.operation,
          id: this.#newId("gwop"),
          gateway_id: null,
          gateway_code: null,
          gateway_message: null,
          made_elsewhere: false,
          next_check_at: decision.operation.lease_expires_at,
          checks: 0,
          ...this.#timestamps(),
        }
        return { type: "begun" as const, operation: this.#keep(operation) }
      }
      case "resume":
        return { type: "resume" as const, operation: this.#keep(changed(decision, this.#now())) }
      case "adopt":
        return { type: "adopted" as const, operation: this.#keep(changed(decision, this.#now())) }
      case "under_way":
      case "blocked":
        return { type: decision.type, operation: structuredClone(decision.operation) }
      case "ask_medusa":
      case "over_limit":
        return decision
    }
  }

  #keep(operation: GatewayOperation): GatewayOperation {
    this.#operations.set(operation.reference, operation)
    return structuredClone(operation)
  }

  #timestamps() {
    const now = this.#now()
    return { created_at: now, updated_at: now }
  }

  #inMs(milliseconds: number): Date {
    return new Date(this.#now().getTime() + milliseconds)
  }

  #newId(prefix: string): string {
    this.#lastId += 1
    return `${prefix}_${this.#lastId}`
  }
}

/** Takes over the rows whose time has come, the longest due first; without a pause, which is its lock. */
function claimDue<Row extends { next_check_at: Date | null; checks: number }>(
  rows: readonly Row[],
  { due, limit }: CheckClaim,
  leaseEnd: Date
): Row[] {
  const claimed = rows
    .filter(({ next_check_at }) => next_check_at !== null && next_check_at <= due)
    .sort((a, b) => Number(a.next_check_at) - Number(b.next_check_at))
    .slice(0, limit)
  for (const row of claimed) {
    row.next_check_at = leaseEnd
    row.checks += 1
  }
  return claimed
}

function changed(
  decision: Extract<OperationDecision, { type: "resume" | "adopt" }>,
  now: Date
): GatewayOperation {
  const { operation, change } = decision
  const check = decision.type === "resume" ? decision.change.lease_expires_at : undefined
  return {
    ...operation,
    ...change,
    next_check_at: check ?? operation.next_check_at,
    updated_at: now,
  }
}

/** As a JSON column gives it back: undefined dropped, dates as text. */
function asJson(details: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(details))
}

/** What a change leaves out stays as it is, as in an UPDATE. */
function withoutUndefined(change: object): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
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
