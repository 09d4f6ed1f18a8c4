import { describePayoutShop } from "../http/support/payout-shop"
import { payoutFile, payoutFilePlan } from "./payout-file.suite"
import { webhookFlood } from "./webhook-flood.suite"

jest.setTimeout(1_800_000)

describePayoutShop(
  "a shop that has very much to do:",
  (shop) => {
    webhookFlood(shop)
    payoutFile(shop)
  },
  payoutFilePlan
)
