import { customerData } from "./customer-data.suite"
import { exceptions } from "./exceptions.suite"
import { gatewayPayments } from "./gateway-payments.suite"
import { gatewaySettings } from "./gateway-settings.suite"
import { orderPage } from "./order-page.suite"
import { paymentPages } from "./pages.suite"
import { purchase } from "./purchase.suite"
import { describeInBrowser } from "./support/proof"
import { till } from "./till.suite"

// On two busy cores a page can be late once. What fails is told, and tried once more from its beginning.
jest.retryTimes(1, { logErrorsBeforeRetry: true })

describeInBrowser("payments", (proof) => {
  purchase(proof)
  orderPage(proof)
  customerData(proof)
  gatewaySettings(proof)
  till(proof)
  gatewayPayments(proof)
  exceptions(proof)
  paymentPages(proof)
})
