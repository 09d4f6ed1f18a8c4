import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validBody } from "../../payouts/valid-body"
import { mayWithPayments } from "../permissions"
import { AdminRecordRefundElsewhere } from "./validators"

export const refundsElsewhereMiddlewares: MiddlewareRoute[] = [
  {
    method: ["POST"],
    matcher: "/admin/gateway-payments/refunds-elsewhere",
    middlewares: [validBody(AdminRecordRefundElsewhere)],
    policies: mayWithPayments("refund"),
  },
]
