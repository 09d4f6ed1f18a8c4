import { decimal } from "../gateways/shared/money"
import {
  GatewayDeclinedError,
  GatewayNotSentError,
  GatewayUnknownError,
  type GatewayOutcome,
} from "../gateways/shared/errors"
import type {
  Charge,
  ChargeReport,
  GatewayCapabilities,
  KnownOrder,
  Operation,
  OperationStatus,
  OperationResult,
  OpenedOrder,
  OrderReport,
  OrderToOpen,
  PaymentGateway,
  ProvenPayment,
} from "../providers/base/gateway"
import type { WebhookMessage, WebhookReport } from "../gateways/shared/webhook"

type OperationKind = "refund" | "capture" | "void"
type ChargeCalls = NonNullable<PaymentGateway["charge"]>
type OperationCalls = NonNullable<PaymentGateway[OperationKind]>

export type FakeOperation =
  "createOrder" | "queryOrder" | "queryPayment" | "charge" | OperationKind | `ask ${OperationKind}`

export type FakeCall = { operation: FakeOperation; reference: string; amount?: string }

export type Fault = {
  /** `bug` is an error of ours in the middle of the call, which is no GatewayError. */
  outcome: GatewayOutcome | "bug"
  /** The gateway does what it was asked before the call fails. */
  acts?: boolean
  code?: string
  gatewayMessage?: string
}

export type LedgerMove = { kind: OperationKind; reference: string; amount: string }

export type LedgerOrder = {
  opened: OrderToOpen
  /** What this gateway answers; see `states`. */
  word: string
  payments: ProvenPayment[]
  moves: LedgerMove[]
}

export type FakeSettings = Partial<GatewayCapabilities> & {
  /** Whether a report names the payments; otherwise the reference alone binds the amount. */
  tellsMoney?: boolean
  /** Whether a report of an unpaid order says again how it is paid. */
  tellsLinkAgain?: boolean
  /** Whether charges are merchant-initiated, with a code that the order was opened with. */
  charges?: boolean
}

export const genuine = { "x-fake-signature": "genuine" }

/** Any other word is pending. */
const states: Readonly<Record<string, OrderReport["state"]>> = {
  WAITING: "pending",
  RESERVED: "authorized",
  PAID: "paid",
  DECLINED: "failed",
  LAPSED: "expired",
  WITHDRAWN: "canceled",
  REFUNDED: "refunded",
  TAKEN_BACK: "chargeback",
}

/**
 * A gateway that exists nowhere, with a ledger that believes everything it is told: whatever is sent twice
 * moves money twice, so that nothing but the provider keeps it from happening.
 */
export class FakeGateway implements PaymentGateway {
  readonly setUp = {
    credentials: ["merchantId", "apiKey"],
    whereCredentials: "Look under Keys",
    whereBaseUrl: "The fake gateway tells it",
  }
  readonly title = "Fake Pay"
  readonly decimals = { php: 2, krw: 0, kwd: 3 }
  readonly capabilities: GatewayCapabilities
  readonly refundAdvice = "Pay the shopper back by bank transfer"
  readonly refund?: OperationCalls
  readonly capture?: OperationCalls
  readonly void?: OperationCalls
  readonly charge?: ChargeCalls

  readonly orders = new Map<string, LedgerOrder>()
  readonly calls: FakeCall[] = []
  /** What an operation is answered with once it was made. */
  operationAnswer: OperationResult = { outcome: "done" }
  /** What a charge is answered with once the ledger has it. */
  chargeAnswer: ChargeReport = { outcome: "done" }
  /** What the shopper paid on top, and what a subscription charged later. */
  extra: Pick<OrderReport, "surplus" | "series"> = {}
  /** The numbers that nobody proved, as each question came with them. */
  readonly candidateIdsAsked: (readonly string[])[] = []
  /** What a question about an operation is answered with; the ledger's truth where there is none. */
  askAnswer?: OperationStatus
  readonly #faults = new Map<FakeOperation, Fault[]>()
  readonly #pauses = new Map<FakeOperation, Promise<void>>()
  readonly #tellsMoney: boolean
  readonly #tellsLinkAgain: boolean
  #lastPayment = 0

  constructor({
    tellsMoney = true,
    tellsLinkAgain = true,
    charges = false,
    ...capabilities
  }: FakeSettings = {}) {
    this.#tellsMoney = tellsMoney
    this.#tellsLinkAgain = tellsLinkAgain
    this.capabilities = {
      capture: "automatic",
      refund: "multiple_partial",
      voids: false,
      links: true,
      webhooks: "signed",
      receivesInParts: false,
      payer: {},
      ...capabilities,
    }
    if (charges) {
      this.charge = { send: (charge) => this.#charge(charge), pollEveryMs: 2, patienceMs: 6 }
    }
    if (this.capabilities.refund !== "none") {
      this.refund = this.#operationCalls("refund")
    }
    if (this.capabilities.capture !== "automatic") {
      this.capture = this.#operationCalls("capture")
    }
    if (this.capabilities.voids) {
      this.void = this.#operationCalls("void")
    }
  }

  async createOrder(order: OrderToOpen): Promise<OpenedOrder> {
    const { reference, amount } = order
    return await this.#call({ operation: "createOrder", reference, amount }, () => {
      this.orders.set(reference, { opened: order, word: "WAITING", payments: [], moves: [] })
      const gatewayId = numberOf(reference)
      return this.charge
        ? { nextAction: { type: "none" }, chargeWith: { code: order.authCode ?? "284000" } }
        : { gatewayId, nextAction: linkOf(reference), gatewayData: { product: "P1" } }
    })
  }

  async queryOrder({ reference, candidateIds }: KnownOrder): Promise<OrderReport> {
    this.candidateIdsAsked.push(candidateIds)
    return await this.#call({ operation: "queryOrder", reference }, () => {
      const order = this.orders.get(reference)
      if (!order) {
        throw new GatewayDeclinedError({
          gateway: this.title,
          operation: "queryOrder",
          code: "E404",
        })
      }
      const { word, payments } = order
      const state = states[word] ?? "pending"
      const isUnpaid = state === "pending" || state === "failed"
      return {
        state,
        rawStatus: word,
        gatewayId: numberOf(reference),
        ...(isUnpaid && this.#tellsLinkAgain ? { nextAction: linkOf(reference) } : {}),
        money: this.#tellsMoney ? [...payments] : "as_ordered",
        ...this.extra,
      }
    })
  }

  /** Payments beside the one that an order was opened for, by their number. */
  readonly others = new Map<string, ProvenPayment & { reference: string }>()

  async queryPayment(
    { reference }: KnownOrder,
    gatewayId: string
  ): Promise<ProvenPayment | undefined> {
    return await this.#call({ operation: "queryPayment", reference }, () => {
      const found = this.others.get(gatewayId)
      return found?.reference === reference ? found : undefined
    })
  }

  /** Header `x-fake-signature: genuine`, body `{"about": "payment", "reference", "word", "amount"?}`. */
  parseWebhook({ rawBody, headers }: WebhookMessage): WebhookReport {
    if (headers["x-fake-signature"] !== "genuine") {
      return { type: "forged" }
    }
    const body = jsonObject(rawBody)
    if (typeof body?.reference !== "string" || typeof body.word !== "string") {
      return { type: "unreadable", reason: "it has no reference or no word" }
    }
    if (body.about !== "payment") {
      return { type: "foreign", reason: "it tells of something else" }
    }
    return {
      type: "event",
      reference: body.reference,
      rawStatus: body.word,
      ...(body.unproven === true ? {} : { eventKey: `${body.reference}|${body.word}` }),
      isLater: body.later === true,
      gatewayId: typeof body.number === "string" ? body.number : undefined,
      claimedAmount: typeof body.amount === "string" ? body.amount : undefined,
    }
  }

  /** The shopper pays what was ordered, or something else. */
  pay(reference: string, other: Partial<Record<"amount" | "currency" | "gatewayId", string>> = {}) {
    const order = this.order(reference)
    this.#lastPayment += 1
    order.payments.push({
      gatewayId: other.gatewayId ?? `MUP${this.#lastPayment}`,
      amount: decimal(other.amount ?? order.opened.amount),
      currency: other.currency ?? order.opened.currency,
    })
    order.word = this.capabilities.capture === "automatic" ? "PAID" : "RESERVED"
  }

  /** The call fails the next time, and at each further fault once more. */
  failNext(operation: FakeOperation, ...faults: Fault[]): void {
    this.#faults.set(operation, [...(this.#faults.get(operation) ?? []), ...faults])
  }

  forgetFaults(): void {
    this.#faults.clear()
  }

  /** Holds every call of the operation back until the answer is called. */
  hold(operation: FakeOperation): () => void {
    let letGo: () => void = () => undefined
    this.#pauses.set(operation, new Promise((resolve) => (letGo = resolve)))
    return letGo
  }

  order(reference: string): LedgerOrder {
    const order = this.orders.get(reference)
    if (!order) {
      throw new Error(`The ledger has no order ${reference}`)
    }
    return order
  }

  /** The amounts that the ledger moved, in their order. */
  moved(reference: string, kind: OperationKind): string[] {
    return this.order(reference).moves.flatMap((move) => (move.kind === kind ? move.amount : []))
  }

  callsOf(operation: FakeOperation): FakeCall[] {
    return this.calls.filter((call) => call.operation === operation)
  }

  async #charge({ order, with: { code } }: Charge): Promise<ChargeReport> {
    const { reference } = order
    return await this.#call({ operation: "charge", reference, amount: code }, () => {
      if (this.chargeAnswer.outcome === "done") {
        this.pay(reference)
      }
      return this.chargeAnswer
    })
  }

  #operationCalls(kind: OperationKind): OperationCalls {
    return {
      send: async ({ reference, amount, order }) =>
        await this.#call({ operation: kind, reference, amount }, () => {
          this.order(order.reference).moves.push({ kind, reference, amount })
          return this.operationAnswer
        }),
      ask: async (move) =>
        await this.#call(
          { operation: `ask ${kind}`, reference: move.reference },
          () => this.askAnswer ?? this.#truth(move)
        ),
    }
  }

  #truth({ reference, order }: Operation): OperationStatus {
    const isMade = this.order(order.reference).moves.some((move) => move.reference === reference)
    return { outcome: isMade ? "done" : "may_repeat" }
  }

  async #call<Answer>(call: FakeCall, act: () => Answer): Promise<Answer> {
    this.calls.push(call)
    await this.#pauses.get(call.operation)
    const fault = this.#faults.get(call.operation)?.shift()
    if (!fault) {
      return act()
    }
    if (fault.acts) {
      act()
    }
    throw errorOf(this.title, call.operation, fault)
  }
}

function errorOf(
  gateway: string,
  operation: string,
  { outcome, code, gatewayMessage }: Fault
): Error {
  const details = { gateway, operation, code, gatewayMessage }
  switch (outcome) {
    case "not_sent":
      return new GatewayNotSentError({ ...details, reason: "connect_timeout" })
    case "declined":
      return new GatewayDeclinedError(details)
    case "unknown":
      return new GatewayUnknownError({ ...details, reason: "reset" })
    case "bug":
      return new TypeError("a fault in the gateway's own code")
  }
}

function numberOf(reference: string): string {
  return `MU-${reference}`
}

export function linkOf(reference: string) {
  return { type: "redirect" as const, url: `https://pay.fake.example/${reference}` }
}

function jsonObject(rawBody: Buffer | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(rawBody?.toString() ?? "")
    return typeof value === "object" && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
