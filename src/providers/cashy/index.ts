import type { ModuleProviderExports } from "@medusajs/framework/types"
import { paymentModuleProvider, paymentProvider } from "../define-payment-provider"
import { cashy } from "./gateway"

/** Wallets and virtual accounts, in Pakistan first, through Cashy. */
export class CashyPaymentProvider extends paymentProvider(cashy) {}

const provider: ModuleProviderExports = paymentModuleProvider(CashyPaymentProvider)
export default provider
