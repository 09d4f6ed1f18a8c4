import { paymentModuleProvider, paymentProvider } from "medusa-regional-payments/extend"
import { acme } from "../../gateway"

/** A gateway that exists nowhere: the example of docs/extending.md. */
export class AcmePaymentProvider extends paymentProvider(acme) {}

export default paymentModuleProvider(AcmePaymentProvider)
