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
