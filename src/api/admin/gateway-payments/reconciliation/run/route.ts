import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { errorMessage } from "../../../../../shared/errors"
import { startReconciliation } from "../../../../../workflows/reconciliation/reconcile-payments"

/**
 * Starts a run now, on this instance, for what is due; `GET .../reconciliation` returns its result. Another
 * run may be at work at the same time: no payment is asked about twice.
 */
export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const { id, ended } = await startReconciliation(req.scope)
  ended.catch((error: unknown) => {
    const reason = errorMessage(error)
    req.scope
      .resolve(ContainerRegistrationKeys.LOGGER)
      .error(`The reconciliation ${id} broke off: ${reason}`)
  })
  res.status(202).json({ run: { id } })
}
