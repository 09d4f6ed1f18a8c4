import type { MiddlewareRoute } from "@medusajs/framework/http"
import { approvalMiddlewares } from "./approvals/middlewares"
import { beneficiaryMiddlewares } from "./beneficiaries/middlewares"
import { importMiddlewares } from "./imports/middlewares"
import { providerMiddlewares } from "./providers/middlewares"
import { totalsMiddlewares } from "./totals/middlewares"
import { transferMiddlewares } from "./transfers/middlewares"

export const payoutMiddlewares: MiddlewareRoute[] = [
  ...providerMiddlewares,
  ...beneficiaryMiddlewares,
  ...transferMiddlewares,
  ...approvalMiddlewares,
  ...totalsMiddlewares,
  ...importMiddlewares,
]
