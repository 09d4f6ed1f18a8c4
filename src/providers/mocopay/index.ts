import { paymentModuleProvider, paymentProvider } from "../payment-module"
import { mocopay } from "./gateway"

/** Carrier billing, through MoCoPay. */
export class MocopayPaymentProvider extends paymentProvider(mocopay) {}

export default paymentModuleProvider(MocopayPaymentProvider)
