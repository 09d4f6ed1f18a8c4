import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import { requirePlugin } from "../base/options"
import { requireOwnIds } from "../check-set-up"
import { MocopayPaymentProvider } from "./provider"

export default ModuleProvider(Modules.PAYMENT, {
  services: [MocopayPaymentProvider],
  loaders: [requirePlugin, requireOwnIds],
})
