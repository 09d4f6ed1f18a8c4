import { type ReactNode, useState } from "react"
import { useAbilities, useMyId } from "../../lib/abilities"
import { isConflict } from "../../lib/request-error"
import { useDraft } from "../../lib/draft"
import { useDoOnce } from "../ask-once"
import type { BatchDetail } from "../batches/api"
import { Form, FormEnd, isNoteGiven, NoteField } from "../form-fields"
import { type Approval, type ApprovalCommand, useApprovalCommand } from "./api"
import { useApprovalWords } from "./words"
import { StrongText, SubtleText } from "../text"

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
      <SubtleText>
        {may_approve
          ? t(mayDecide ? "approvals.rule.mayApprove" : "approvals.rule.role")
          : words.whyNot(approval)}
      </SubtleText>
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

/** What somebody may do, by the words of its button; left out where they may not. `run` says whether it was done. */
type Act<Given extends unknown[] = []> = {
  label: string
  run: (...given: Given) => Promise<boolean>
}

/**
 * What a person decides about a transfer or a batch that waits: approve it, reject it with a reason, or take it back.
 *
 * @param draft under which the reason is kept while it is typed
 * @param children the rule for this person, in words
 */
export function DecisionForm({
  draft,
  children,
  approve,
  reject,
  withdraw,
  command,
  failure,
}: {
  draft: string
  children: ReactNode
  approve?: Act
  reject?: Act<[reason: string]>
  withdraw?: Act
  command: { error: unknown; isPending: boolean }
  failure: (error: unknown) => string
}) {
  const { t } = useApprovalWords()
  const [isRejecting, setRejecting] = useState(false)
  const [reason, setReason, forget] = useDraft(draft)
  const settle = async (act: Promise<boolean> | undefined) => {
    if (await act) {
      setRejecting(false)
      forget()
    }
  }
  return (
    <Form
      className="flex flex-col gap-y-3 px-6 py-4"
      aria-label={t("approvals.decide")}
      onSubmit={() => settle(isRejecting ? reject?.run(reason.trim()) : approve?.run())}
    >
      {children}
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
              submit: reject?.label,
              isBlocked: !isNoteGiven(reason),
              isDangerous: true,
            }
          : {
              ...(reject && {
                cancel: t("approvals.reject.open"),
                onCancel: () => setRejecting(true),
              }),
              ...(withdraw && {
                cancel: withdraw.label,
                onCancel: () => void settle(withdraw.run()),
              }),
              submit: approve?.label,
            })}
        isBusy={command.isPending}
      />
    </Form>
  )
}

/** How many of the people whom it needs have approved, and who; nothing where one is enough. */
export function GivenApprovals({
  approvals: { needed, given },
}: {
  approvals: Approval["approvals"] | BatchDetail["approvals"]
}) {
  const { t, person, language } = useApprovalWords()
  if (needed < 2) {
    return null
  }
  const names = given.map((one) => person(one.approved_by_name, one.approved_by))
  return (
    <StrongText>
      {t("approvals.rule.approvals", { given: given.length, needed })}
      {names.length > 0 && ` (${new Intl.ListFormat(language).format(names)})`}
    </StrongText>
  )
}
