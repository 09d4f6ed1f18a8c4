import { model } from "@medusajs/framework/utils"

/** The table behind `SharedAccessTokens`: the last token of each account at a gateway, encrypted under its secret. */
export const GatewayAccessToken = model.define("gateway_access_token", {
  /** A digest of the account; see `SharedAccessTokens`. */
  key: model.text().primaryKey(),
  encrypted: model.text(),
  expires_at: model.dateTime(),
})
