import { customerData } from "./customer-data.suite"
import { gatewaySettings } from "./gateway-settings.suite"
import { gatewayPayments } from "./gateway-payments.suite"
import { exceptions } from "./exceptions.suite"
import { orderPage } from "./order-page.suite"
import { pages } from "./pages.suite"
import { payoutApprovals } from "./payout-approvals.suite"
import { payoutBatches } from "./payout-batches.suite"
import { payoutFiles } from "./payout-file.suite"
import { payoutOutcomes } from "./payout-outcomes.suite"
import { payouts } from "./payouts.suite"
import { purchase } from "./purchase.suite"
import { describeInBrowser } from "./support/proof"
import { till } from "./till.suite"

// On two busy cores a page can be late once. What fails is told, and tried once more from its beginning.
jest.retryTimes(1, { logErrorsBeforeRetry: true })

describeInBrowser("in a browser:", (proof) => {
  purchase(proof)
  orderPage(proof)
  customerData(proof)
  gatewaySettings(proof)
  till(proof)
  gatewayPayments(proof)
  exceptions(proof)
  payouts(proof)
  payoutApprovals(proof)
  payoutBatches(proof)
  payoutOutcomes(proof)
  payoutFiles(proof)
  pages(proof)
})
