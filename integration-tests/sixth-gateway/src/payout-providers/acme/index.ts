import { payoutModuleProvider } from "medusa-regional-payments/extend"
import { AcmePayoutProvider } from "../../payouts"

export default payoutModuleProvider(AcmePayoutProvider)
