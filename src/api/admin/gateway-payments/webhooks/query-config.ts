/** Without the body, which only the detail shows. */
const eventFields = [
  "id",
  "provider_id",
  "event_key",
  "reference",
  "session_id",
  "word",
  "gateway_id",
  "is_later",
  "claimed_amount",
  "currency_code",
  "state",
  "attempts",
  "next_try_at",
  "outcome",
  "error",
  "created_at",
  "updated_at",
]

export const retrieveWebhookConfig = { defaults: [...eventFields, "body"], isList: false }

export const listWebhooksConfig = { defaults: eventFields, defaultLimit: 20, isList: true }
