import { payoutPages } from "./pages.suite"
import { payoutApprovals } from "./payout-approvals.suite"
import { payoutBatches } from "./payout-batches.suite"
import { payoutFiles } from "./payout-file.suite"
import { payoutOutcomes } from "./payout-outcomes.suite"
import { payouts } from "./payouts.suite"
import { describeInBrowser } from "./support/proof"

// On two busy cores a page can be late once. What fails is told, and tried once more from its beginning.
jest.retryTimes(1, { logErrorsBeforeRetry: true })

describeInBrowser("payouts", (proof) => {
  payouts(proof)
  payoutApprovals(proof)
  payoutBatches(proof)
  payoutOutcomes(proof)
  payoutFiles(proof)
  payoutPages(proof)
})
