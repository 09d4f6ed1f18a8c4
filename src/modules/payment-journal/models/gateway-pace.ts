import { model } from "@medusajs/framework/utils"

/** The table behind `GatewayPaces`: when the reconciliation may begin its next question to a gateway. */
export const GatewayPace = model.define("gateway_pace", {
  provider_id: model.text().primaryKey(),
  free_at: model.dateTime(),
})
