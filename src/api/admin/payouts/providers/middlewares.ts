import type { MiddlewareRoute } from "@medusajs/framework/http"
import { mayWithTransfers } from "../permissions"

const path = "/admin/payouts/providers"

export const providerMiddlewares: MiddlewareRoute[] = [
  { method: ["GET"], matcher: path, policies: mayWithTransfers("read") },
  { method: ["GET"], matcher: `${path}/:id/balance`, policies: mayWithTransfers("read") },
]
