import { Text } from "@medusajs/ui"
import { useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { isConflict } from "../../lib/client"
import { useDraft } from "../../lib/draft"
import { useMyId } from "../../lib/me"
import { useDoOnce } from "../ask-once"
import { FormEnd } from "../form-end"
import { NoteField } from "../form-fields"
import { useApprovalCommand, type Approval, type ApprovalCommand } from "./api"
import { GivenApprovals } from "./given-approvals"
import { useApprovalWords } from "./words"

/** Of a reason, where it has to be given. */
const shortestReason = 3

/**
 * What this person can do about a transfer that waits: a second person approves or rejects it, whoever made it withdraws
 * it. What they may not do is said instead.
 */
export function Decision({ approval, onDone }: { approval: Approval; onDone: () => void }) {
  const words = useApprovalWords()
  const { t } = words
  const { may } = useAbilities()
  const me = useMyId()
  const [isRejecting, setRejecting] = useState(false)
  const [reason, setReason, forget] = useDraft(`payout:${approval.transfer.id}:reject`)
  const { transfer, may_approve } = approval
  const { decide, command, failure } = useDecide(approval, () => {
    forget()
    onDone()
  })
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
  const mayApprove = may_approve && mayDecide
  return (
    <form
      className="flex flex-col gap-y-3 px-6 py-4"
      aria-label={t("approvals.decide")}
      onSubmit={(event) => {
        event.preventDefault()
        void decide(isRejecting ? { verb: "reject", reason: reason.trim() } : approve)
      }}
    >
      <Text size="small" className="text-ui-fg-subtle">
        {may_approve
          ? t(mayDecide ? "approvals.rule.mayApprove" : "approvals.rule.role")
          : words.whyNot(approval)}
      </Text>
      <GivenApprovals approvals={approval.approvals} />
      {isRejecting && (
        <NoteField
          autoFocus
          label={t("approvals.reject.reason")}
          value={reason}
          onChange={setReason}
          hint={t("approvals.reject.hint")}
        />
      )}
      <FormEnd
        error={command.error}
        failure={failure}
        {...(isRejecting
          ? {
              onCancel: () => setRejecting(false),
              submit: t("approvals.reject.label", { amount }),
              isBlocked: reason.trim().length < shortestReason,
              isDangerous: true,
            }
          : {
              ...(!isOwn && mayDecide
                ? { cancel: t("approvals.reject.open"), onCancel: () => setRejecting(true) }
                : {}),
              ...(isOwn && may("payout_transfer:update")
                ? {
                    cancel: t("approvals.withdraw.label", { amount }),
                    onCancel: () => void decide({ verb: "cancel" }),
                  }
                : {}),
              ...(mayApprove ? { submit: t("approvals.approve.label", { amount }) } : {}),
            })}
        isBusy={command.isPending}
      />
    </form>
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
  const decide = async (what: ApprovalCommand): Promise<void> => {
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
  }
  const failure = (error: unknown) =>
    isConflict(error) ? t("approvals.changedMeanwhile") : words.failure(error)
  return { decide, command, failure }
}
