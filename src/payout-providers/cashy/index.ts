import type { ModuleProviderExports } from "@medusajs/framework/types"
import { payoutModuleProvider } from "../base/payout-module"
import { CashyPayoutProvider } from "./provider"

const provider: ModuleProviderExports = payoutModuleProvider(CashyPayoutProvider)
export default provider
