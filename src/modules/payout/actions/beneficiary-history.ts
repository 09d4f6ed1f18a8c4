import type { PayoutContext } from "../context"
import type { Beneficiary, BeneficiaryVersion } from "../domain/beneficiary"
import type { Transfer } from "../domain/transfer"
import { allVersionsOf, beneficiaryOf } from "../store/beneficiaries"
import { transfersTo } from "../store/transfers"

/** What is kept of a beneficiary, for the person that it is. */
export type BeneficiaryHistory = Pick<
  Beneficiary,
  "id" | "provider_id" | "status" | "external_id" | "metadata" | "identity_hints"
> & {
  /** What was known of them at each time, the oldest first; of the account its last places. */
  versions: Pick<
    BeneficiaryVersion,
    "name" | "kind" | "email" | "phone" | "shop_name" | "account_hint" | "created_at"
  >[]
  payouts: Pick<
    Transfer,
    | "reference"
    | "amount"
    | "currency_code"
    | "purpose"
    | "status"
    | "external_id"
    | "metadata"
    | "created_at"
  >[]
}

/** @throws MedusaError not_found */
export async function beneficiaryHistory(
  { database }: PayoutContext,
  id: string
): Promise<BeneficiaryHistory> {
  const beneficiary = await beneficiaryOf(database, id)
  const { provider_id, status, external_id, metadata, identity_hints } = beneficiary
  const versions = await allVersionsOf(database, id)
  const transfers = await transfersTo(database, id)
  return {
    id,
    provider_id,
    status,
    external_id,
    metadata,
    identity_hints,
    versions: versions.map(({ name, kind, email, phone, shop_name, account_hint, created_at }) => ({
      name,
      kind,
      email,
      phone,
      shop_name,
      account_hint,
      created_at,
    })),
    payouts: transfers.map(
      ({
        reference,
        amount,
        currency_code,
        purpose,
        status,
        external_id,
        metadata,
        created_at,
      }) => ({
        reference,
        amount,
        currency_code,
        purpose,
        status,
        external_id,
        metadata,
        created_at,
      })
    ),
  }
}
