import { accountOf } from "../beneficiaries/account-of"
import type { Beneficiary, BeneficiaryVersion } from "../beneficiary"
import { stateForbids } from "../conflict"
import { systemActor } from "../../../shared/audit-line"
import type { PayoutContext } from "../payout-context"
import type { AbstractPayoutProvider, PayoutAccount, PayoutOrder } from "../payout-provider"
import { BrokenSealError } from "../sealing/account-seal"
import { sealHolds } from "../sealing/approval-seal"
import { MissingKeyError } from "../sealing/key-ring"
import { lockBeneficiary, versionOf } from "../store/beneficiaries"
import { inTransaction } from "../store/transaction"
import { lockTransfer, moveTransfer, transferOf, type Step } from "../store/transfers"
import type { Transfer } from "../transfer"
import { overTransferLimit } from "./judge-wish"
import { orderOf } from "./order-of"
import { voidApproval } from "./void-approval"

/**
 * How long after the claim the call must have begun, in milliseconds: the lease is for the call. A server that
 * stood still for longer does not send any more, because others may be asking about the transfer by then.
 */
export const sendWithinMs = 30_000

export type Claim =
  | { type: "claimed"; transfer: Transfer; order: PayoutOrder; provider: AbstractPayoutProvider }
  /** What was approved is not what stands there now: it is sent nowhere. */
  | { type: "withheld"; transfer: Transfer }

/**
 * Commits `submitting`, after everything that may refuse has been looked at once more in the same transaction.
 *
 * @throws PayoutConflict where it is not approved, as for the second of two who send it at once
 * @throws MedusaError not_found where its provider is not configured
 */
export async function claimTransfer(
  context: PayoutContext,
  id: string,
  actor: string
): Promise<Claim> {
  const { beneficiary_id, provider_id } = await transferOf(context.database, id)
  const provider = context.providers.get(provider_id)
  const claim = await inTransaction(context, async (transaction): Promise<Claim> => {
    const beneficiary = await lockBeneficiary(transaction, beneficiary_id, "share")
    const transfer = await lockTransfer(transaction, id)
    if (transfer.status !== "approved") {
      throw stateForbids(transfer, "be sent")
    }
    const version = await versionOf(transaction.query, transfer.beneficiary_version_id)
    const obstacle = obstacleTo(context, transfer, beneficiary, version)
    if (obstacle) {
      return { type: "withheld", transfer: await moveTransfer(transaction, transfer, obstacle) }
    }
    const order = orderOf(context.keys, transfer, version)
    const { now } = transaction
    const leaseEnd = new Date(now.getTime() + sendWithinMs + provider.capabilities.leaseMs)
    const claimed = await moveTransfer(transaction, transfer, {
      to: "submitting",
      actor,
      reason: null,
      change: {
        submitted_at: now,
        lease_expires_at: leaseEnd,
        // Where nobody books an answer by then, the transfer is asked about.
        next_check_at: leaseEnd,
        not_found_since: null,
        checks: 0,
      },
    })
    return { type: "claimed", transfer: claimed, order, provider }
  })
  if (claim.type === "withheld") {
    const { reference, reason } = claim.transfer
    context.log.warn(`Payout ${reference} was not sent: ${reason}`)
  }
  return claim
}

/** Where the transfer goes instead of to the gateway. */
function obstacleTo(
  { keys, options }: PayoutContext,
  transfer: Transfer,
  beneficiary: Beneficiary,
  version: BeneficiaryVersion
): Step | undefined {
  if (beneficiary.status === "disabled") {
    const reason = "Its beneficiary is disabled"
    return { to: "canceled", actor: systemActor, reason, change: { next_check_at: null } }
  }
  const problem = problemOf()
  return problem === undefined ? undefined : voidApproval(systemActor, problem)

  function problemOf(): string | undefined {
    if (beneficiary.status !== "active") {
      return `Its beneficiary is ${beneficiary.status}, not active`
    }
    if (beneficiary.version_id !== transfer.beneficiary_version_id) {
      return "Its beneficiary was edited after it was approved"
    }
    return overTransferLimit(transfer, options.limits) ?? brokenSeal(keys, transfer, version)
  }
}

/** @throws MissingKeyError where the account's own key is gone: then nothing can be said about it */
function brokenSeal(
  keys: PayoutContext["keys"],
  transfer: Transfer,
  version: BeneficiaryVersion
): string | undefined {
  const { approval_seal, reference, provider_id, amount, currency_code } = transfer
  let account: PayoutAccount
  try {
    account = accountOf(keys, version)
  } catch (error) {
    if (error instanceof BrokenSealError) {
      return error.message
    }
    throw error
  }
  const changed =
    "Its amount, currency, provider or account is not what was approved. Somebody wrote to the database: find " +
    "out who, before it is approved again"
  if (approval_seal === null) {
    return changed
  }
  try {
    const facts = { reference, provider_id, account, amount, currency_code }
    return sealHolds(keys, approval_seal, facts) ? undefined : changed
  } catch (error) {
    if (error instanceof MissingKeyError) {
      return `It was approved under the key "${error.keyId}", which is not in the options any more`
    }
    throw error
  }
}
