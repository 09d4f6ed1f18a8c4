import { paymentModuleProvider, paymentProvider } from "../payment-module"
import { cashy } from "./gateway"

/** Wallets and virtual accounts, in Pakistan first, through Cashy. */
export class CashyPaymentProvider extends paymentProvider(cashy) {}

export default paymentModuleProvider(CashyPaymentProvider)
