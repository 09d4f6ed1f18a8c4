import { add, compare, decimal } from "../../../gateways/shared/money"
import type { BatchTotals } from "../domain/batch"
import type { Beneficiary } from "../domain/beneficiary"
import type { Transfer } from "../domain/transfer"
import type { PayoutOptions } from "../options"
import type { Blocker } from "./who-may-approve"

/** What an approval takes besides a second person; see who-may-approve.ts. */

/**
 * How many people have to approve a transfer: two where it, or the batch that it is a part of, is above the option's
 * amount. Else a sum could be paid in parts that one person approves by one click.
 */
export function approvalsNeeded(
  { amount, currency_code }: Pick<Transfer, "amount" | "currency_code">,
  batch: Pick<BatchTotals, "sums"> | undefined,
  { twoApproversAbove }: Pick<PayoutOptions, "twoApproversAbove">
): 1 | 2 {
  const most = Object.hasOwn(twoApproversAbove, currency_code)
    ? twoApproversAbove[currency_code]
    : undefined
  if (most === undefined) {
    return 1
  }
  const together = (batch?.sums ?? [])
    .filter((sum) => sum.currency_code === currency_code)
    .reduce((sum, one) => add(sum, decimal(one.amount)), decimal(0))
  const isAbove = [decimal(amount), together].some((sum) => compare(sum, decimal(most)) > 0)
  return isAbove ? 2 : 1
}

/** Why who gave the first of two approvals does not give the second. */
export function approvedItBlocker({ reference }: Pick<Transfer, "reference">): Blocker {
  return {
    code: "approved_it",
    message:
      `You approved the transfer ${reference} already: above the option payouts.twoApproversAbove another person ` +
      "has to approve it too",
  }
}

/**
 * Why it is not sure that whoever approves has looked at what they approve; undefined where it is.
 *
 * @param seen the version of the beneficiary that they say they looked at
 */
export function unseenEdit(
  transfer: Pick<Transfer, "reference" | "beneficiary_version_id" | "edited_from_version_id">,
  { id, version_id }: Pick<Beneficiary, "id" | "version_id">,
  seen: string | undefined
): string | undefined {
  const lookAgain = `look at it and approve it with beneficiary_version_id ${version_id}`
  const whose = `The beneficiary ${id} of the transfer ${transfer.reference}`
  if (seen !== undefined) {
    return seen === version_id ? undefined : `${whose} is not what you saw any more: ${lookAgain}`
  }
  const isAsItWas =
    transfer.edited_from_version_id === null && transfer.beneficiary_version_id === version_id
  return isAsItWas
    ? undefined
    : `${whose} was edited after the transfer was made or last approved: ${lookAgain}`
}
