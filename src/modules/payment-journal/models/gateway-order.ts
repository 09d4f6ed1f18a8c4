import { model } from "@medusajs/framework/utils"
import { gatewayOrderStates } from "../gateway-order"

/**
 * The table behind `GatewayOrder`. Its references are unique among deleted rows too (`where: null`): the
 * gateway still knows an order whose row was deleted here, so its number must not be given out again.
 */
export const GatewayOrder = model
  .define("gateway_order", {
    id: model.id({ prefix: "gword" }).primaryKey(),
    reference: model.text(),
    provider_id: model.text(),
    session_id: model.text(),
    payment_collection_id: model.text().nullable(),
    cart_id: model.text().nullable(),
    customer_id: model.text().nullable(),
    requested_amount: model.bigNumber(),
    amount: model.bigNumber(),
    currency_code: model.text(),
    state: model.enum([...gatewayOrderStates]),
    raw_status: model.text().nullable(),
    gateway_id: model.text().nullable(),
    candidate_ids: model.array().nullable(),
    details: model.json().nullable(),
    answers: model.json().nullable(),
    expires_at: model.dateTime().nullable(),
    asked_at: model.dateTime().nullable(),
    attached_session_id: model.text().nullable(),
    session_released_at: model.dateTime().nullable(),
    /** Since when an order of the shop's stands on its code before it is paid; null where none waits for it. */
    awaiting_payment_since: model.dateTime().nullable(),
    next_check_at: model.dateTime().nullable(),
    checks: model.number().default(0),
  })
  .indexes([
    { on: ["reference"], unique: true, where: null },
    { on: ["session_id"], where: null },
    { on: ["attached_session_id"], where: null },
    { on: ["cart_id", "state"], where: null },
    { on: ["state", "expires_at"], where: null },
    { on: ["provider_id", "next_check_at"], where: null },
    { on: ["expires_at"], where: { awaiting_payment_since: { $ne: null } } },
    // The list of people, by each of its filters and in each of its orders; see repositories/payment-queries.ts.
    { on: ["created_at", "id"], where: null },
    { on: ["updated_at", "id"], where: null },
    { on: ["amount", "id"], where: null },
    { on: ["provider_id", "created_at", "id"], where: null },
    { on: ["state", "created_at", "id"], where: null },
    { on: ["currency_code", "created_at", "id"], where: null },
    { on: ["customer_id", "created_at"], where: null },
    { on: ["payment_collection_id"], where: null },
  ])
