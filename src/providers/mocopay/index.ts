import type { ModuleProviderExports } from "@medusajs/framework/types"
import { paymentModuleProvider, paymentProvider } from "../define-payment-provider"
import { mocopay } from "./gateway"

/** Carrier billing, through MoCoPay. */
export class MocopayPaymentProvider extends paymentProvider(mocopay) {}

const provider: ModuleProviderExports = paymentModuleProvider(MocopayPaymentProvider)
export default provider
