import type { CashyBankField } from "../../gateways/cashy/payouts"
import type { PayoutCapabilities, PayoutField } from "../../modules/payout/provider"
import { placesOf } from "../../providers/cashy/options"
import { leaseFor } from "../base/lease"
import type { CashyPayoutOptions } from "./options"
import { longestName, longestPhone, wantsPhone } from "./payee-problem"

/** Cashy has no token to fetch. */
const callsPerTransfer = 1

const bankCodes: Readonly<Record<CashyBankField, Pick<PayoutField, "title" | "pattern" | "hint">>> =
  {
    bankId: {
      title: "Bank or wallet",
      pattern: /^\S.{0,31}$/,
      hint: "its number or code in Cashy's list of banks for your country",
    },
    ifscCode: {
      title: "IFSC",
      pattern: /^[A-Z]{4}0[A-Z0-9]{6}$/i,
      hint: "four letters, a zero and six letters or digits, such as SBIN0014148",
    },
  }

export function capabilitiesFor(
  options: Pick<CashyPayoutOptions, "currency" | "wholeAmounts" | "bankField" | "timeoutMs">
): PayoutCapabilities {
  return {
    currencies: placesOf(options),
    // Cashy says that a number must not be used twice, and not what becomes of the second.
    idempotentReference: false,
    webhooks: "signed",
    contactFields: [
      {
        name: "name",
        title: "Name of the payee",
        required: true,
        pattern: atMost(longestName),
        hint: `at most ${longestName} characters`,
      },
      {
        name: "phone",
        title: "Phone of the payee",
        required: wantsPhone(options.bankField),
        pattern: atMost(longestPhone),
        hint: `at most ${longestPhone} characters`,
      },
    ],
    accountFields: [
      {
        name: "account_number",
        title: "Account number",
        required: true,
        pattern: /^\S(.{0,30}\S)?$/,
        hint: "at most 32 characters",
      },
      {
        name: "account_type",
        title: "Kind of account",
        required: true,
        pattern: /^\w{1,32}$/,
        hint: "a number or a word of Cashy's table for your country, such as 1 for an e-wallet of Pakistan's",
      },
      { name: "bank_code", required: true, ...bankCodes[options.bankField] },
    ],
    identityFields: [],
    tellsBalance: true,
    leaseMs: leaseFor(options.timeoutMs, callsPerTransfer),
  }
}

function atMost(characters: number): RegExp {
  return new RegExp(`^.{1,${characters}}$`)
}
