import { generateEntityId } from "@medusajs/framework/utils"
import { payoutReference } from "../../../modules/payout/domain/transfer"

/** As the payout module makes them: of a ULID of now. */
export function newReference(): string {
  return payoutReference(generateEntityId(undefined, "x").slice("x_".length))
}
