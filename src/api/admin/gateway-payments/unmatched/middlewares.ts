import {
  validateAndTransformBody,
  validateAndTransformQuery,
  type MiddlewareRoute,
} from "@medusajs/framework/http"
import { listUnmatchedConfig, retrieveUnmatchedConfig } from "./query-config"
import {
  AdminAttachUnmatched,
  AdminCloseUnmatched,
  AdminGetUnmatchedOneParams,
  AdminGetUnmatchedParams,
  AdminRefundUnmatched,
} from "./validators"

const path = "/admin/gateway-payments/unmatched"

export const unmatchedMiddlewares: MiddlewareRoute[] = [
  {
    method: ["GET"],
    matcher: path,
    middlewares: [validateAndTransformQuery(AdminGetUnmatchedParams, listUnmatchedConfig)],
  },
  {
    method: ["GET"],
    matcher: `${path}/:id`,
    middlewares: [validateAndTransformQuery(AdminGetUnmatchedOneParams, retrieveUnmatchedConfig)],
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/refund`,
    middlewares: [validateAndTransformBody(AdminRefundUnmatched)],
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/attach`,
    middlewares: [validateAndTransformBody(AdminAttachUnmatched)],
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/close`,
    middlewares: [validateAndTransformBody(AdminCloseUnmatched)],
  },
]
