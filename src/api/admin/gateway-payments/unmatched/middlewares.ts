import { validateAndTransformQuery, type MiddlewareRoute } from "@medusajs/framework/http"
import { validBody } from "../../payouts/valid-body"
import { mayWithPayments } from "../permissions"
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
    policies: mayWithPayments("read"),
  },
  {
    method: ["GET"],
    matcher: `${path}/:id`,
    middlewares: [validateAndTransformQuery(AdminGetUnmatchedOneParams, retrieveUnmatchedConfig)],
    policies: mayWithPayments("read"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/refund`,
    middlewares: [validBody(AdminRefundUnmatched)],
    policies: mayWithPayments("refund"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/attach`,
    middlewares: [validBody(AdminAttachUnmatched)],
    policies: mayWithPayments("attach"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/close`,
    middlewares: [validBody(AdminCloseUnmatched)],
    policies: mayWithPayments("close"),
  },
]
