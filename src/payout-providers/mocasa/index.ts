import type { ModuleProviderExports } from "@medusajs/framework/types"
import { payoutModuleProvider } from "../base/payout-module"
import { MocasaPayoutProvider } from "./provider"

const provider: ModuleProviderExports = payoutModuleProvider(MocasaPayoutProvider)
export default provider
