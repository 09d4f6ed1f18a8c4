import { Text } from "@medusajs/ui"
import { useAbilities } from "../../lib/abilities"
import { isConflict } from "../../lib/client"
import { useMyId } from "../../lib/me"
import { useDoOnce } from "../ask-once"
import { useApprovalCommand, type Approval, type ApprovalCommand } from "./api"
import { DecisionForm } from "./decision-form"
import { GivenApprovals } from "./given-approvals"
import { useApprovalWords } from "./words"

/**
 * What this person can do about a transfer that waits: a second person approves or rejects it, whoever made it withdraws
 * it. What they may not do is said instead.
 */
export function Decision({ approval, onDone }: { approval: Approval; onDone: () => void }) {
  const words = useApprovalWords()
  const { t } = words
  const { may } = useAbilities()
  const me = useMyId()
  const { transfer, may_approve } = approval
  const { decide, command, failure } = useDecide(approval, onDone)
  if (!may || me === undefined) {
    return null
  }
  const mayDecide = may("payout_transfer:approve")
  const isOwn = transfer.created_by === me
  const amount = words.amount(transfer)
  const approve = {
    verb: "approve",
    beneficiary_version_id: transfer.beneficiary_version_id,
    ...(transfer.same_as_id === null ? {} : { same_as_id: transfer.same_as_id }),
    ...(transfer.first_payment_to === null ? {} : { first_payment_to: transfer.first_payment_to }),
  } as const
  return (
    <DecisionForm
      draft={`payout:${transfer.id}:reject`}
      approve={
        may_approve && mayDecide
          ? {
              label: t("approvals.approve.label", { amount }),
              run: async () => await decide(approve),
            }
          : undefined
      }
      reject={
        !isOwn && mayDecide
          ? {
              label: t("approvals.reject.label", { amount }),
              run: async (reason) => await decide({ verb: "reject", reason }),
            }
          : undefined
      }
      withdraw={
        isOwn && may("payout_transfer:update")
          ? {
              label: t("approvals.withdraw.label", { amount }),
              run: async () => await decide({ verb: "cancel" }),
            }
          : undefined
      }
      command={command}
      failure={failure}
    >
      <Text size="small" className="text-ui-fg-subtle">
        {may_approve
          ? t(mayDecide ? "approvals.rule.mayApprove" : "approvals.rule.role")
          : words.whyNot(approval)}
      </Text>
      <GivenApprovals approvals={approval.approvals} />
    </DecisionForm>
  )
}

/** Asks once and then does it; what it was refused with stands until the next try. */
function useDecide(approval: Approval, onDone: () => void) {
  const words = useApprovalWords()
  const { t } = words
  const doOnce = useDoOnce()
  const command = useApprovalCommand(approval.transfer.id)
  const { transfer, same_as } = approval
  const said = {
    amount: words.amount(transfer),
    name: transfer.beneficiary?.name ?? "",
    account: transfer.beneficiary?.account_hint ?? "",
    gateway: words.provider(transfer.provider_id),
    purpose: transfer.purpose,
  }
  const decide = async (what: ApprovalCommand): Promise<boolean> => {
    const verb = what.verb === "cancel" ? "withdraw" : what.verb
    const alike =
      verb === "approve" && same_as
        ? [t("approvals.approve.alike", { reference: same_as.transfer.reference })]
        : []
    const isDone = await doOnce(
      {
        title: t(`approvals.${verb}.title`, said),
        description: [t(`approvals.${verb}.ask`, said), ...alike].join(" "),
        confirm: t(`approvals.${verb}.label`, said),
        isDangerous: verb !== "approve",
      },
      async () => await command.mutateAsync(what),
      t(`approvals.${verb}.done`, said)
    )
    if (isDone) {
      onDone()
    }
    return isDone
  }
  const failure = (error: unknown) =>
    isConflict(error) ? t("approvals.changedMeanwhile") : words.failure(error)
  return { decide, command, failure }
}
