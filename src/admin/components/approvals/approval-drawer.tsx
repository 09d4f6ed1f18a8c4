import { InlineTip, Text } from "@medusajs/ui"
import { useRef } from "react"
import { Loaded } from "../loaded"
import { SideDrawer } from "../side-drawer"
import { useApproval, type Approval } from "./api"
import { Decision } from "./decision"
import { LookAlike } from "./look-alike"
import { changesBetween, type Change } from "./signed"
import { SignedFacts } from "./signed-facts"
import { useApprovalWords } from "./words"

/** All that one approval signs, and what this person can do about it. */
export function ApprovalDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useApprovalWords()
  const approval = useApproval(id)
  return (
    <SideDrawer title={t("approvals.one")} onClose={onClose}>
      <Loaded answer={approval}>
        {(waiting) =>
          waiting ? (
            <ToApprove key={id} approval={waiting} onDone={onClose} />
          ) : (
            <Text size="small" className="text-ui-fg-subtle px-6 py-4" role="status">
              {t("approvals.gone")}
            </Text>
          )
        }
      </Loaded>
    </SideDrawer>
  )
}

/** What is signed, what changed while somebody looked, what it looks like, and what this person can do about it. */
export function ToApprove({ approval, onDone }: { approval: Approval; onDone: () => void }) {
  const opened = useRef(approval)
  const changes = changesBetween(opened.current, approval)
  return (
    <>
      <Changes approval={approval} changes={changes} />
      <div className="divide-y py-1">
        <SignedFacts signed={approval} />
      </div>
      {approval.same_as && <LookAlike held={approval} other={approval.same_as} />}
      {approval.transfer.first_payment_to !== null && <FirstPayment />}
      <Decision approval={approval} onDone={onDone} />
    </>
  )
}

/** What whoever approves says that they made sure of. */
function FirstPayment() {
  const { t } = useApprovalWords()
  return (
    <div className="py-4">
      <InlineTip variant="warning" label={t("approvals.firstPayment.title")}>
        {t("approvals.firstPayment.explained")}
      </InlineTip>
    </div>
  )
}

/** What somebody else changed while this person looked at it. */
function Changes({ approval, changes }: { approval: Approval; changes: readonly Change[] }) {
  const words = useApprovalWords()
  const { t } = words
  const { provider_id, edited_from_version_id } = approval.transfer
  const isEdited = edited_from_version_id !== null
  return (
    <div role="status" aria-live="polite" className="empty:hidden">
      {(changes.length > 0 || isEdited) && (
        <InlineTip
          variant="warning"
          label={t(changes.length > 0 ? "approvals.changed.now" : "approvals.changed.before")}
          className="m-4"
        >
          {changes.length > 0
            ? changes
                .map(({ name, before, after }) =>
                  t("approvals.changed.value", {
                    what: words.signedField(provider_id, name),
                    before: before ?? t("approvals.alike.none"),
                    after: after ?? t("approvals.alike.none"),
                  })
                )
                .join(" ")
            : t("approvals.changed.edited")}
        </InlineTip>
      )}
    </div>
  )
}
