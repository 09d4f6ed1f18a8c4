import type { MiddlewareRoute } from "@medusajs/framework/http"
import { mayWithPayments } from "../permissions"

const path = "/admin/gateway-payments/reconciliation"

export const reconciliationMiddlewares: MiddlewareRoute[] = [
  { method: ["GET"], matcher: path, policies: mayWithPayments("read") },
  { method: ["POST"], matcher: `${path}/run`, policies: mayWithPayments("reconcile") },
]
