import { BigNumber } from "@medusajs/framework/utils"
import { z } from "zod"
import { decimal } from "../../gateways/shared/decimal"
import { operationKinds, operationStates, type GatewayOperation } from "./gateway-operation"
import { gatewayOrderStates, type GatewayOrder } from "./gateway-order"
import type { ReceivedMoney } from "./received-money"
import { webhookEventStates, type WebhookEventRow } from "./webhook-event"

/**
 * Amounts are read from Medusa's `raw_` columns: a text inside JSON is exact whatever a shop has told the
 * database driver to do with `numeric` (turning it into a float is a common setting).
 */
export const exact = z.object({ value: z.string() }).transform(({ value }) => value)

/** The driver gives a Date; coerced, because a shop can tell it to leave time stamps as text. */
export const time = z.coerce.date()

/** As text, where a shop has told the driver to leave numbers as they are. */
const count = z.coerce.number()

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

const eventRow = z.object({
  id: z.string(),
  provider_id: z.string(),
  event_key: z.string().nullable(),
  reference: z.string(),
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

export function toWebhookEvent(row: unknown): WebhookEventRow {
  return readRow("webhook_event", eventRow, row)
}

/**
 * Both columns that Medusa keeps for an amount. The text goes in as it is: Medusa's own way through
 * `BigNumber` cuts it to 20 digits.
 *
 * @throws InvalidAmountError for what is no amount; PostgreSQL itself would take `NaN` and `Infinity`
 */
export function amountColumns<Name extends string>(name: Name, value: string) {
  decimal(value)
  return {
    [name]: value,
    [`raw_${name}`]: { value, precision: BigNumber.DEFAULT_PRECISION },
  }
}

export function readRow<Row>(table: string, schema: z.ZodType<Row>, row: unknown): Row {
  const parsed = schema.safeParse(row)
  if (!parsed.success) {
    throw new Error(
      `A row of the table ${table} can't be read by this version of medusa-regional-payments ` +
        `(${z.prettifyError(parsed.error)}). Is the database newer than the plugin? Install the ` +
        `version that was used before`
    )
  }
  return parsed.data
}
