import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"
import type { z } from "@medusajs/framework/zod"
import { checked } from "../../../shared/checked"

/**
 * In place of Medusa's `validateAndTransformBody`, which repeats the value that is wrong: that can be an account or
 * an identity number here, and errors go to the log. This one names the field and what is wrong with it.
 */
export function validBody(schema: z.ZodType) {
  return (req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void => {
    const result = checked(schema, req.body ?? {}, "field")
    if (result.success) {
      req.validatedBody = result.data
      next()
      return
    }
    const faults = result.problems.map(({ path, message }) =>
      path === "" ? message : `${path}: ${message}`
    )
    next(
      new MedusaError(
        MedusaError.Types.INVALID_DATA,
        `This can't be accepted: ${faults.join("; ")}`
      )
    )
  }
}
