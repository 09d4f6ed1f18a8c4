import { defineLink } from "@medusajs/framework/utils"
import CustomerModule from "@medusajs/medusa/customer"
import PayoutModule from "../modules/payout"

/** Which of the shop's customers a beneficiary is, where it is one; they can have an account at each gateway. */
export default defineLink(
  { linkable: PayoutModule.linkable.payoutBeneficiary, isList: true },
  CustomerModule.linkable.customer
)
