import { z } from "@medusajs/framework/zod"
import {
  operationKinds,
  operationStates,
} from "../../../../modules/payment-journal/gateway-operation"
import { answerStates, gatewayOrderStates } from "../../../../modules/payment-journal/gateway-order"
import {
  exceptionKinds,
  exceptionStates,
} from "../../../../modules/payment-journal/repositories/exceptions"
import { webhookEventStates } from "../../../../modules/payment-journal/repositories/inbox"
import {
  linkProviderRefusals,
  linkRefusals,
} from "../../../../workflows/order-payments/link-choices"
import { refusalReasons } from "../../../../workflows/order-payments/possible-in-medusa"
import { time } from "../../read-rows"

/** What the routes about the gateway payments of an order answer. */

const exact = z.string().describe("Exact, in major units.")

export const PossibleOperation = z.object({
  extent: z
    .enum(["part", "whole", "repeat", "none"])
    .describe(
      "`part`: any amount up to `amount`. `whole`: `amount`, no less and no more. `repeat`: `amount` alone, because " +
        "the outcome of the same operation is not known: it is asked about first. `none`: see `reason`."
    ),
  is_once: z.boolean().describe("One time only, whatever the amount."),
  amount: exact.nullable(),
  amount_in_medusa: exact
    .nullable()
    .describe("What Medusa's own route is sent for `amount`: its totals can have more decimals."),
  reason: z.enum(refusalReasons).nullable(),
  operation: z
    .object({ reference: z.string(), kind: z.enum(operationKinds), amount: exact })
    .nullable()
    .describe("The one that is under way, or whose outcome is not known."),
  without_sending: z
    .array(exact)
    .describe(
      "Other amounts that Medusa can book without anything being sent: they were moved already."
    ),
})

export const NextActionShown = z.discriminatedUnion("type", [
  z.object({ type: z.literal("redirect"), url: z.string() }),
  z.object({ type: z.literal("qr_code"), value: z.string(), expires_at: time.nullable() }),
  z.object({ type: z.literal("pay_code"), code: z.string(), expires_at: time.nullable() }),
  z.object({ type: z.literal("post_form") }),
  z.object({ type: z.literal("shopper_code") }),
])

export const OrderGatewayPayment = z.object({
  provider_id: z.string(),
  title: z
    .string()
    .nullable()
    .describe("The gateway's name; null where the provider is not in the shop's config any more."),
  reference: z.string().describe("Ours; what the gateway knows the payment by."),
  gateway_id: z.string().nullable().describe("The gateway's own ID of it."),
  state: z.enum(gatewayOrderStates),
  raw_status: z.string().nullable().describe("The last status, as the gateway wrote it."),
  asked_at: time.nullable().describe("When the gateway last answered about it."),
  currency_code: z.string(),
  created_at: time,
  expires_at: time.nullable(),
  is_current: z.boolean().describe("Medusa has a session or a payment for it."),
  ordered: exact,
  received: exact,
  captured: exact,
  refunded: exact,
  missing: exact.nullable().describe("What was ordered and did not come, where something came."),
  surplus: exact.nullable().describe("What came on top of what was ordered."),
  refund: PossibleOperation.nullable(),
  capture: PossibleOperation.nullable(),
  void: PossibleOperation.nullable().describe("Medusa voids a payment by canceling its order."),
  next_action: NextActionShown.nullable().describe("How it can be paid, while it is not."),
  payment_id: z.string().nullable().describe("Medusa's own payment."),
  payment_canceled: z.boolean(),
  refunds_elsewhere: z.array(
    z.object({
      reference: z.string(),
      amount: exact,
      is_booked: z.boolean().describe("A refund of Medusa's has taken it up."),
    })
  ),
  exceptions: z
    .array(
      z.object({
        id: z.string(),
        kind: z.enum(exceptionKinds),
        amount: exact,
        currency_code: z.string(),
      })
    )
    .describe("Open payment exceptions about it."),
})

const entry = {
  id: z.string(),
  at: time,
  reference: z.string().nullable().describe("Of the payment that it is about."),
}

export const PaymentTimelineEntry = z.discriminatedUnion("type", [
  z.object({ ...entry, type: z.literal("opened"), amount: exact, currency_code: z.string() }),
  z.object({
    ...entry,
    type: z.literal("message"),
    raw_status: z.string(),
    state: z.enum(webhookEventStates),
    is_proven: z.boolean(),
    outcome: z.string().nullable(),
    error: z.string().nullable(),
  }),
  z.object({
    ...entry,
    type: z.literal("question"),
    state: z.enum(answerStates),
    raw_status: z.string().nullable(),
    times: z.int().describe("How often in a row the gateway answered so; `at` is the last time."),
    first_at: time,
  }),
  z.object({
    ...entry,
    type: z.literal("operation"),
    kind: z.enum(operationKinds),
    state: z.enum(operationStates),
    operation_reference: z.string(),
    amount: exact,
    currency_code: z.string(),
    made_elsewhere: z.boolean(),
    gateway_code: z.string().nullable(),
    gateway_message: z.string().nullable(),
  }),
  z.object({
    ...entry,
    type: z.literal("money"),
    amount: exact,
    currency_code: z.string(),
    gateway_id: z.string(),
  }),
  z.object({
    ...entry,
    type: z.literal("exception"),
    exception_id: z.string(),
    kind: z.enum(exceptionKinds),
    state: z.enum(exceptionStates),
    amount: exact,
    currency_code: z.string(),
  }),
  z.object({
    ...entry,
    type: z.literal("action"),
    action: z.string(),
    actor: z.string().describe("An admin's ID, or `system`."),
    actor_name: z.string().nullable(),
    note: z.string().nullable(),
  }),
])

export const OrderGatewayPayments = z.object({
  order_id: z.string(),
  status: z.string(),
  currency_code: z.string(),
  total: exact,
  due: exact.describe("What is neither paid nor reserved."),
  reserved: exact,
  owed: exact.describe(
    "What the shop has to give back: more was paid than the order costs by now."
  ),
  payments: z.array(OrderGatewayPayment),
  links: z.object({
    reason: z.enum(linkRefusals).nullable().describe("Why no link can be made for the order."),
    providers: z.array(
      z.object({
        provider_id: z.string(),
        title: z.string(),
        reason: z.enum(linkProviderRefusals).nullable(),
        detail: z.string().nullable(),
      })
    ),
  }),
  timeline: z.array(PaymentTimelineEntry).describe("Newest first."),
})

export const PaymentCheck = z.object({
  is_asked: z
    .boolean()
    .describe(
      "False where the gateway was asked less than two seconds ago: the last answer has to do."
    ),
  state: z.string(),
})

export const OrderPaymentLink = z.object({
  url: z.string(),
  session_id: z.string(),
  reference: z.string(),
  amount: exact,
})

/** As the pages of the dashboard read it. */
export type OrderPaymentsAnswer = { order_payments: z.infer<typeof OrderGatewayPayments> }
export type CheckAnswer = OrderPaymentsAnswer & { check: z.infer<typeof PaymentCheck> }
export type PaymentLinkAnswer = OrderPaymentsAnswer & {
  payment_link: z.infer<typeof OrderPaymentLink>
}
