import { validateAndTransformQuery, type MiddlewareRoute } from "@medusajs/framework/http"
import { mayWithBeneficiaries } from "../permissions"
import { personsOnly } from "../persons-only"
import { validBody } from "../valid-body"
import { listBeneficiariesConfig, retrieveBeneficiaryConfig } from "./query-config"
import {
  AdminCreatePayoutBeneficiary,
  AdminDecidePayoutBeneficiary,
  AdminDisablePayoutBeneficiary,
  AdminGetPayoutBeneficiariesParams,
  AdminGetPayoutBeneficiaryParams,
  AdminUpdatePayoutBeneficiary,
} from "./validators"

const path = "/admin/payouts/beneficiaries"

export const beneficiaryMiddlewares: MiddlewareRoute[] = [
  {
    method: ["GET"],
    matcher: path,
    middlewares: [
      validateAndTransformQuery(AdminGetPayoutBeneficiariesParams, listBeneficiariesConfig),
    ],
    policies: mayWithBeneficiaries("read"),
  },
  {
    method: ["POST"],
    matcher: path,
    middlewares: [validBody(AdminCreatePayoutBeneficiary)],
    policies: mayWithBeneficiaries("create"),
  },
  {
    method: ["GET"],
    matcher: `${path}/:id`,
    middlewares: [
      validateAndTransformQuery(AdminGetPayoutBeneficiaryParams, retrieveBeneficiaryConfig),
    ],
    policies: mayWithBeneficiaries("read"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id`,
    middlewares: [validBody(AdminUpdatePayoutBeneficiary)],
    policies: mayWithBeneficiaries("update"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/disable`,
    middlewares: [validBody(AdminDisablePayoutBeneficiary)],
    policies: mayWithBeneficiaries("update"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/decide`,
    middlewares: [personsOnly, validBody(AdminDecidePayoutBeneficiary)],
    policies: mayWithBeneficiaries("update"),
  },
  {
    method: ["POST"],
    matcher: `${path}/:id/account`,
    middlewares: [personsOnly],
    policies: mayWithBeneficiaries("reveal"),
  },
]
