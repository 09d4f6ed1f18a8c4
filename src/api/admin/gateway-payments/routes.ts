import { z } from "@medusajs/framework/zod"
import type { AdminRoute } from "../admin-route"
import { pageOf } from "../read-rows"
import * as answers from "./answers"
import * as validators from "./validators"

const base = "/admin/gateway-payments"

type Operation = "read" | "refund" | "attach" | "close" | "replay" | "reconcile"

function allowed(operation: Operation): AdminRoute["policies"] {
  return [{ resource: "gateway_payment", operation }]
}

const oneUnmatched = z.object({ unmatched_payment: answers.UnmatchedPaymentDetail })
const oneWebhook = z.object({ webhook: answers.WebhookDetail })

export const gatewayPaymentRoutes: readonly AdminRoute[] = [
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
    method: "POST",
    path: `${base}/reconciliation/run`,
    policies: allowed("reconcile"),
    summary: "Start a Reconciliation",
    description:
      "Starts a run now, on this instance, for what is due; `GET /admin/gateway-payments/reconciliation` tells what it " +
      "came to. Another run may be at work at the same time: no payment is asked about twice.",
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
    path: `${base}/unmatched`,
    policies: allowed("read"),
    summary: "List Unmatched Payments",
    description: "Money that no order stands for, and refunds that are due.",
    query: validators.AdminGetUnmatchedParams,
    queryConfig: answers.listUnmatchedConfig,
    answer: pageOf("unmatched_payments", answers.UnmatchedPayment),
  },
  {
    method: "GET",
    path: `${base}/unmatched/:id`,
    policies: allowed("read"),
    summary: "Get an Unmatched Payment",
    description: "One unmatched payment, with its audit lines.",
    query: validators.AdminGetGatewayPaymentParams,
    queryConfig: answers.retrieveUnmatchedConfig,
    answer: oneUnmatched,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/unmatched/:id/refund`,
    policies: allowed("refund"),
    summary: "Refund an Unmatched Payment",
    description: "Gives an unmatched payment back through its gateway.",
    body: validators.AdminRefundUnmatched,
    answer: oneUnmatched,
    errors: [404],
  },
  {
    method: "POST",
    path: `${base}/unmatched/:id/attach`,
    policies: allowed("attach"),
    summary: "Attach an Unmatched Payment",
    description: "Makes an unmatched payment a payment of an order.",
    body: validators.AdminAttachUnmatched,
    answer: oneUnmatched,
    errors: [404, 422],
  },
  {
    method: "POST",
    path: `${base}/unmatched/:id/close`,
    policies: allowed("close"),
    summary: "Close an Unmatched Payment",
    description: "Closes an unmatched payment: nothing is left to do.",
    body: validators.AdminCloseUnmatched,
    answer: oneUnmatched,
    errors: [404],
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
    description: "One message of a gateway's, with its body while it is kept.",
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
]
