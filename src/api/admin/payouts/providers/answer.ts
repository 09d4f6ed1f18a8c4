import type { PayoutField } from "../../../../modules/payout/payout-provider"
import type { PayoutProviderInfo } from "../../../../modules/payout/payouts"

/** A provider as a form needs it: the pattern of a field is the source of a regular expression. */
export function providerAnswer({ id, title, capabilities }: PayoutProviderInfo) {
  return {
    id,
    title,
    capabilities: {
      currencies: Object.entries(capabilities.currencies).map(([currency_code, places]) => ({
        currency_code,
        places,
      })),
      account_fields: capabilities.accountFields.map(fieldAnswer),
      identity_fields: capabilities.identityFields.map(fieldAnswer),
      tells_balance: capabilities.tellsBalance,
    },
  }
}

function fieldAnswer({ name, title, required, pattern, hint }: PayoutField) {
  return { name, title, required, pattern: pattern?.source ?? null, hint: hint ?? null }
}
