import { z } from "@medusajs/framework/zod"
import {
  createFindParams,
  createOperatorMap,
  createSelectParams,
} from "@medusajs/medusa/api/utils/validators"
import {
  exceptionKinds,
  exceptionStates,
} from "../../../modules/payment-journal/repositories/exceptions"
import { webhookEventStates } from "../../../modules/payment-journal/repositories/inbox"
import { amountInput } from "../../../shared/amount-input"
import { oneOrMore, timeRange } from "../read-rows"

const newestFirst = { limit: 20, offset: 0, order: "-created_at" }

const exceptionFilters = {
  q: z
    .string()
    .max(200)
    .optional()
    .describe(
      "Words to look for in the references, the cart, the order and its number, and the customer's name and e-mail address."
    ),
  id: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  reference: oneOrMore(z.string()),
  kind: oneOrMore(z.enum(exceptionKinds)),
  state: oneOrMore(z.enum(exceptionStates)),
  cart_id: oneOrMore(z.string()),
  customer_id: oneOrMore(z.string()),
  order_id: oneOrMore(z.string()),
  taken_by: oneOrMore(z.string()).describe(
    "Who is at it: an admin's ID, or `me`, `others`, `nobody`."
  ),
  settled_by: oneOrMore(z.string()),
  created_at: timeRange,
  settled_at: timeRange,
}

export const AdminGetExceptionsParams = createFindParams(newestFirst).extend(exceptionFilters)

export const AdminExportExceptionsParams = z.object(exceptionFilters)

export const AdminGetOrdersToAttachParams = z.object({
  q: z
    .string()
    .max(200)
    .optional()
    .describe("An order's number, its e-mail address, or words of its customer's name."),
})

export const AdminGetReconciliationRunsParams = createFindParams({
  limit: 20,
  offset: 0,
  order: "-started_at",
}).extend({ id: oneOrMore(z.string()), started_at: timeRange })

export const AdminGetWebhooksParams = createFindParams(newestFirst).extend({
  id: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  reference: oneOrMore(z.string()),
  raw_status: oneOrMore(z.string()),
  state: oneOrMore(z.enum(webhookEventStates)),
  created_at: createOperatorMap().optional(),
})

export const AdminGetGatewayPaymentParams = createSelectParams()

const note = z.string().trim().min(3).max(1_000)

export const AdminRefundException = z.strictObject({ note: note.optional() })

export const AdminAttachException = z.strictObject({
  order_id: z.string().max(100),
  note: note.optional(),
})

export const AdminCloseException = z.strictObject({ note })

export const AdminRecordRefundElsewhere = z.strictObject({
  payment_id: z.string().max(100),
  amount: amountInput.describe(
    "In major units, as a text such as `1500.00`, or as a whole number."
  ),
  note: note.describe("How the money was given back; it stays with the payment."),
})

export type AdminRefundExceptionType = z.infer<typeof AdminRefundException>
export type AdminAttachExceptionType = z.infer<typeof AdminAttachException>
export type AdminCloseExceptionType = z.infer<typeof AdminCloseException>
export type AdminRecordRefundElsewhereType = z.infer<typeof AdminRecordRefundElsewhere>
