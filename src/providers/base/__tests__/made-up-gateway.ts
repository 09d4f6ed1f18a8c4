import { decimal, type DecimalString } from "../../../gateways/shared/decimal"
import {
  GatewayDeclinedError,
  GatewayNotSentError,
  GatewayUnknownError,
  type GatewayError,
} from "../../../gateways/shared/gateway-error"
import type {
  GatewayCapabilities,
  KnownOrder,
  MoneyMove,
  MoveAnswer,
  MoveReport,
  OrderReport,
  OrderToOpen,
  PaymentGateway,
} from "../payment-gateway"
import type { WebhookMessage, WebhookReading } from "../webhook-reading"

export type Call = "createOrder" | "queryOrder" | "refund" | "capture" | "reverse" | "ask"

/** What goes wrong with the next call of its kind; `acts` says whether the gateway did it all the same. */
export type Mishap = { outcome: GatewayError["outcome"]; acts?: boolean }

type Move = { kind: "refund" | "capture" | "reverse"; reference: string; amount: string }

const everything: GatewayCapabilities = {
  captures: "at_once",
  refunds: "partial",
  reverses: false,
  webhooks: "signed",
  receivesInParts: false,
  payer: [],
}

/**
 * A gateway that exists nowhere, with a ledger of its own. It can do what it is told that it can, and goes
 * wrong as it is told.
 */
export class MadeUpGateway implements PaymentGateway {
  readonly title = "Acme"
  readonly capabilities: GatewayCapabilities
  readonly places = { php: 2, jpy: 0, kwd: 3 }
  readonly orders = new Map<string, OrderToOpen>()
  readonly moves: Move[] = []
  readonly calls: Call[] = []
  readonly #reports = new Map<string, Partial<OrderReport>>()
  readonly #mishaps = new Map<Call, Mishap[]>()
  /** The answer to a question about a move; null asks the ledger. */
  answer: MoveAnswer | null = null
  /** What a move is answered with in place of "done". */
  report: MoveReport | null = null

  constructor(capabilities: Partial<GatewayCapabilities> = {}) {
    this.capabilities = { ...everything, ...capabilities }
  }

  readonly refund = this.#movesOf("refund")
  readonly capture = this.#movesOf("capture")
  readonly reverse = this.#movesOf("reverse")

  /** What the gateway says of an order from now on. */
  tell(reference: string, report: Partial<OrderReport>): void {
    this.#reports.set(reference, report)
  }

  goWrong(call: Call, mishap: Mishap): void {
    this.#mishaps.set(call, [...(this.#mishaps.get(call) ?? []), mishap])
  }

  count(call: Call): number {
    return this.calls.filter((made) => made === call).length
  }

  async createOrder(order: OrderToOpen) {
    return await this.#call("createOrder", () => {
      this.orders.set(order.reference, order)
      return { gatewayId: `acme-${order.reference}`, nextAction: link(order.reference) }
    })
  }

  async queryOrder(order: KnownOrder): Promise<OrderReport> {
    return await this.#call("queryOrder", () => {
      if (!this.orders.has(order.reference)) {
        throw new GatewayDeclinedError({
          gateway: "Acme",
          operation: "queryOrder",
          code: "NO_ORDER",
        })
      }
      return {
        state: "pending",
        word: null,
        nextAction: link(order.reference),
        money: "as_ordered",
        ...this.#reports.get(order.reference),
      } as const
    })
  }

  /** A test's webhook is the JSON of its own reading. */
  parseWebhook(message: WebhookMessage): WebhookReading {
    return message.rawBody
      ? JSON.parse(message.rawBody.toString())
      : { type: "unreadable", reason: "no body" }
  }

  moved(kind: Move["kind"]): string[] {
    return this.moves.filter((move) => move.kind === kind).map(({ amount }) => amount)
  }

  #movesOf(kind: Move["kind"]) {
    return {
      send: async (move: MoneyMove): Promise<MoveReport> =>
        await this.#call(kind, () => {
          const report = this.report ?? { outcome: "done", gatewayId: `acme-${move.reference}` }
          if (report.outcome === "done") {
            this.moves.push({ kind, reference: move.reference, amount: move.amount })
          }
          return report
        }),
      ask: async (move: MoneyMove): Promise<MoveAnswer> =>
        await this.#call("ask", () => this.answer ?? this.#lookUp(move)),
    }
  }

  #lookUp(move: MoneyMove): MoveAnswer {
    return this.moves.some(({ reference }) => reference === move.reference)
      ? { outcome: "done" }
      : { outcome: "may_repeat" }
  }

  async #call<T>(call: Call, act: () => T): Promise<T> {
    this.calls.push(call)
    const mishap = this.#mishaps.get(call)?.shift()
    if (!mishap) {
      return act()
    }
    if (mishap.acts) {
      act()
    }
    throw failure(call, mishap.outcome)
  }
}

/** Money as a gateway proves it. */
export function payment(gatewayId: string, amount: string, currency = "php") {
  return { gatewayId, amount: decimal(amount), currency } satisfies {
    gatewayId: string
    amount: DecimalString
    currency: string
  }
}

function link(reference: string) {
  return { type: "redirect" as const, url: `https://acme.example/pay/${reference}` }
}

function failure(operation: string, outcome: Mishap["outcome"]): GatewayError {
  const name = { gateway: "Acme", operation }
  switch (outcome) {
    case "not_sent":
      return new GatewayNotSentError({ ...name, reason: "refused" })
    case "declined":
      return new GatewayDeclinedError({ ...name, code: "E42", gatewayMessage: "The bank said no" })
    case "unknown":
      return new GatewayUnknownError({ ...name, reason: "headers_timeout" })
  }
}
