import { systemActor } from "../../../shared/audit-line"
import type { PayoutContext } from "../context"
import { DecryptionError } from "../crypto/accounts"
import { verifyApproval } from "../crypto/approvals"
import { MissingKeyError } from "../crypto/keys"
import type { Beneficiary, BeneficiaryVersion } from "../domain/beneficiary"
import type { CodedText } from "../domain/reason"
import type { Step, Transfer } from "../domain/transfer"
import { overTransferLimit } from "../domain/validate-transfer"
import type { PayoutOrder } from "../provider"
import { orderOf } from "./payout-order"
import { approvalIsOver, isApprovalOver, voidApproval } from "./expire-approvals"

/** Where the transfer goes instead of to the gateway. */
export function obstacleTo(
  { keys, options }: PayoutContext,
  transfer: Transfer,
  beneficiary: Beneficiary,
  version: BeneficiaryVersion,
  { coolingOff, now }: { coolingOff: CodedText | undefined; now: Date }
): Step | undefined {
  if (beneficiary.status === "disabled") {
    const reason = { text: "Its beneficiary is disabled", code: "beneficiary_disabled" } as const
    return { to: "canceled", actor: systemActor, reason, change: { next_check_at: null } }
  }
  const problem = problemOf()
  return problem === undefined ? undefined : voidApproval(systemActor, problem)

  function problemOf(): CodedText | undefined {
    if (beneficiary.status !== "active") {
      return {
        text: `Its beneficiary is ${beneficiary.status}, not active`,
        code: "beneficiary_not_active",
        details: { beneficiary_state: beneficiary.status },
      }
    }
    if (beneficiary.version_id !== transfer.beneficiary_version_id) {
      return {
        text: "Its beneficiary was edited after it was approved",
        code: "beneficiary_edited_since",
      }
    }
    if (coolingOff !== undefined) {
      return { ...coolingOff, text: `It waits: ${coolingOff.text}` }
    }
    if (isApprovalOver(transfer, now)) {
      return approvalIsOver
    }
    return overTransferLimit(transfer, options.limits) ?? signatureProblem(keys, transfer, version)
  }
}

/** @throws MissingKeyError where the account's own key is gone: then nothing can be said about it */
function signatureProblem(
  keys: PayoutContext["keys"],
  transfer: Transfer,
  version: BeneficiaryVersion
): CodedText | undefined {
  const { approval_signature, provider_id, send_at } = transfer
  let order: PayoutOrder
  try {
    order = orderOf(keys, transfer, version)
  } catch (error) {
    if (error instanceof DecryptionError) {
      return { text: error.message, code: "account_unreadable" }
    }
    throw error
  }
  const changed: CodedText = {
    text:
      "Its amount, currency, purpose, provider or account, or the name, phone or e-mail of who is paid, is not what " +
      "was approved. Somebody wrote to the database: find out who, before it is approved again",
    code: "not_as_approved",
  }
  if (approval_signature === null) {
    return changed
  }
  try {
    return verifyApproval(keys, approval_signature, { provider_id, send_at, order })
      ? undefined
      : changed
  } catch (error) {
    if (error instanceof MissingKeyError) {
      return {
        text: `It was approved under the key "${error.keyId}", which is not in the options any more`,
        code: "approval_key_missing",
        details: { key: error.keyId ?? "?" },
      }
    }
    throw error
  }
}
