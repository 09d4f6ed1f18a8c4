import type { Beneficiary } from "../beneficiary"
import type { PayoutOptions } from "../payout-options"
import type { Actor } from "../payouts"
import type { Transfer } from "../transfer"
import { systemActor } from "../../../shared/audit-line"

/** Why this person may not approve this transfer; undefined where they may. Limits are another matter. */
export function approvalBlocker(
  transfer: Pick<Transfer, "reference" | "created_by">,
  beneficiary: Pick<Beneficiary, "id" | "status" | "edited_by">,
  actor: Actor,
  { approval, approvers }: Pick<PayoutOptions, "approval" | "approvers">
): string | undefined {
  const { reference } = transfer
  if (approvers && !isAmong(approvers, actor)) {
    return (
      `You may not approve transfers: the option payouts.approvers of medusa-regional-payments names who ` +
      `may. Ask one of them to approve ${reference}`
    )
  }
  if (approval === "second_person") {
    if (actor.id === systemActor || actor.key !== undefined) {
      return `The transfer ${reference} has to be approved by a person`
    }
    if (actor.id === transfer.created_by) {
      return `You made the transfer ${reference}: a second person has to approve it`
    }
    if (actor.id === beneficiary.edited_by) {
      return (
        `You were the last to edit the beneficiary ${beneficiary.id} of the transfer ${reference}: ` +
        "a second person has to approve it"
      )
    }
  }
  if (beneficiary.status !== "active") {
    return (
      `The beneficiary ${beneficiary.id} of the transfer ${reference} is ${beneficiary.status}: ` +
      "only an active one can be paid. Reject the transfer, or see to the beneficiary first"
    )
  }
  return undefined
}

/**
 * Why it is not sure that who approves has looked at what he approves; undefined where it is.
 *
 * @param seen the version of the beneficiary that he says he looked at
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

function isAmong(approvers: readonly string[], { id, email }: Actor): boolean {
  const names = [id, email].map((name) => name?.toLowerCase())
  return approvers.some((approver) => names.includes(approver.toLowerCase()))
}
