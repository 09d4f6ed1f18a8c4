import { useState, type ReactNode } from "react"
import { useDraft } from "../../lib/draft"
import { FormEnd } from "../form-end"
import { NoteField } from "../form-fields"
import { useApprovalWords } from "./words"

/** Of a reason, where it has to be given. */
const shortestReason = 3

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
    <form
      className="flex flex-col gap-y-3 px-6 py-4"
      aria-label={t("approvals.decide")}
      onSubmit={(event) => {
        event.preventDefault()
        void settle(isRejecting ? reject?.run(reason.trim()) : approve?.run())
      }}
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
              isBlocked: reason.trim().length < shortestReason,
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
    </form>
  )
}
