import type { PayoutField } from "../../../../modules/payout/payout-provider"
import type { PayoutProviderInfo } from "../../../../modules/payout/payouts"

/**
 * @schema PayoutField
 * type: object
 * properties:
 *   name:
 *     type: string
 *   title:
 *     type: string
 *   required:
 *     type: boolean
 *   pattern:
 *     type: string
 *     nullable: true
 *     description: The source of a regular expression.
 *   hint:
 *     type: string
 *     nullable: true
 */

/**
 * @schema PayoutCurrency
 * type: object
 * properties:
 *   currency_code:
 *     type: string
 *   places:
 *     type: integer
 *     description: How many decimals its amounts can have.
 */

/**
 * @schema PayoutProvider
 * type: object
 * properties:
 *   id:
 *     type: string
 *   title:
 *     type: string
 *   capabilities:
 *     type: object
 *     properties:
 *       currencies:
 *         type: array
 *         items:
 *           $ref: "#/components/schemas/PayoutCurrency"
 *       contact_fields:
 *         type: array
 *         description: What it takes of who is paid, as properties of the beneficiary itself.
 *         items:
 *           $ref: "#/components/schemas/PayoutField"
 *       account_fields:
 *         type: array
 *         items:
 *           $ref: "#/components/schemas/PayoutField"
 *       identity_fields:
 *         type: array
 *         items:
 *           $ref: "#/components/schemas/PayoutField"
 *       tells_balance:
 *         type: boolean
 */

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
      contact_fields: (capabilities.contactFields ?? []).map(fieldAnswer),
      account_fields: capabilities.accountFields.map(fieldAnswer),
      identity_fields: capabilities.identityFields.map(fieldAnswer),
      tells_balance: capabilities.tellsBalance,
    },
  }
}

function fieldAnswer({ name, title, required, pattern, hint }: PayoutField) {
  return { name, title, required, pattern: pattern?.source ?? null, hint: hint ?? null }
}
