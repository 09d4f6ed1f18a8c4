import type { ModuleProviderExports } from "@medusajs/framework/types"
import { payoutModuleProvider } from "../base/payout-module"
import { PaymentzPayoutProvider } from "./provider"

const provider: ModuleProviderExports = payoutModuleProvider(PaymentzPayoutProvider)
export default provider
