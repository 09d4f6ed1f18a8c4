import { model } from "@medusajs/framework/utils"
import { webhookEventStates } from "../repositories/inbox"

/** The table behind `WebhookEventRow`. An event's key is unique for its provider; messages without one are not. */
export const WebhookEvent = model
  .define("webhook_event", {
    id: model.id({ prefix: "gwev" }).primaryKey(),
    provider_id: model.text(),
    event_key: model.text().nullable(),
    reference: model.text(),
    session_id: model.text().nullable(),
    currency_code: model.text().nullable(),
    raw_status: model.text(),
    gateway_id: model.text().nullable(),
    is_later: model.boolean(),
    claimed_amount: model.text().nullable(),
    body: model.json().nullable(),
    state: model.enum([...webhookEventStates]),
    attempts: model.number(),
    next_try_at: model.dateTime(),
    claimed_until: model.dateTime().nullable(),
    claimed_by: model.text().nullable(),
    outcome: model.text().nullable(),
    error: model.text().nullable(),
    traceparent: model.text().nullable(),
  })
  .indexes([
    { on: ["provider_id", "event_key"], unique: true, where: "event_key IS NOT NULL" },
    { on: ["state", "next_try_at"], where: null },
    { on: ["created_at", "id"], where: "state = 'waiting' AND deleted_at IS NULL" },
    { on: ["provider_id", "created_at"], where: null },
    { on: ["reference"], where: null },
    // What is still to be forgotten, of which there is little beside what was.
    {
      name: "IDX_webhook_event_with_body",
      on: ["provider_id", "created_at"],
      where: "body IS NOT NULL",
    },
    {
      name: "IDX_webhook_event_unproven",
      on: ["provider_id", "created_at"],
      where: "event_key IS NULL",
    },
  ])
