import { z } from "@medusajs/framework/zod"
import { transferStates } from "../../../../modules/payout/transfer-state"
import { oneOrMore } from "../../one-or-more"
import { timeRange } from "../dates"

/** Of the list, the totals and the export alike; `q` looks in the reference, the purpose and the gateway's id. */
export const transferFilters = {
  q: z.string().optional(),
  id: oneOrMore(z.string()),
  reference: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  beneficiary_id: oneOrMore(z.string()),
  status: oneOrMore(z.enum(transferStates)),
  currency_code: oneOrMore(z.string().toLowerCase()),
  gateway_id: oneOrMore(z.string()),
  idempotency_key: oneOrMore(z.string()),
  import_id: oneOrMore(z.string()),
  retry_of_id: oneOrMore(z.string()),
  created_by: oneOrMore(z.string()),
  approved_by: oneOrMore(z.string()),
  created_at: timeRange,
  updated_at: timeRange,
}
