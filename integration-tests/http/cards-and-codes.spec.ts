import { payCode } from "./cards-and-codes/cashy-pay-code.suite"
import { till } from "./cards-and-codes/kess-till.suite"
import { ledgerCheck } from "./cards-and-codes/ledger-check.suite"
import { mocopayReturn } from "./cards-and-codes/mocopay-return.suite"
import { orderSums } from "./cards-and-codes/order-sums.suite"
import { paymentzCards } from "./cards-and-codes/paymentz-cards.suite"
import { paymentzReconciliation } from "./cards-and-codes/paymentz-reconciliation.suite"
import { tillSales } from "./cards-and-codes/till-sales.suite"
import { unmatchedAmounts } from "./cards-and-codes/unmatched-amounts.suite"
import { describeCardsAndCodesShop } from "./support/cards-and-codes-shop"
import { shopIn } from "./support/shop"

describeCardsAndCodesShop("a shop with several accounts of several gateways:", (shop) => {
  paymentzCards(shop)
  paymentzReconciliation(shop)
  ledgerCheck(shop)
  orderSums(shop)
  mocopayReturn(shop)
  till(shopIn("kh", shop))
  tillSales(shopIn("kh", shop))
  payCode(shopIn("pk", shop))
  unmatchedAmounts(shop)
})
