import { model } from "@medusajs/framework/utils"
import { checkOutcomes } from "../repositories/provider-health"

/** The table behind `ProviderHealth`: one row for each provider, of payments or of payouts. */
export const GatewayProviderHealth = model
  .define("gateway_provider_health", {
    id: model.id({ prefix: "gwph" }).primaryKey(),
    provider_id: model.text(),
    checked_at: model.dateTime().nullable(),
    /** The admin who asked for the check. */
    checked_by: model.text().nullable(),
    check_outcome: model.enum([...checkOutcomes]).nullable(),
    check_code: model.text().nullable(),
    check_message: model.text().nullable(),
    /** With which options; see `ConfiguredProvider.fingerprint`. */
    checked_options: model.text().nullable(),
    /** How far this server's clock was ahead of the gateway's, in milliseconds. */
    clock_ahead_ms: model.number().nullable(),
    failed_at: model.dateTime().nullable(),
    /** The gateway's client's own word for the call, such as `createOrder`. */
    failed_call: model.text().nullable(),
    failure_code: model.text().nullable(),
    failure_message: model.text().nullable(),
    last_message_at: model.dateTime().nullable(),
    last_verified_at: model.dateTime().nullable(),
    last_refused_at: model.dateTime().nullable(),
    /** One letter for each of the last messages, the newest last; see `messageKinds`. */
    recent_messages: model.text().default(""),
  })
  .indexes([{ on: ["provider_id"], unique: true, where: null }])
