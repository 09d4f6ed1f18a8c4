import type { PayoutOptions } from "../options"
import { firstSending } from "./schedule"
import type { Transfer } from "./transfer"

/** What events and the digest tell of transfers: who is paid how much, and until when somebody has to decide. */

const dayMs = 24 * 60 * 60_000

/** When it expires where nobody approves it; null where it does not wait for that. */
function expiryOf(
  { status, updated_at, send_at }: Pick<Transfer, "status" | "updated_at" | "send_at">,
  { approvalExpiresInDays }: Pick<PayoutOptions, "approvalExpiresInDays">
): Date | null {
  return status === "awaiting_approval"
    ? new Date(firstSending({ send_at }, updated_at).getTime() + approvalExpiresInDays * dayMs)
    : null
}

/** Of people the payee's name alone, of the account its last places; the contact is found by the version. */
export function toldOf(transfer: Transfer, options: Pick<PayoutOptions, "approvalExpiresInDays">) {
  const { id, reference, provider_id, status, amount, currency_code, purpose } = transfer
  const { beneficiary_id, beneficiary_version_id, beneficiary_name, account_hint } = transfer
  const { external_id, batch_id, created_by, reason } = transfer
  return {
    id,
    reference,
    provider_id,
    status,
    amount,
    currency_code,
    purpose,
    beneficiary: {
      id: beneficiary_id,
      version_id: beneficiary_version_id,
      name: beneficiary_name,
      account_hint,
    },
    external_id,
    batch_id,
    created_by,
    reason,
    expires_at: expiryOf(transfer, options)?.toISOString() ?? null,
  }
}

/** What a shop needs to write to the payee that the money is there. */
export function remittanceOf(transfer: Transfer, options: Parameters<typeof toldOf>[1]) {
  const { status: _, reason: __, expires_at: ___, ...told } = toldOf(transfer, options)
  const { gateway_id, submitted_at, updated_at, retry_of_id } = transfer
  return {
    ...told,
    gateway_id,
    sent_at: submitted_at?.toISOString() ?? null,
    succeeded_at: updated_at.toISOString(),
    retry_of_id,
  }
}
