import { validateAndTransformQuery, type MiddlewareRoute } from "@medusajs/framework/http"
import { listWebhooksConfig, retrieveWebhookConfig } from "./query-config"
import { AdminGetWebhookParams, AdminGetWebhooksParams } from "./validators"

const path = "/admin/gateway-payments/webhooks"

export const webhookMiddlewares: MiddlewareRoute[] = [
  {
    method: ["GET"],
    matcher: path,
    middlewares: [validateAndTransformQuery(AdminGetWebhooksParams, listWebhooksConfig)],
  },
  {
    method: ["GET"],
    matcher: `${path}/:id`,
    middlewares: [validateAndTransformQuery(AdminGetWebhookParams, retrieveWebhookConfig)],
  },
]
