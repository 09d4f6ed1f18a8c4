import { payoutReference } from "../payout-reference"
import type { PayoutContext } from "../payout-context"
import type { Beneficiary, BeneficiaryVersion } from "../beneficiary"
import { approvalSeal } from "../sealing/approval-seal"
import type { TransferToInsert } from "../store/transfers"
import type { WishVerdict } from "./judge-wish"
import { accountOf } from "../beneficiaries/account-of"
import { fingerprintOf, type TransferWish } from "./wish"

/** The row of a wish that was accepted. */
export function newTransfer(
  { keys, newUlid }: Pick<PayoutContext, "keys" | "newUlid">,
  made: {
    wish: TransferWish
    verdict: Extract<WishVerdict, { type: "accepted" }>
    beneficiary: Beneficiary
    /** The newest one; needed where nobody has to approve, to seal what is sent. */
    version: BeneficiaryVersion | undefined
    createdBy: string
    now: Date
    line?: { import_id: string; import_line: number }
  }
): TransferToInsert {
  const { wish, verdict, beneficiary, version, now } = made
  const reference = payoutReference(newUlid())
  const { currency_code } = wish
  const { amount } = verdict
  const { provider_id } = beneficiary
  const isApproved = verdict.status === "approved"
  return {
    id: `potr_${newUlid()}`,
    reference,
    provider_id,
    beneficiary_id: beneficiary.id,
    beneficiary_version_id: beneficiary.version_id,
    edited_from_version_id: null,
    amount,
    currency_code,
    purpose: wish.purpose,
    status: verdict.status,
    reason: verdict.reason,
    gateway_id: null,
    gateway_fee: null,
    idempotency_key: wish.idempotency_key ?? `once:${newUlid()}`,
    request_fingerprint: fingerprintOf(wish),
    approval_seal:
      isApproved && version
        ? approvalSeal(keys, {
            reference,
            provider_id,
            account: accountOf(keys, version),
            amount,
            currency_code,
          })
        : null,
    created_by: made.createdBy,
    approved_by: null,
    approved_at: isApproved ? now : null,
    same_as_id: verdict.same_as_id,
    retry_of_id: wish.retry_of_id,
    import_id: made.line?.import_id ?? null,
    import_line: made.line?.import_line ?? null,
    submitted_at: null,
    lease_expires_at: null,
    next_check_at: isApproved ? now : null,
    checks: 0,
    not_found_since: null,
  }
}
