import { z } from "@medusajs/framework/zod"
import { createFindParams, createSelectParams } from "@medusajs/medusa/api/utils/validators"
import { beneficiaryKinds, beneficiaryStatuses } from "../../../../modules/payout/beneficiary"
import { nameLine, oneLine, phoneLine } from "../../../../modules/payout/one-line"
import { oneOrMore } from "../../one-or-more"
import { timeRange } from "../dates"

/**
 * @schema AdminPayoutBeneficiaryFilters
 * type: object
 * properties:
 *   q:
 *     type: string
 *     description: Words to look for in the name, the e-mail and the shop's name.
 *   id:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   provider_id:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   status:
 *     oneOf:
 *       - type: string
 *         enum:
 *           - pending
 *           - active
 *           - rejected
 *           - disabled
 *       - type: array
 *         items:
 *           type: string
 *           enum:
 *             - pending
 *             - active
 *             - rejected
 *             - disabled
 *   kind:
 *     oneOf:
 *       - type: string
 *         enum:
 *           - person
 *           - business
 *       - type: array
 *         items:
 *           type: string
 *           enum:
 *             - person
 *             - business
 *   email:
 *     oneOf:
 *       - type: string
 *       - type: array
 *         items:
 *           type: string
 *   created_at:
 *     $ref: "#/components/schemas/PayoutTimeRange"
 *   updated_at:
 *     $ref: "#/components/schemas/PayoutTimeRange"
 */

/** The filters of the list; `q` looks in the name, the e-mail and the shop's name. */
export const AdminGetPayoutBeneficiariesParams = createFindParams({
  limit: 20,
  offset: 0,
  order: "-created_at",
}).extend({
  q: z.string().optional(),
  id: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  status: oneOrMore(z.enum(beneficiaryStatuses)),
  kind: oneOrMore(z.enum(beneficiaryKinds)),
  email: oneOrMore(z.string()),
  created_at: timeRange,
  updated_at: timeRange,
})

export const AdminGetPayoutBeneficiaryParams = createSelectParams()

/** By the names of the provider's fields, which the module checks. */
const fields = z.record(oneLine(60), oneLine(500))

const contact = {
  email: z.email({ error: "must be an e-mail address" }).nullish(),
  phone: phoneLine(40).nullish(),
  shop_name: oneLine(200).nullish(),
}

/**
 * @schema AdminCreatePayoutBeneficiary
 * type: object
 * required:
 *   - provider_id
 *   - name
 *   - kind
 * properties:
 *   provider_id:
 *     type: string
 *   name:
 *     type: string
 *   kind:
 *     type: string
 *     enum:
 *       - person
 *       - business
 *   email:
 *     type: string
 *     nullable: true
 *   phone:
 *     type: string
 *     nullable: true
 *   shop_name:
 *     type: string
 *     nullable: true
 *   account:
 *     type: object
 *     additionalProperties:
 *       type: string
 *     description: By the names of the provider's `account_fields`.
 *   identity:
 *     type: object
 *     additionalProperties:
 *       type: string
 *     description: By the names of the provider's `identity_fields`; passed on and not kept.
 */
export const AdminCreatePayoutBeneficiary = z.strictObject({
  provider_id: oneLine(100),
  name: nameLine(200),
  kind: z.enum(beneficiaryKinds),
  ...contact,
  account: fields.optional(),
  identity: fields.optional(),
})

/**
 * @schema AdminUpdatePayoutBeneficiary
 * type: object
 * properties:
 *   name:
 *     type: string
 *   kind:
 *     type: string
 *     enum:
 *       - person
 *       - business
 *   email:
 *     type: string
 *     nullable: true
 *   phone:
 *     type: string
 *     nullable: true
 *   shop_name:
 *     type: string
 *     nullable: true
 *   account:
 *     type: object
 *     additionalProperties:
 *       type: string
 *     description: Takes the place of the whole old one.
 */
export const AdminUpdatePayoutBeneficiary = z
  .strictObject({
    name: nameLine(200).optional(),
    kind: z.enum(beneficiaryKinds).optional(),
    ...contact,
    account: fields.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, { error: "There is nothing to change" })

const note = z.string().trim().min(3).max(1_000)

/**
 * @schema AdminDisablePayoutBeneficiary
 * type: object
 * properties:
 *   reason:
 *     type: string
 */
export const AdminDisablePayoutBeneficiary = z.strictObject({ reason: note.optional() })

/**
 * @schema AdminDecidePayoutBeneficiary
 * type: object
 * required:
 *   - status
 *   - note
 * properties:
 *   status:
 *     type: string
 *     enum:
 *       - active
 *       - rejected
 *   account:
 *     type: object
 *     additionalProperties:
 *       type: string
 *     description: Only where it is active.
 *   note:
 *     type: string
 *     description: How it was found out.
 */
export const AdminDecidePayoutBeneficiary = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("active"), account: fields.optional(), note }),
  z.strictObject({ status: z.literal("rejected"), note }),
])

export type AdminCreatePayoutBeneficiaryType = z.infer<typeof AdminCreatePayoutBeneficiary>
export type AdminUpdatePayoutBeneficiaryType = z.infer<typeof AdminUpdatePayoutBeneficiary>
export type AdminDisablePayoutBeneficiaryType = z.infer<typeof AdminDisablePayoutBeneficiary>
export type AdminDecidePayoutBeneficiaryType = z.infer<typeof AdminDecidePayoutBeneficiary>
