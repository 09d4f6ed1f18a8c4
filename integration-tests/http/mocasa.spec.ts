import { atRest } from "./mocasa/at-rest.suite"
import { cartChange } from "./mocasa/cart-change.suite"
import { checkoutCost } from "./mocasa/checkout-cost.suite"
import { orderPage } from "./mocasa/order-page.suite"
import { purchase } from "./mocasa/purchase.suite"
import { reconciliation } from "./mocasa/reconciliation.suite"
import { refund } from "./mocasa/refund.suite"
import { storefront } from "./mocasa/storefront.suite"
import { webhook } from "./mocasa/webhook.suite"
import { webhookInbox } from "./mocasa/webhook-inbox.suite"
import { bankFiles } from "./payouts/bank-files.suite"
import { batches } from "./payouts/batches.suite"
import { beneficiaries } from "./payouts/beneficiaries.suite"
import { imports } from "./payouts/imports.suite"
import { payouts } from "./payouts/payouts.suite"
import { storableText } from "./payouts/storable-text.suite"
import { transfers } from "./payouts/transfers.suite"
import { describePayoutShop } from "./support/payout-shop"

describePayoutShop("a shop that sells and pays out through Mocasa Pay:", (shop) => {
  purchase(shop)
  checkoutCost(shop)
  cartChange(shop)
  storefront(shop)
  refund(shop)
  orderPage(shop)
  webhook(shop)
  webhookInbox(shop)
  reconciliation(shop)
  atRest(shop)
  payouts(shop)
  beneficiaries(shop)
  transfers(shop)
  imports(shop)
  batches(shop)
  bankFiles(shop)
  storableText(shop)
})
