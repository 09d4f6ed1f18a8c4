/**
 * @schema PayoutTransfer
 * type: object
 * properties:
 *   id:
 *     type: string
 *   reference:
 *     type: string
 *     description: Ours; what the gateway knows it by.
 *   provider_id:
 *     type: string
 *   beneficiary_id:
 *     type: string
 *   beneficiary_version_id:
 *     type: string
 *     description: The version of the beneficiary that it was approved for; while it waits for an approval, the newest.
 *   edited_from_version_id:
 *     type: string
 *     nullable: true
 *     description: >-
 *       Where the beneficiary was edited while it waits, the version that it was made, or last approved, with.
 *       Approving it needs `beneficiary_version_id` then.
 *   amount:
 *     type: number
 *     description: In major units; `raw_amount.value` is exact.
 *   raw_amount:
 *     type: object
 *     properties:
 *       value:
 *         type: string
 *       precision:
 *         type: integer
 *   currency_code:
 *     type: string
 *   purpose:
 *     type: string
 *   status:
 *     type: string
 *     enum:
 *       - awaiting_approval
 *       - approved
 *       - submitting
 *       - processing
 *       - unknown
 *       - not_found
 *       - manual_review
 *       - succeeded
 *       - returned
 *       - failed
 *       - rejected
 *       - expired
 *       - canceled
 *   reason:
 *     type: string
 *     nullable: true
 *     description: Why it has its status.
 *   gateway_id:
 *     type: string
 *     nullable: true
 *     description: The gateway's own ID of it.
 *   gateway_fee:
 *     type: number
 *     nullable: true
 *     description: In major units of its currency.
 *   raw_gateway_fee:
 *     type: object
 *     properties:
 *       value:
 *         type: string
 *       precision:
 *         type: integer
 *     nullable: true
 *   idempotency_key:
 *     type: string
 *   created_by:
 *     type: string
 *     description: The admin's ID; of a secret API key, who made the key.
 *   approved_by:
 *     type: string
 *     nullable: true
 *   approved_at:
 *     type: string
 *     format: date-time
 *     nullable: true
 *   same_as_id:
 *     type: string
 *     nullable: true
 *     description: The transfer that this one looks like, for which it waits for a second look.
 *   retry_of_id:
 *     type: string
 *     nullable: true
 *     description: The failed one that this one tries again.
 *   import_id:
 *     type: string
 *     nullable: true
 *   import_line:
 *     type: integer
 *     nullable: true
 *   submitted_at:
 *     type: string
 *     format: date-time
 *     nullable: true
 *   next_check_at:
 *     type: string
 *     format: date-time
 *     nullable: true
 *     description: When it is sent, or asked about, next.
 *   checks:
 *     type: integer
 *     description: How often the gateway was asked about it.
 *   not_found_since:
 *     type: string
 *     format: date-time
 *     nullable: true
 *     description: Since when the gateway answers that it does not know it.
 *   created_at:
 *     type: string
 *     format: date-time
 *   updated_at:
 *     type: string
 *     format: date-time
 *   beneficiary:
 *     $ref: "#/components/schemas/PayoutTransferBeneficiary"
 */

/** Without what is for the module alone: seals, fingerprints, leases. */
export const transferFields = [
  "id",
  "reference",
  "provider_id",
  "beneficiary_id",
  "beneficiary_version_id",
  "edited_from_version_id",
  "amount",
  "raw_amount",
  "currency_code",
  "purpose",
  "status",
  "reason",
  "gateway_id",
  "gateway_fee",
  "raw_gateway_fee",
  "idempotency_key",
  "created_by",
  "approved_by",
  "approved_at",
  "same_as_id",
  "retry_of_id",
  "import_id",
  "import_line",
  "submitted_at",
  "next_check_at",
  "checks",
  "not_found_since",
  "created_at",
  "updated_at",
]

export const retrieveTransferConfig = {
  defaults: transferFields,
  allowed: transferFields,
  isList: false,
}

export const listTransfersConfig = {
  defaults: transferFields,
  allowed: transferFields,
  defaultLimit: 20,
  isList: true,
}

const eventFields = [
  "id",
  "transfer_id",
  "position",
  "from_status",
  "to_status",
  "actor",
  "reason",
  "gateway_code",
  "gateway_message",
  "created_at",
]

export const listTransferEventsConfig = {
  defaults: eventFields,
  allowed: eventFields,
  defaultLimit: 100,
  isList: true,
}
