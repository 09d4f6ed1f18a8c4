import { validateAndTransformQuery, type MiddlewareRoute } from "@medusajs/framework/http"
import { mayWithTransfers } from "../permissions"
import { listTransfersConfig } from "../transfers/query-config"
import { AdminGetPayoutApprovalsParams } from "./validators"

export const approvalMiddlewares: MiddlewareRoute[] = [
  {
    method: ["GET"],
    matcher: "/admin/payouts/approvals",
    middlewares: [validateAndTransformQuery(AdminGetPayoutApprovalsParams, listTransfersConfig)],
    policies: mayWithTransfers("read"),
  },
]
