/** What happened to the gateway payments of an order, of all kinds in one list. */
import type { CheckedKind, GatewayOperation } from "../../modules/payment-journal/gateway-operation"
import type {
  GatewayAnswer,
  GatewayOrder,
  ReceivedMoney,
} from "../../modules/payment-journal/gateway-order"
import type { PaymentException } from "../../modules/payment-journal/repositories/exceptions"
import type { WebhookEventRow } from "../../modules/payment-journal/repositories/inbox"
import type { AuditLine } from "../../shared/audit-line"
import type { ActorNames } from "../actors"

/** `reference` is that of the payment at the gateway, null where an entry is about the order as a whole. */
export type TimelineEntry = { id: string; at: string; reference: string | null } & (
  | { type: "opened"; amount: string; currency_code: string }
  | {
      type: "message"
      raw_status: string
      state: WebhookEventRow["state"]
      /** Whether the gateway signed it. */
      is_proven: boolean
      outcome: string | null
      error: string | null
    }
  | {
      type: "question"
      state: GatewayAnswer["state"]
      raw_status: string | null
      times: number
      first_at: string
    }
  | {
      type: "operation"
      kind: CheckedKind | "charge"
      state: GatewayOperation["state"]
      operation_reference: string
      amount: string
      currency_code: string
      made_elsewhere: boolean
      /** The gateway's own code and words. */
      gateway_code: string | null
      gateway_message: string | null
    }
  | { type: "money"; amount: string; currency_code: string; gateway_id: string }
  | {
      type: "exception"
      exception_id: string
      kind: PaymentException["kind"]
      state: PaymentException["state"]
      amount: string
      currency_code: string
    }
  | {
      type: "action"
      action: string
      actor: string
      actor_name: string | null
      note: string | null
    }
)

export type History = {
  known: readonly {
    order: GatewayOrder
    operations: readonly GatewayOperation[]
    money: readonly ReceivedMoney[]
  }[]
  messages: readonly WebhookEventRow[]
  exceptions: readonly PaymentException[]
  lines: readonly AuditLine[]
  names: ActorNames
}

/** The newest are kept. */
const mostEntries = 200

/** Newest first. */
export function timelineOf(history: History): TimelineEntry[] {
  return [
    ...history.known.flatMap(({ order, operations, money }) => [
      opened(order),
      ...order.answers.map((answer) => question(order, answer)),
      ...operations.map((operation) => operationEntry(order, operation)),
      ...money.map((row) => moneyEntry(order, row)),
    ]),
    ...history.messages.map((message) => messageEntry(history, message)),
    ...history.exceptions.map((entry) => exceptionEntry(history, entry)),
    ...history.lines.map((line) => action(history, line)),
  ]
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : rank(b) - rank(a)))
    .slice(0, mostEntries)
}

/** Of what is of one moment, what followed stands above. */
function rank({ type }: TimelineEntry): number {
  return order.indexOf(type)
}

const order: readonly TimelineEntry["type"][] = [
  "opened",
  "message",
  "question",
  "money",
  "exception",
  "operation",
  "action",
]

function opened({ id, reference, created_at, amount, currency_code }: GatewayOrder): TimelineEntry {
  return {
    type: "opened",
    id,
    at: created_at.toISOString(),
    reference,
    amount,
    currency_code,
  }
}

function question({ id, reference }: GatewayOrder, answer: GatewayAnswer): TimelineEntry {
  const { state, raw_status, times, first_at, last_at } = answer
  return {
    type: "question",
    id: `${id} ${first_at} ${state}`,
    at: last_at,
    reference,
    state,
    raw_status,
    times,
    first_at,
  }
}

function operationEntry({ reference }: GatewayOrder, operation: GatewayOperation): TimelineEntry {
  const { id, kind, state, amount, currency_code, made_elsewhere } = operation
  return {
    type: "operation",
    id,
    at: operation.created_at.toISOString(),
    reference,
    kind,
    state,
    operation_reference: operation.reference,
    amount,
    currency_code,
    made_elsewhere,
    gateway_code: operation.gateway_code,
    gateway_message: operation.gateway_message,
  }
}

function moneyEntry({ reference }: GatewayOrder, row: ReceivedMoney): TimelineEntry {
  const { id, amount, currency_code, gateway_id, created_at } = row
  return {
    type: "money",
    id,
    at: created_at.toISOString(),
    reference,
    amount,
    currency_code,
    gateway_id,
  }
}

function messageEntry({ known }: History, message: WebhookEventRow): TimelineEntry {
  const about = known.find(({ order }) => order.reference === message.reference)
  return {
    type: "message",
    id: message.id,
    at: message.created_at.toISOString(),
    reference: about?.order.reference ?? null,
    raw_status: message.raw_status,
    state: message.state,
    is_proven: message.event_key !== null,
    outcome: message.outcome,
    error: message.error,
  }
}

function exceptionEntry({ known }: History, found: PaymentException): TimelineEntry {
  const about = known.find(
    ({ order, operations }) =>
      order.reference === found.reference ||
      operations.some(({ reference }) => reference === found.reference)
  )
  return {
    type: "exception",
    id: found.id,
    exception_id: found.id,
    at: found.created_at.toISOString(),
    reference: about?.order.reference ?? null,
    kind: found.kind,
    state: found.state,
    amount: found.amount,
    currency_code: found.currency_code,
  }
}

function action({ known, names }: History, line: AuditLine): TimelineEntry {
  const about = known.find(
    ({ order, operations }) =>
      order.id === line.subject_id || operations.some(({ id }) => id === line.subject_id)
  )
  return {
    type: "action",
    id: line.id,
    at: line.created_at.toISOString(),
    reference: about?.order.reference ?? null,
    action: line.action,
    actor: line.actor,
    actor_name: names.get(line.actor) ?? null,
    note: line.note,
  }
}
