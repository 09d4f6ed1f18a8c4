import { payoutPlaces } from "../../gateways/mocasa/payouts"
import type { PayoutCapabilities } from "../../modules/payout/provider"
import { leaseFor } from "../base/lease"

/** A token, the call, and both once more where the token is not accepted. */
const callsPerTransfer = 4

export function capabilitiesFor({ timeoutMs }: { timeoutMs: number }): PayoutCapabilities {
  return {
    // Assumption: pesos, because the API has no field for a currency.
    currencies: { php: payoutPlaces },
    // Nothing in Mocasa's text says that a serial number sent twice is one transfer.
    idempotentReference: false,
    webhooks: "signed",
    contactFields: [
      { name: "name", title: "Name of the beneficiary", required: true },
      { name: "shop_name", title: "Name of the shop", required: true },
      { name: "phone", title: "Phone", required: false },
      { name: "email", title: "E-mail", required: false },
    ],
    accountFields: [
      {
        name: "account_number",
        title: "Mocasa account number",
        // Mocasa gives it when the beneficiary is added.
        required: false,
        pattern: /^[\w-]{1,64}$/,
        hint: "letters and digits, as Mocasa gave it",
      },
    ],
    identityFields: [
      { name: "id_type", title: "Kind of identity document", required: true },
      { name: "id_number", title: "Number of the identity document", required: true },
      { name: "business_licence", title: "Business licence", required: true },
      { name: "business_scope", title: "Line of business", required: false },
      { name: "shop_address", title: "Address of the shop", required: false },
    ],
    tellsBalance: false,
    leaseMs: leaseFor(timeoutMs, callsPerTransfer),
  }
}
