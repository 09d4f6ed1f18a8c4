import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaResponse,
} from "@medusajs/framework/http"
import { MedusaError } from "@medusajs/framework/utils"

/**
 * A second person is a person: whoever makes transfers can hold a secret API key too, and would approve his own
 * with it. So what needs somebody's word, or shows an account, needs a login.
 */
export function personsOnly(
  req: AuthenticatedMedusaRequest,
  _res: MedusaResponse,
  next: MedusaNextFunction
): void {
  if (req.auth_context.actor_type === "user") {
    next()
    return
  }
  next(
    new MedusaError(
      MedusaError.Types.FORBIDDEN,
      "This needs a person: log in as an admin. A secret API key can't approve, settle or reveal anything"
    )
  )
}
