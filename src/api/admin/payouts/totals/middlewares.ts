import { validateAndTransformQuery, type MiddlewareRoute } from "@medusajs/framework/http"
import { mayWithTransfers } from "../permissions"
import { AdminGetPayoutTotalsParams } from "./validators"

export const totalsMiddlewares: MiddlewareRoute[] = [
  {
    method: ["GET"],
    matcher: "/admin/payouts/totals",
    middlewares: [validateAndTransformQuery(AdminGetPayoutTotalsParams, {})],
    policies: mayWithTransfers("read"),
  },
]
