import { ModuleProvider } from "@medusajs/framework/utils"
import { PAYOUT_MODULE } from "../../modules/payout/provider"
import { requirePlugin } from "../../providers/base/options"
import { BankFilePayoutProvider } from "./provider"

export default ModuleProvider(PAYOUT_MODULE, {
  services: [BankFilePayoutProvider],
  loaders: [requirePlugin],
})
