import { model } from "@medusajs/framework/utils"

/** The table behind `SharedAccessTokens`: the last token of each account at a gateway, encrypted under its secret. */
export const GatewayAccessToken = model.define("gateway_access_token", {
  /** A digest of the account; see `SharedAccessTokens`. */
  key: model.text().primaryKey(),
  encrypted: model.text(),
  expires_at: model.dateTime(),
})

/** The table behind `HostPauses`: one row for each host that a server has found to be away. */
export const GatewayHostPause = model.define("gateway_host_pause", {
  /** Such as `https://api.acme.example`. */
  origin: model.text().primaryKey(),
  until: model.dateTime(),
  last_reason: model.text(),
})

/** The table behind `GatewayPaces`: when the reconciliation may begin its next question to a gateway. */
export const GatewayPace = model.define("gateway_pace", {
  provider_id: model.text().primaryKey(),
  free_at: model.dateTime(),
})
