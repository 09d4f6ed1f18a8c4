import { Button, Hint, Label, Text, Textarea, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { isConflict } from "../../lib/client"
import { useDraft } from "../../lib/draft"
import { useMyId } from "../../lib/me"
import { useAskOnce } from "../ask-once"
import { useApprovalCommand, type Approval, type ApprovalCommand } from "./api"
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
  const { transfer, may_approve } = approval
  const { decide, isPending, refusal } = useDecide(approval, onDone)
  if (!may || me === undefined) {
    return null
  }
  const mayDecide = may("payout_transfer:approve")
  const isOwn = transfer.created_by === me
  const amount = words.amount(transfer)
  return (
    <section className="flex flex-col gap-y-3 px-6 py-4" aria-label={t("approvals.decide")}>
      <Text size="small" className="text-ui-fg-subtle">
        {may_approve
          ? mayDecide
            ? t("approvals.rule.mayApprove")
            : t("approvals.rule.role")
          : words.whyNot(approval)}
      </Text>
      {refusal !== undefined && (
        <Hint variant="error" role="alert">
          {refusal}
        </Hint>
      )}
      {isRejecting ? (
        <RejectForm
          approval={approval}
          isPending={isPending}
          onReject={(reason) => decide({ verb: "reject", reason })}
          onBack={() => setRejecting(false)}
        />
      ) : (
        <div className="flex flex-wrap justify-end gap-2">
          {isOwn && may("payout_transfer:update") && (
            <Button
              size="small"
              variant="secondary"
              isLoading={isPending}
              onClick={() => void decide({ verb: "cancel" })}
            >
              {t("approvals.withdraw.label", { amount })}
            </Button>
          )}
          {!isOwn && mayDecide && (
            <Button
              size="small"
              variant="secondary"
              disabled={isPending}
              onClick={() => setRejecting(true)}
            >
              {t("approvals.reject.open")}
            </Button>
          )}
          {may_approve && mayDecide && (
            <Button
              size="small"
              isLoading={isPending}
              onClick={() =>
                void decide({
                  verb: "approve",
                  beneficiary_version_id: transfer.beneficiary_version_id,
                  ...(transfer.same_as_id === null ? {} : { same_as_id: transfer.same_as_id }),
                })
              }
            >
              {t("approvals.approve.label", { amount })}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}

/** Asks once and then does it; what it was refused with stands until the next try. */
function useDecide(approval: Approval, onDone: () => void) {
  const words = useApprovalWords()
  const { t } = words
  const ask = useAskOnce()
  const command = useApprovalCommand(approval.transfer.id)
  const { transfer } = approval
  const said = {
    amount: words.amount(transfer),
    name: transfer.beneficiary?.name ?? "",
    account: transfer.beneficiary?.account_hint ?? "",
    gateway: words.provider(transfer.provider_id),
    purpose: transfer.purpose,
  }
  const decide = async (what: ApprovalCommand): Promise<void> => {
    const verb = what.verb === "cancel" ? "withdraw" : what.verb
    const isSure = await ask({
      title: t(`approvals.${verb}.title`, said),
      description: [
        t(`approvals.${verb}.ask`, said),
        ...(verb === "approve" && approval.same_as
          ? [t("approvals.approve.alike", { reference: approval.same_as.transfer.reference })]
          : []),
      ].join(" "),
      confirm: t(`approvals.${verb}.label`, said),
      isDangerous: verb !== "approve",
    })
    if (!isSure) {
      return
    }
    try {
      await command.mutateAsync(what)
      toast.success(t(`approvals.${verb}.done`, said))
      onDone()
    } catch {
      // shown in the drawer
    }
  }
  return {
    decide,
    isPending: command.isPending,
    refusal: command.error
      ? isConflict(command.error)
        ? t("approvals.changedMeanwhile")
        : words.failure(command.error)
      : undefined,
  }
}

/** Whoever made it reads the reason, so that there has to be one. */
function RejectForm({
  approval,
  isPending,
  onReject,
  onBack,
}: {
  approval: Approval
  isPending: boolean
  onReject: (reason: string) => Promise<void>
  onBack: () => void
}) {
  const words = useApprovalWords()
  const { t } = words
  const [reason, setReason, forget] = useDraft(`payout:${approval.transfer.id}:reject`)
  const field = useId()
  return (
    <form
      className="flex flex-col gap-y-2"
      onSubmit={(event) => {
        event.preventDefault()
        void onReject(reason.trim()).then(forget)
      }}
    >
      <Label htmlFor={field} size="small" weight="plus">
        {t("approvals.reject.reason")}
      </Label>
      <Textarea
        id={field}
        autoFocus
        value={reason}
        maxLength={1_000}
        aria-describedby={`${field}-hint`}
        onChange={({ target }) => setReason(target.value)}
      />
      <Hint id={`${field}-hint`}>{t("approvals.reject.hint")}</Hint>
      <div className="flex flex-wrap justify-end gap-2">
        <Button type="button" size="small" variant="secondary" onClick={onBack}>
          {t("common.cancel")}
        </Button>
        <Button
          type="submit"
          size="small"
          variant="danger"
          disabled={reason.trim().length < shortestReason}
          isLoading={isPending}
        >
          {t("approvals.reject.label", { amount: words.amount(approval.transfer) })}
        </Button>
      </div>
    </form>
  )
}
