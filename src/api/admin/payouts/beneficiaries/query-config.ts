/**
 * @schema PayoutBeneficiary
 * type: object
 * properties:
 *   id:
 *     type: string
 *   provider_id:
 *     type: string
 *   status:
 *     type: string
 *     enum:
 *       - pending
 *       - active
 *       - rejected
 *       - disabled
 *   version:
 *     type: integer
 *     description: From 1; each change makes the next.
 *   version_id:
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
 *   account_hint:
 *     type: string
 *     nullable: true
 *     description: The account's last places.
 *   identity_hints:
 *     type: object
 *     additionalProperties:
 *       type: string
 *     description: The last places of what was passed on once, by name.
 *   reason:
 *     type: string
 *     nullable: true
 *     description: Why it has its status.
 *   created_by:
 *     type: string
 *     description: The admin's ID; of a secret API key, who made the key.
 *   edited_by:
 *     type: string
 *     description: Likewise, for the newest version.
 *   created_at:
 *     type: string
 *     format: date-time
 *   updated_at:
 *     type: string
 *     format: date-time
 */

/**
 * All there is to see: the account by its last places, what was passed on once by its last places. The sealed
 * account is in another table, which no field leads to.
 */
export const beneficiaryFields = [
  "id",
  "provider_id",
  "status",
  "version",
  "version_id",
  "name",
  "kind",
  "email",
  "phone",
  "shop_name",
  "account_hint",
  "identity_hints",
  "reason",
  "created_by",
  "edited_by",
  "created_at",
  "updated_at",
]

export const retrieveBeneficiaryConfig = {
  defaults: beneficiaryFields,
  allowed: beneficiaryFields,
  isList: false,
}

export const listBeneficiariesConfig = {
  defaults: beneficiaryFields,
  allowed: beneficiaryFields,
  defaultLimit: 20,
  isList: true,
}
