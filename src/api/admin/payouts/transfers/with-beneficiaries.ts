import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/**
 * @schema PayoutTransferBeneficiary
 * type: object
 * properties:
 *   id:
 *     type: string
 *   version:
 *     type: integer
 *   name:
 *     type: string
 *   kind:
 *     type: string
 *     enum:
 *       - person
 *       - business
 *   account_hint:
 *     type: string
 *     nullable: true
 *     description: The account's last places.
 */

/** What a transfer shows of whom it pays. */
const shownFields = ["id", "beneficiary_id", "version", "name", "kind", "account_hint"]

type Payee = { id: unknown; version: unknown; name: unknown; kind: unknown; account_hint: unknown }

export type TransferRow = Record<string, unknown> & { beneficiary?: Payee }

/**
 * Adds to each transfer who is paid, as that was when it was approved, or is now while it waits for that:
 * `beneficiary` with the name and the account's last places. Rows without `beneficiary_version_id`, as where
 * `fields` leaves it out, stay as they are.
 */
export async function withBeneficiaries(
  container: MedusaContainer,
  transfers: TransferRow[]
): Promise<TransferRow[]> {
  const ids = transfers.flatMap(({ beneficiary_version_id: id }) => (id ? [String(id)] : []))
  if (ids.length === 0) {
    return transfers
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payout_beneficiary_version",
    fields: shownFields,
    filters: { id: [...new Set(ids)] },
  })
  const byVersion = new Map<string, Payee>(
    data.map(({ id, beneficiary_id, version, name, kind, account_hint }) => [
      String(id),
      { id: beneficiary_id, version, name, kind, account_hint },
    ])
  )
  return transfers.map((transfer) => {
    const beneficiary = byVersion.get(String(transfer.beneficiary_version_id))
    return beneficiary ? { ...transfer, beneficiary } : transfer
  })
}
