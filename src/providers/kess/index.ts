import { paymentModuleProvider, paymentProvider } from "../payment-module"
import { kess } from "./gateway"

/** WeChat Pay and Alipay in Cambodia, through KESS Pay. */
export class KessPaymentProvider extends paymentProvider(kess) {}

export default paymentModuleProvider(KessPaymentProvider)
