import { wirePlaces } from "../../gateways/paymentz/client"
import type { PayoutCapabilities } from "../../modules/payout/provider"
import { leaseFor } from "../base/lease"
import type { PaymentzPayoutOptions } from "./options"

/** The old token renewed or a new one fetched, and the call; all once more where the token is not accepted. */
const callsPerTransfer = 6

export function capabilitiesFor({
  currencies,
  timeoutMs,
}: Pick<PaymentzPayoutOptions, "currencies" | "timeoutMs">): PayoutCapabilities {
  return {
    currencies: Object.fromEntries(
      Object.entries(currencies).map(([code, places]) => [code, Math.min(places, wirePlaces)])
    ),
    // The vendor does not say what becomes of a merchantTransactionId that is sent twice.
    idempotentReference: false,
    webhooks: "signed",
    contactFields: [{ name: "name", title: "Name of the payee", required: true }],
    accountFields: [
      {
        name: "payment_id",
        title: "Number of an earlier payment",
        required: true,
        // As long as a card's number, whatever its groups, it is none of the gateway's.
        pattern: /^(?!(?:\d-*){13,19}$)[\w-]{1,64}$/,
        hint: "the gateway's number of a payment that this payee made in your shop, never a card's",
      },
    ],
    identityFields: [],
    tellsBalance: false,
    leaseMs: leaseFor(timeoutMs, callsPerTransfer),
  }
}
