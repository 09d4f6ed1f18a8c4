import { validateAndTransformBody, type MiddlewareRoute } from "@medusajs/framework/http"
import { AdminRecordRefundElsewhere } from "./validators"

export const refundsElsewhereMiddlewares: MiddlewareRoute[] = [
  {
    method: ["POST"],
    matcher: "/admin/gateway-payments/refunds-elsewhere",
    middlewares: [validateAndTransformBody(AdminRecordRefundElsewhere)],
  },
]
