import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

/**
 * The header `Idempotency-Key` counts as the body's `idempotency_key`. It goes into the body, where the body's
 * own checks see it; two that differ are refused, because nobody can know which one was meant.
 */
export function idempotencyKey(
  req: MedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction
): void {
  const header = req.get("idempotency-key")
  const body: unknown = req.body
  if (header === undefined || typeof body !== "object" || body === null) {
    next()
    return
  }
  const given: unknown = Reflect.get(body, "idempotency_key")
  if (given !== undefined && given !== header) {
    next(
      new MedusaError(
        MedusaError.Types.INVALID_DATA,
        "The header Idempotency-Key and the body's idempotency_key differ; send one of them"
      )
    )
    return
  }
  req.body = { ...body, idempotency_key: header }
  next()
}
