import { z } from "@medusajs/framework/zod"
import { transferFilters } from "../transfers/filters"

export const AdminGetPayoutTotalsParams = z.object(transferFilters)
