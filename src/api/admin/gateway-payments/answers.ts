import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { z } from "@medusajs/framework/zod"
import {
  exceptionKinds,
  exceptionStates,
} from "../../../modules/payment-journal/repositories/exceptions"
import { webhookEventStates } from "../../../modules/payment-journal/repositories/inbox"
import { exceptionsOf } from "../../../workflows/exceptions/announce-exception"
import { fieldsOf, rawAmount, retrieveRow, time } from "../read-rows"

/** What the routes of gateway payments answer: for each thing its schema, then what reads it. */

const amount = z.number().describe("In major units; the `raw_` value beside it is exact.")

export const PaymentException = z.object({
  id: z.string(),
  provider_id: z.string(),
  reference: z.string().describe("Ours; what the gateway knows the payment by."),
  gateway_id: z.string().nullable().describe("The gateway's own ID of it."),
  kind: z.enum(exceptionKinds).describe("Why it is listed."),
  amount,
  raw_amount: rawAmount,
  currency_code: z.string(),
  received_amount: amount,
  raw_received_amount: rawAmount,
  expected_amount: amount,
  raw_expected_amount: rawAmount,
  expected_currency_code: z.string(),
  cart_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  session_id: z.string(),
  order_id: z
    .string()
    .nullable()
    .describe("The order that it was attached to, or whose money is due."),
  payment_id: z.string().nullable().describe("Medusa's payment, where it has one."),
  state: z.enum(exceptionStates),
  note: z.string().nullable(),
  settled_by: z.string().nullable(),
  settled_at: time.nullable(),
  created_at: time,
  updated_at: time,
})

export const GatewayAuditLine = z.object({
  id: z.string(),
  subject_id: z.string(),
  actor: z.string().describe("An admin's ID, or `system`."),
  action: z.string(),
  note: z.string().nullable(),
  created_at: time,
})

export const PaymentExceptionDetail = PaymentException.extend({
  audit_lines: z.array(GatewayAuditLine),
})

const exceptionFields = fieldsOf(PaymentException)

export const retrieveExceptionConfig = { defaults: exceptionFields, isList: false }
export const listExceptionsConfig = { defaults: exceptionFields, defaultLimit: 20, isList: true }

/** A payment exception with all that was done about it. */
export async function exceptionAnswer(
  container: MedusaContainer,
  id: string,
  fields = exceptionFields
) {
  const what = { entity: "payment_exception", what: "payment exception", id, fields }
  const row = await retrieveRow(container, what)
  return {
    payment_exception: { ...row, audit_lines: await exceptionsOf(container).linesOf(id) },
  }
}

/** The handler of a route that does something to the payment exception in its path and answers with it. */
export function onException<Body extends object>(
  act: (container: MedusaContainer, input: Body & { id: string; actor: string }) => Promise<unknown>
) {
  return async (req: AuthenticatedMedusaRequest<Body>, res: MedusaResponse): Promise<void> => {
    const id = String(req.params.id)
    await act(req.scope, { ...req.validatedBody, id, actor: req.auth_context.actor_id })
    res.json(await exceptionAnswer(req.scope, id))
  }
}

export const Webhook = z.object({
  id: z.string(),
  provider_id: z.string(),
  event_key: z.string().nullable().describe("The gateway's own ID of the event, if proven."),
  reference: z.string(),
  session_id: z.string().nullable(),
  raw_status: z.string().describe("The status, as the gateway wrote it."),
  gateway_id: z.string().nullable(),
  is_later: z.boolean(),
  claimed_amount: z.string().nullable(),
  currency_code: z.string().nullable(),
  state: z.enum(webhookEventStates),
  attempts: z.int(),
  next_try_at: time,
  outcome: z.string().nullable(),
  error: z.string().nullable(),
  created_at: time,
  updated_at: time,
})

/** Only the detail shows the body. */
export const WebhookDetail = Webhook.extend({
  body: z.unknown().describe("Masked; null once the shop's retention time is over."),
})

export const listWebhooksConfig = {
  defaults: fieldsOf(Webhook),
  defaultLimit: 20,
  isList: true,
}
export const retrieveWebhookConfig = { defaults: fieldsOf(WebhookDetail), isList: false }

/** What a gateway sent, masked, and what became of it. */
export async function webhookAnswer(
  container: MedusaContainer,
  id: string,
  fields = retrieveWebhookConfig.defaults
) {
  return {
    webhook: await retrieveRow(container, { entity: "webhook_event", what: "webhook", id, fields }),
  }
}

const RunRow = z.object({
  id: z.string(),
  started_at: time,
  ended_at: time.nullable(),
  checked: z.int(),
  settled: z.int(),
  failed: z.int(),
  unmatched: z.int(),
  chargebacks: z.int(),
  errors: z.int(),
  given_up: z.int(),
  error: z.string().nullable(),
})

export const ReconciliationRun = RunRow.extend({ duration_ms: z.number().nullable() })

export const runFields = fieldsOf(RunRow)

export const RefundElsewhere = z.object({
  id: z.string(),
  reference: z.string(),
  payment_id: z.string(),
  amount: z.string().describe("Exact, in major units."),
  currency_code: z.string(),
  note: z.string(),
  recorded_by: z.string(),
})
