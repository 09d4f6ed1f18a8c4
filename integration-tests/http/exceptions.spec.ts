import { onePersonAtATime } from "./exceptions/one-person-at-a-time.suite"
import { orderNotMade } from "./exceptions/order-not-made.suite"
import { refundOption } from "./exceptions/refund-option.suite"
import { refundsElsewhere } from "./exceptions/refunds-elsewhere.suite"
import { unmatchedAdmin } from "./exceptions/unmatched-admin.suite"
import { unmatchedMoney } from "./exceptions/unmatched-money.suite"
import { whatWaits } from "./exceptions/what-waits.suite"
import { describeTwoGateways } from "./support/two-gateways"

describeTwoGateways("a shop with a gateway that refunds and one that does not:", (shop) => {
  unmatchedMoney(shop)
  orderNotMade(shop)
  unmatchedAdmin(shop)
  onePersonAtATime(shop)
  refundsElsewhere(shop)
  refundOption(shop)
  whatWaits(shop)
})
