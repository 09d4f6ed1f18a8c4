import { validateAndTransformQuery, type MiddlewareRoute } from "@medusajs/framework/http"
import { mayWithTransfers } from "../permissions"
import { validBody } from "../valid-body"
import { listImportsConfig, retrieveImportConfig } from "./query-config"
import {
  AdminCheckPayoutImport,
  AdminCreatePayoutImport,
  AdminGetPayoutImportParams,
  AdminGetPayoutImportsParams,
} from "./validators"

const path = "/admin/payouts/imports"

/** A thousand lines with the longest purposes and keys that there may be; elsewhere Medusa's own limit stands. */
const bodyParser = { sizeLimit: "2mb" }

export const importMiddlewares: MiddlewareRoute[] = [
  {
    method: ["GET"],
    matcher: path,
    middlewares: [validateAndTransformQuery(AdminGetPayoutImportsParams, listImportsConfig)],
    policies: mayWithTransfers("read"),
  },
  {
    method: ["POST"],
    matcher: path,
    bodyParser,
    middlewares: [validBody(AdminCreatePayoutImport)],
    policies: mayWithTransfers("create"),
  },
  {
    method: ["POST"],
    matcher: `${path}/check`,
    bodyParser,
    middlewares: [validBody(AdminCheckPayoutImport)],
    policies: mayWithTransfers("create"),
  },
  {
    method: ["GET"],
    matcher: `${path}/:id`,
    middlewares: [validateAndTransformQuery(AdminGetPayoutImportParams, retrieveImportConfig)],
    policies: mayWithTransfers("read"),
  },
]
