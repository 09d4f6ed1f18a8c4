import type { ModuleProviderExports } from "@medusajs/framework/types"
import { SavedMethodsProvider } from "../base/saved-methods"
import { paymentModuleProvider, paymentProvider } from "../define-payment-provider"
import { paymentz } from "./gateway"

/** Cards, bank and wallet payments through a brand of the Paymentz platform. */
export class PaymentzPaymentProvider extends paymentProvider(paymentz, SavedMethodsProvider) {}

const provider: ModuleProviderExports = paymentModuleProvider(PaymentzPaymentProvider)
export default provider
