import type { ModuleProviderExports } from "@medusajs/framework/types"
import { paymentModuleProvider, paymentProvider } from "../define-payment-provider"
import { kess } from "./gateway"

/** WeChat Pay and Alipay in Cambodia, through KESS Pay. */
export class KessPaymentProvider extends paymentProvider(kess) {}

const provider: ModuleProviderExports = paymentModuleProvider(KessPaymentProvider)
export default provider
