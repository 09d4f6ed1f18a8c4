import { z } from "zod"
import { count, exact, readRow, time } from "../../shared/read-row"
import { operationKinds, operationStates, type GatewayOperation } from "./gateway-operation"
import { gatewayOrderStates, type GatewayOrder } from "./gateway-order"
import { paymentPurposes, type PaymentRequest } from "./payment-request"
import type { ReceivedMoney } from "./received-money"
import { webhookEventStates, type WebhookEventRow } from "./webhook-event"

const orderRow = z
  .object({
    id: z.string(),
    reference: z.string(),
    provider_id: z.string(),
    session_id: z.string(),
    payment_collection_id: z.string().nullable(),
    cart_id: z.string().nullable(),
    customer_id: z.string().nullable(),
    raw_requested_amount: exact,
    raw_amount: exact,
    currency_code: z.string(),
    state: z.enum(gatewayOrderStates),
    gateway_id: z.string().nullable(),
    hints: z
      .array(z.string())
      .nullable()
      .transform((hints) => hints ?? []),
    details: z.record(z.string(), z.unknown()).nullable(),
    expires_at: time.nullable(),
    asked_at: time.nullable(),
    attached_session_id: z.string().nullable(),
    released_at: time.nullable(),
    next_check_at: time.nullable(),
    checks: count,
    created_at: time,
    updated_at: time,
  })
  .transform(({ raw_requested_amount: requested_amount, raw_amount: amount, ...row }) => ({
    ...row,
    requested_amount,
    amount,
  }))

const operationRow = z
  .object({
    id: z.string(),
    reference: z.string(),
    order_reference: z.string(),
    kind: z.enum(operationKinds),
    raw_amount: exact,
    currency_code: z.string(),
    state: z.enum(operationStates),
    medusa_id: z.string().nullable(),
    unmatched_id: z.string().nullable(),
    gateway_id: z.string().nullable(),
    gateway_code: z.string().nullable(),
    gateway_message: z.string().nullable(),
    made_elsewhere: z.boolean(),
    lease_expires_at: time,
    next_check_at: time.nullable(),
    checks: count,
    created_at: time,
    updated_at: time,
  })
  .transform(({ raw_amount: amount, ...row }) => ({ ...row, amount }))

const moneyRow = z
  .object({
    id: z.string(),
    provider_id: z.string(),
    gateway_id: z.string(),
    order_reference: z.string(),
    raw_amount: exact,
    currency_code: z.string(),
    created_at: time,
  })
  .transform(({ raw_amount: amount, ...row }) => ({ ...row, amount }))

const requestRow = z.object({
  id: z.string(),
  order_id: z.string(),
  payment_collection_id: z.string(),
  provider_id: z.string(),
  purpose: z.enum(paymentPurposes),
  reference: z.string().nullable(),
  session_id: z.string().nullable(),
})

const eventRow = z.object({
  id: z.string(),
  provider_id: z.string(),
  event_key: z.string().nullable(),
  reference: z.string(),
  session_id: z.string().nullable(),
  currency_code: z.string().nullable(),
  word: z.string(),
  gateway_id: z.string().nullable(),
  is_later: z.boolean(),
  claimed_amount: z.string().nullable(),
  body: z.record(z.string(), z.unknown()).nullable(),
  state: z.enum(webhookEventStates),
  attempts: z.number(),
  next_try_at: time,
  claimed_until: time.nullable(),
  outcome: z.string().nullable(),
  error: z.string().nullable(),
  created_at: time,
  updated_at: time,
})

export function toGatewayOrder(row: unknown): GatewayOrder {
  return readRow("gateway_order", orderRow, row)
}

export function toGatewayOperation(row: unknown): GatewayOperation {
  return readRow("gateway_operation", operationRow, row)
}

export function toReceivedMoney(row: unknown): ReceivedMoney {
  return readRow("received_money", moneyRow, row)
}

export function toPaymentRequest(row: unknown): PaymentRequest {
  return readRow("order_payment_request", requestRow, row)
}

export function toWebhookEvent(row: unknown): WebhookEventRow {
  return readRow("webhook_event", eventRow, row)
}
