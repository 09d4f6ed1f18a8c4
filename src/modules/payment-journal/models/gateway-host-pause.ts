import { model } from "@medusajs/framework/utils"

/** The table behind `HostPauses`: one row for each host that a server has found to be away. */
export const GatewayHostPause = model.define("gateway_host_pause", {
  /** Such as `https://api.acme.example`. */
  origin: model.text().primaryKey(),
  until: model.dateTime(),
  last_reason: model.text(),
})
