/** Without what is for the module alone: seals, fingerprints, leases. */
export const transferFields = [
  "id",
  "reference",
  "provider_id",
  "beneficiary_id",
  "beneficiary_version_id",
  "amount",
  "raw_amount",
  "currency_code",
  "purpose",
  "status",
  "reason",
  "gateway_id",
  "gateway_fee",
  "raw_gateway_fee",
  "idempotency_key",
  "created_by",
  "approved_by",
  "approved_at",
  "same_as_id",
  "retry_of_id",
  "import_id",
  "import_line",
  "submitted_at",
  "next_check_at",
  "checks",
  "not_found_since",
  "created_at",
  "updated_at",
]

export const retrieveTransferConfig = {
  defaults: transferFields,
  allowed: transferFields,
  isList: false,
}

export const listTransfersConfig = {
  defaults: transferFields,
  allowed: transferFields,
  defaultLimit: 20,
  isList: true,
}
