import { model } from "@medusajs/framework/utils"

/** The table behind `withLease`: one row for each thing that one server alone works on at this moment. */
export const GatewayLease = model.define("gateway_lease", {
  key: model.text().primaryKey(),
  /** Unique for each time that it is acquired. */
  owner: model.text(),
  /** How many owners before this one never gave it back. */
  takeovers: model.number().default(0),
  expires_at: model.dateTime(),
})
