import { validateAndTransformQuery, type MiddlewareRoute } from "@medusajs/framework/http"
import { mayWithPayments } from "../permissions"
import { listWebhooksConfig, retrieveWebhookConfig } from "./query-config"
import { AdminGetWebhookParams, AdminGetWebhooksParams } from "./validators"

const path = "/admin/gateway-payments/webhooks"

export const webhookMiddlewares: MiddlewareRoute[] = [
  {
    method: ["GET"],
    matcher: path,
    middlewares: [validateAndTransformQuery(AdminGetWebhooksParams, listWebhooksConfig)],
    policies: mayWithPayments("read"),
  },
  {
    method: ["GET"],
    matcher: `${path}/:id`,
    middlewares: [validateAndTransformQuery(AdminGetWebhookParams, retrieveWebhookConfig)],
    policies: mayWithPayments("read"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/replay`,
    policies: mayWithPayments("replay"),
  },
]
