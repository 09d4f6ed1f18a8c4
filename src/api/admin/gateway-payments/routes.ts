import { z } from "@medusajs/framework/zod"
import type { AdminRoute } from "../admin-route"
import { pageOf } from "../read-rows"
import * as answers from "./answers"
import { customerDataRoutes } from "./customers/routes"
import * as exceptionAnswers from "./exception-answers"
import { orderPaymentRoutes } from "./orders/routes"
import * as paymentAnswers from "./payment-answers"
import * as paymentFilters from "./payment-filters"
import { GatewayProvider } from "./provider-answers"
import * as validators from "./validators"

const base = "/admin/gateway-payments"

type Operation = "check" | "read" | "take" | "refund" | "attach" | "close" | "replay" | "reconcile"

function allowed(operation: Operation): AdminRoute["policies"] {
  return [{ resource: "gateway_payment", operation }]
}

const oneException = z.object({ payment_exception: exceptionAnswers.PaymentExceptionDetail })
const oneProvider = z.object({ provider: GatewayProvider })
const oneWebhook = z.object({ webhook: answers.WebhookDetail })

export const gatewayPaymentRoutes: readonly AdminRoute[] = [
  {
    method: "GET",
    path: `${base}/providers`,
    policies: allowed("read"),
    summary: "List the Configured Providers",
    description:
      "Each provider of this package in the shop's config: which account it talks to, the addresses to give to its " +
      "gateway, how it fares, where it is enabled, and what is still missing. Nothing secret.",
    answer: z.object({ providers: z.array(GatewayProvider), count: z.int() }),
  },
  {
    method: "GET",
    path: `${base}/providers/:id`,
    policies: allowed("read"),
    summary: "Get a Configured Provider",
    description: "One of them, by Medusa's ID such as `pp_mocasa_mocasa`.",
    answer: oneProvider,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/providers/:id/check`,
    policies: allowed("check"),
    summary: "Check a Provider's Credentials",
    description:
      "Asks the gateway whether it knows the shop, by a call that moves no money: about an order that can't exist. The " +
      "outcome is kept with its time. It answers 200 whatever the gateway said, or said nothing.",
    answer: oneProvider,
    errors: [404],
  },
  {
    method: "GET",
    path: `${base}/health`,
    policies: allowed("read"),
    summary: "Get the Health of the Payments' Work",
    description:
      "Whether servers keep up with what they do by themselves: 200 where they do, 503 where something was left lying, " +
      "with the same answer. A monitor asks with a secret API key.",
    answer: z.object({ health: answers.Health }),
    otherStatus: 503,
  },
  {
    method: "GET",
    path: `${base}/reconciliation`,
    policies: allowed("read"),
    summary: "Get the Last Reconciliation",
    description:
      "The last run of the reconciliation on any instance of the shop, null before the first one. `ended_at` and " +
      "`duration_ms` are null while it is at work, and stay so where its server died; what it had taken over is due " +
      "again later.",
    answer: z.object({ last_run: answers.ReconciliationRun.nullable() }),
  },
  {
    method: "GET",
    path: `${base}/reconciliation/runs`,
    policies: allowed("read"),
    summary: "List Reconciliations",
    description:
      "The runs of the last thirty days that had something to do, and the last one, newest first. The counts of a run " +
      "that is at work grow while it works.",
    query: validators.AdminGetReconciliationRunsParams,
    queryConfig: answers.listRunsConfig,
    answer: pageOf("runs", answers.ReconciliationRun),
  },
  {
    method: "POST",
    path: `${base}/reconciliation/run`,
    policies: allowed("reconcile"),
    summary: "Start a Reconciliation",
    description:
      "Starts a run now, on this instance, for what is due; `GET /admin/gateway-payments/reconciliation` returns its " +
      "result. Another run may be at work at the same time: no payment is asked about twice.",
    answer: z.object({ run: z.object({ id: z.string() }) }),
    status: 202,
  },
  {
    method: "POST",
    path: `${base}/refunds-elsewhere`,
    policies: allowed("refund"),
    summary: "Record a Refund Made Elsewhere",
    description:
      "Records that a payment's money was given back another way; its refund in Medusa then sends nothing.",
    body: validators.AdminRecordRefundElsewhere,
    answer: z.object({ refund_elsewhere: answers.RefundElsewhere }),
    errors: [404],
  },
  {
    method: "GET",
    path: `${base}/exceptions`,
    policies: allowed("read"),
    summary: "List Payment Exceptions",
    description:
      "Money that no order stands for, and refunds that are due: whose it is, and who is at it.",
    query: validators.AdminGetExceptionsParams,
    queryConfig: exceptionAnswers.listExceptionsConfig,
    answer: pageOf("payment_exceptions", exceptionAnswers.PaymentException),
  },
  {
    method: "GET",
    path: `${base}/exceptions/export`,
    policies: allowed("read"),
    summary: "Export Payment Exceptions",
    description:
      "What the list's filters let through, as a CSV file, oldest first: what was decided, by whom and why. Amounts are " +
      "exact, people have their names, and no cell is a formula.",
    query: validators.AdminExportExceptionsParams,
    answer: "csv",
  },
  {
    method: "GET",
    path: `${base}/exceptions/:id`,
    policies: allowed("read"),
    summary: "Get a Payment Exception",
    description:
      "One payment exception with all that is needed to decide about it: what was ordered, what came, what can be done " +
      "now or why not, and what was done by whom.",
    query: validators.AdminGetGatewayPaymentParams,
    queryConfig: exceptionAnswers.retrieveExceptionConfig,
    answer: oneException,
    errors: [404],
  },
  {
    method: "GET",
    path: `${base}/exceptions/:id/orders`,
    policies: allowed("attach"),
    summary: "Find Orders to Attach To",
    description:
      "Orders that a payment exception may pay for, with what is due on each, those that it fits first. Without words " +
      "it is the orders of the entry's customer.",
    query: validators.AdminGetOrdersToAttachParams,
    answer: z.object({
      orders: z.array(exceptionAnswers.OrderToAttach),
      amount: z.string().describe("What would be attached; exact, in major units."),
      currency_code: z.string(),
    }),
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/exceptions/:id/take`,
    policies: allowed("take"),
    summary: "Take a Payment Exception",
    description:
      "Whoever asks is at it from now on: for a quarter of an hour, counted anew each time, nobody else can decide about " +
      "it, and they are answered with 409 and the name. Once that has passed anybody can take it over.",
    answer: oneException,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/exceptions/:id/release`,
    policies: allowed("take"),
    summary: "Release a Payment Exception",
    description: "Leaves a payment exception to others; nothing where somebody else has it by now.",
    answer: oneException,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/exceptions/:id/refund`,
    policies: allowed("refund"),
    summary: "Refund a Payment Exception",
    description:
      "Gives a payment exception back through its gateway, unless somebody else is at it.",
    body: validators.AdminRefundException,
    answer: oneException,
    errors: [404, 409],
  },
  {
    method: "POST",
    path: `${base}/exceptions/:id/attach`,
    policies: allowed("attach"),
    summary: "Attach a Payment Exception",
    description: "Makes a payment exception a payment of an order, unless somebody else is at it.",
    body: validators.AdminAttachException,
    answer: oneException,
    errors: [404, 409, 422],
  },
  {
    method: "POST",
    path: `${base}/exceptions/:id/close`,
    policies: allowed("close"),
    summary: "Close a Payment Exception",
    description:
      "Closes a payment exception: nothing is left to do. Not while somebody else is at it.",
    body: validators.AdminCloseException,
    answer: oneException,
    errors: [404, 409],
  },
  {
    method: "GET",
    path: `${base}/webhooks`,
    policies: allowed("read"),
    summary: "List Webhooks",
    description: "What gateways sent; with `state=dead`, what was given up and waits for a person.",
    query: validators.AdminGetWebhooksParams,
    queryConfig: answers.listWebhooksConfig,
    answer: pageOf("webhooks", answers.Webhook),
  },
  {
    method: "GET",
    path: `${base}/webhooks/:id`,
    policies: allowed("read"),
    summary: "Get a Webhook",
    description:
      "One message of a gateway's, with its body while it is kept, and who had it tried again.",
    query: validators.AdminGetGatewayPaymentParams,
    queryConfig: answers.retrieveWebhookConfig,
    answer: oneWebhook,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/webhooks/:id/replay`,
    policies: allowed("replay"),
    summary: "Replay a Webhook",
    description: "Has a message that was given up worked on again, at once.",
    answer: oneWebhook,
    errors: [404],
  },
  {
    method: "GET",
    path: base,
    policies: allowed("read"),
    summary: "List Gateway Payments",
    description:
      "All orders that were opened at gateways, whatever became of them: what was ordered, what came and what went " +
      "back, whose it is, and the shop's order where there is one.",
    query: paymentFilters.AdminGetGatewayPaymentsParams,
    queryConfig: paymentAnswers.listPaymentsConfig,
    answer: pageOf("gateway_payments", paymentAnswers.GatewayPayment),
  },
  {
    method: "GET",
    path: `${base}/totals`,
    policies: allowed("read"),
    summary: "Get Totals of Gateway Payments",
    description:
      "What the list's filters let through, added up by gateway and currency. What came in another currency than was " +
      "ordered is a line of its own.",
    query: paymentFilters.AdminFilterGatewayPaymentsParams,
    answer: z.object({ totals: z.array(paymentAnswers.GatewayPaymentTotal) }),
  },
  {
    method: "GET",
    path: `${base}/money-in`,
    policies: allowed("read"),
    summary: "Get Money In by Day",
    description:
      "What gateways proved to have taken, by the day on which they did, gateway and currency; a reservation counts on " +
      "the day of its capture, and nothing that was given back is taken off. Filtered as the list is, but that " +
      "`created_at` bounds when the money came. At most 366 days, the last ones.",
    query: paymentFilters.AdminGetGatewayMoneyInParams,
    answer: z.object({ money_in: paymentAnswers.GatewayMoneyIn }),
  },
  {
    method: "GET",
    path: `${base}/export`,
    policies: allowed("read"),
    summary: "Export Gateway Payments",
    description:
      "What the list's filters let through, as a CSV file, oldest first. Amounts are exact, and no cell is a formula.",
    query: paymentFilters.AdminFilterGatewayPaymentsParams,
    answer: "csv",
  },
  {
    method: "GET",
    path: `${base}/:id`,
    policies: allowed("read"),
    summary: "Get a Gateway Payment",
    description:
      "One order that was opened at a gateway, with all that happened to it: messages, questions, operations, money, and " +
      "what people did.",
    answer: z.object({ gateway_payment: paymentAnswers.GatewayPaymentDetail }),
    errors: [404],
  },
  ...orderPaymentRoutes,
  ...customerDataRoutes,
]
