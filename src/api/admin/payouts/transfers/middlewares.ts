import { validateAndTransformQuery, type MiddlewareRoute } from "@medusajs/framework/http"
import { mayWithTransfers } from "../permissions"
import { personsOnly } from "../persons-only"
import { validBody } from "../valid-body"
import { idempotencyKey } from "./idempotency-key"
import {
  listTransferEventsConfig,
  listTransfersConfig,
  retrieveTransferConfig,
} from "./query-config"
import {
  AdminApprovePayoutTransfer,
  AdminCancelPayoutTransfer,
  AdminCreatePayoutTransfer,
  AdminExportPayoutTransfersParams,
  AdminGetPayoutTransferEventsParams,
  AdminGetPayoutTransferParams,
  AdminGetPayoutTransfersParams,
  AdminRejectPayoutTransfer,
  AdminResolvePayoutTransfer,
  AdminRetryPayoutTransfer,
} from "./validators"

const path = "/admin/payouts/transfers"

export const transferMiddlewares: MiddlewareRoute[] = [
  {
    method: ["GET"],
    matcher: path,
    middlewares: [validateAndTransformQuery(AdminGetPayoutTransfersParams, listTransfersConfig)],
    policies: mayWithTransfers("read"),
  },
  {
    method: ["POST"],
    matcher: path,
    middlewares: [idempotencyKey, validBody(AdminCreatePayoutTransfer)],
    policies: mayWithTransfers("create"),
  },
  {
    method: ["GET"],
    matcher: `${path}/export`,
    middlewares: [validateAndTransformQuery(AdminExportPayoutTransfersParams, {})],
    policies: mayWithTransfers("read"),
  },
  {
    method: ["GET"],
    matcher: `${path}/:id`,
    middlewares: [validateAndTransformQuery(AdminGetPayoutTransferParams, retrieveTransferConfig)],
    policies: mayWithTransfers("read"),
  },
  {
    method: ["GET"],
    matcher: `${path}/:id/events`,
    middlewares: [
      validateAndTransformQuery(AdminGetPayoutTransferEventsParams, listTransferEventsConfig),
    ],
    policies: mayWithTransfers("read"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/approve`,
    middlewares: [personsOnly, validBody(AdminApprovePayoutTransfer)],
    policies: mayWithTransfers("approve"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/reject`,
    middlewares: [validBody(AdminRejectPayoutTransfer)],
    policies: mayWithTransfers("approve"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/resolve`,
    middlewares: [personsOnly, validBody(AdminResolvePayoutTransfer)],
    policies: mayWithTransfers("approve"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/cancel`,
    middlewares: [validBody(AdminCancelPayoutTransfer)],
    policies: mayWithTransfers("update"),
  },
  { method: ["POST"], matcher: `${path}/:id/submit`, policies: mayWithTransfers("update") },
  { method: ["POST"], matcher: `${path}/:id/refresh`, policies: mayWithTransfers("update") },
  {
    method: ["POST"],
    matcher: `${path}/:id/retry`,
    middlewares: [idempotencyKey, validBody(AdminRetryPayoutTransfer)],
    policies: mayWithTransfers("create"),
  },
]
