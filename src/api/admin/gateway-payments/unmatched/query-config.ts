const unmatchedFields = [
  "id",
  "provider_id",
  "reference",
  "gateway_id",
  "kind",
  "amount",
  "raw_amount",
  "currency_code",
  "received_amount",
  "raw_received_amount",
  "expected_amount",
  "raw_expected_amount",
  "expected_currency_code",
  "cart_id",
  "customer_id",
  "session_id",
  "order_id",
  "payment_id",
  "state",
  "note",
  "settled_by",
  "settled_at",
  "created_at",
  "updated_at",
]

export const retrieveUnmatchedConfig = { defaults: unmatchedFields, isList: false }

export const listUnmatchedConfig = { defaults: unmatchedFields, defaultLimit: 20, isList: true }
