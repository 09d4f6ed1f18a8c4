import { z } from "@medusajs/framework/zod"
import {
  createFindParams,
  createOperatorMap,
  createSelectParams,
} from "@medusajs/medusa/api/utils/validators"
import {
  unmatchedKinds,
  unmatchedStates,
} from "../../../../modules/payment-journal/unmatched-payment"
import { oneOrMore } from "../../one-or-more"

/** The filters of the list; `q` looks in the references, the cart and the order. */
export const AdminGetUnmatchedParams = createFindParams({
  limit: 20,
  offset: 0,
  order: "-created_at",
}).extend({
  q: z.string().optional(),
  id: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  reference: oneOrMore(z.string()),
  kind: oneOrMore(z.enum(unmatchedKinds)),
  state: oneOrMore(z.enum(unmatchedStates)),
  cart_id: oneOrMore(z.string()),
  customer_id: oneOrMore(z.string()),
  order_id: oneOrMore(z.string()),
  created_at: createOperatorMap().optional(),
})

export const AdminGetUnmatchedOneParams = createSelectParams()

const note = z.string().trim().min(3).max(1_000)

export const AdminRefundUnmatched = z.object({ note: note.optional() }).strict()

export const AdminAttachUnmatched = z
  .object({ order_id: z.string().max(100), note: note.optional() })
  .strict()

export const AdminCloseUnmatched = z.object({ note }).strict()

export type AdminRefundUnmatchedType = z.infer<typeof AdminRefundUnmatched>
export type AdminAttachUnmatchedType = z.infer<typeof AdminAttachUnmatched>
export type AdminCloseUnmatchedType = z.infer<typeof AdminCloseUnmatched>
