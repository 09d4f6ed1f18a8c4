import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import type { z } from "@medusajs/framework/zod"

/**
 * In place of Medusa's `validateAndTransformBody`, which repeats the value that is wrong: that can be an account or
 * an identity number here, and errors go to the log. This one names the field and what is wrong with it.
 */
export function validBody(schema: z.ZodType) {
  return (req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void => {
    const { success, data, error } = schema.safeParse(req.body ?? {})
    if (success) {
      req.validatedBody = data
      next()
      return
    }
    const faults = error.issues.map(({ path, message }) =>
      path.length > 0 ? `${path.join(".")}: ${message}` : message
    )
    next(
      new MedusaError(
        MedusaError.Types.INVALID_DATA,
        `This can't be accepted: ${faults.join("; ")}`
      )
    )
  }
}
