import type { ModuleProviderExports } from "@medusajs/framework/types"
import { paymentModuleProvider, paymentProvider } from "../define-payment-provider"
import { mocasa } from "./gateway"

/** Buy now pay later in the Philippines, through Mocasa Pay. */
export class MocasaPaymentProvider extends paymentProvider(mocasa) {}

const provider: ModuleProviderExports = paymentModuleProvider(MocasaPaymentProvider)
export default provider
