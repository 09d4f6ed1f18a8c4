import type { ModuleProviderExports } from "@medusajs/framework/types"
import { payoutModuleProvider } from "../base/payout-module"
import { BankFilePayoutProvider } from "./provider"

const provider: ModuleProviderExports = payoutModuleProvider(BankFilePayoutProvider)
export default provider
