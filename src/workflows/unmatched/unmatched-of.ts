import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { PostgresUnmatchedPayments } from "../../modules/payment-journal/postgres-unmatched-payments"

/** The list of unmatched payments in the store's own database. */
export function unmatchedOf(container: MedusaContainer): PostgresUnmatchedPayments {
  return new PostgresUnmatchedPayments(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
}
