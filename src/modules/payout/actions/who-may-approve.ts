import { add, compare, decimal } from "../../../gateways/shared/money"
import { type Actor, isSameEmail, type PersonalAct } from "../actor"
import type { BatchTotals } from "../domain/batch"
import type { Beneficiary } from "../domain/beneficiary"
import type { Transfer } from "../domain/transfer"
import type { PayoutOptions } from "../options"

/** Why a person may not approve a transfer: a code for the dashboard's own words, and a sentence. */
export type Blocker = { code: BlockerCode; message: string }

export const blockerCodes = [
  "not_a_person",
  "not_an_approver",
  "made_it",
  "admin_since",
  "last_editor",
  "changed_what_is_sent",
  "beneficiary_not_active",
  "cooling_off",
  "approved_it",
] as const

type BlockerCode = (typeof blockerCodes)[number]

type Judged = Pick<Transfer, "reference" | "created_by" | "created_at">

type ApprovalRules = Pick<PayoutOptions, "approval" | "approvers" | "keysMay">

/** Why this person may not approve this transfer; undefined where they may. Limits are another matter. */
export function approvalBlocker(
  transfer: Judged,
  beneficiary: Pick<Beneficiary, "id" | "status" | "edited_by" | "changed_by">,
  actor: Actor,
  rules: ApprovalRules
): Blocker | undefined {
  const { reference } = transfer
  const blocker =
    notTheirsToSay(transfer, actor, rules, "approve") ??
    (rules.approval === "second_person" ? editorBlocker(transfer, beneficiary, actor) : undefined)
  if (blocker !== undefined || beneficiary.status === "active") {
    return blocker
  }
  return {
    code: "beneficiary_not_active",
    message:
      `The beneficiary ${beneficiary.id} of the transfer ${reference} is ${beneficiary.status}: ` +
      "only an active one can be paid. Reject the transfer, or see to the beneficiary first",
  }
}

/** Who came after it was made, or edited where it goes. */
function editorBlocker(
  transfer: Judged,
  beneficiary: Pick<Beneficiary, "id" | "edited_by" | "changed_by">,
  actor: Actor
): Blocker | undefined {
  const { reference, created_at } = transfer
  if (actor.type !== "system" && actor.since > created_at) {
    return {
      code: "admin_since",
      message:
        `You became an admin after the transfer ${reference} was made: somebody who was one before has to ` +
        "approve it",
    }
  }
  if (actor.id === beneficiary.edited_by) {
    return {
      code: "last_editor",
      message:
        `You were the last to edit the beneficiary ${beneficiary.id} of the transfer ${reference}: ` +
        "a second person has to approve it",
    }
  }
  return ownChangeBlocker(transfer, beneficiary, actor, "approve")
}

/** How long somebody is an admin before they say what became of a transfer that is older, in milliseconds. */
const newcomerWaitsMs = 24 * 60 * 60_000

/**
 * Why this person may not say what became of a transfer that was sent; undefined where they may. Only who made it, and
 * who set what it paid, are barred for good. So there is always somebody who can, if need be one who is invited for it:
 * unlike an approval it can't wait for ever.
 *
 * @param paid the version of the beneficiary that the transfer paid
 */
export function resolveBlocker(
  transfer: Judged,
  paid: { beneficiary_id: string } & Pick<Beneficiary, "changed_by">,
  actor: Actor,
  rules: ApprovalRules,
  now: Date
): Blocker | undefined {
  const { reference, created_at } = transfer
  const blocker = notTheirsToSay(transfer, actor, rules, "resolve")
  if (blocker !== undefined || rules.approval === "none" || actor.type === "system") {
    return blocker
  }
  const maySayAt = new Date(actor.since.getTime() + newcomerWaitsMs)
  if (actor.since > created_at && now < maySayAt) {
    return {
      code: "admin_since",
      message:
        `You became an admin after the transfer ${reference} was made: you can resolve it from ` +
        `${maySayAt.toISOString()} on, and somebody who was an admin before can now`,
    }
  }
  return ownChangeBlocker(transfer, { ...paid, id: paid.beneficiary_id }, actor, "resolve")
}

/** Whether there are transfers that this person may approve: whoever made them, wherever they go. */
export function mayApproveAny(actor: Actor, rules: ApprovalRules): boolean {
  const ofAnother: Judged = { reference: "", created_by: "", created_at: new Date() }
  return notTheirsToSay(ofAnother, actor, rules, "approve") === undefined
}

function notTheirsToSay(
  { reference, created_by }: Judged,
  actor: Actor,
  { approval, approvers, keysMay }: ApprovalRules,
  act: Extract<PersonalAct, "approve" | "resolve">
): Blocker | undefined {
  const aPersonHasTo: Blocker = {
    code: "not_a_person",
    message: `The transfer ${reference} has to be ${act}d by a person`,
  }
  if (actor.type === "key" && !keysMay.includes(act)) {
    return aPersonHasTo
  }
  if (approvers && !isAmong(approvers, actor)) {
    return {
      code: "not_an_approver",
      message:
        `You may not ${act} transfers: the option payouts.approvers of medusa-regional-payments names who ` +
        `may, by their ids, or by e-mails that nobody else has or had. Ask one of them to ${act} ${reference}`,
    }
  }
  if (approval === "none") {
    return undefined
  }
  if (actor.type === "system") {
    return aPersonHasTo
  }
  return actor.id === created_by
    ? {
        code: "made_it",
        message: `You made the transfer ${reference}: a second person has to ${act} it`,
      }
    : undefined
}

function ownChangeBlocker(
  { reference }: Pick<Judged, "reference">,
  { id, changed_by }: Pick<Beneficiary, "id" | "changed_by">,
  actor: Actor,
  act: "approve" | "resolve"
): Blocker | undefined {
  const changed = Object.keys(changed_by).filter((field) => changed_by[field] === actor.id)
  // The account as a whole is named where nobody knows which of its fields it was.
  const isByField = changed.some((field) => field.startsWith("account."))
  const own = changed.filter((field) => field !== "account" || !isByField).sort()
  return own.length === 0
    ? undefined
    : {
        code: "changed_what_is_sent",
        message:
          `You were the last to change the ${own.join(" and the ")} of the beneficiary ${id} of the ` +
          `transfer ${reference}: a second person has to ${act} it`,
      }
}

/** @param approvers the option of that name */
export function isAmong(approvers: readonly string[], actor: Actor): boolean {
  if (approvers.includes(actor.id)) {
    return true
  }
  const email = actor.type === "user" ? actor.email : null
  return email !== null && approvers.some((approver) => isSameEmail(approver, email))
}

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
