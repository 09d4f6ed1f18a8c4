import { createFindParams } from "@medusajs/medusa/api/utils/validators"
import { transferFilters } from "../transfers/filters"

const { status: _, ...filters } = transferFilters

/** As the list of transfers; what waits longest comes first, because it expires first. */
export const AdminGetPayoutApprovalsParams = createFindParams({
  limit: 20,
  offset: 0,
  order: "created_at",
}).extend(filters)
