import { InlineTip } from "@medusajs/ui"
import { type ReactNode, useRef } from "react"
import { RowLink } from "../list-table"
import { StateBadge } from "../payouts/state-badges"
import { Loaded } from "../problem"
import { Fact } from "../section"
import { SideDrawer } from "../side-drawer"
import { type Approval, type Signed, useApproval } from "./api"
import { Decision } from "./decision"
import { type Change, changesBetween, signedValues } from "./signed"
import { useApprovalWords } from "./words"
import { StrongText, SubtleText } from "../text"

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
            <SubtleText className="px-6 py-4" role="status">
              {t("approvals.gone")}
            </SubtleText>
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

/** Exactly what an approval signs: who is paid where, how much, and for what. */
function SignedFacts({ signed }: { signed: Signed }) {
  const words = useApprovalWords()
  const { t } = words
  const { transfer } = signed
  return (
    <>
      <Fact label={t("approvals.signed.amount")}>
        <span className="font-medium">{words.amount(transfer)}</span>
      </Fact>
      {[...signedValues(signed)].map(([name, value]) => (
        <Fact key={name} label={words.signedField(transfer.provider_id, name)}>
          {value}
        </Fact>
      ))}
      {signed.account === null && (
        <Fact label={t("approvals.signed.account")}>{t("approvals.signed.unreadable")}</Fact>
      )}
      <Fact label={t("approvals.signed.gateway")}>{words.provider(transfer.provider_id)}</Fact>
      <Fact label={t("approvals.signed.madeBy")}>{words.madeBy(signed)}</Fact>
      <Fact label={t("approvals.signed.reference")} copies={transfer.reference}>
        {transfer.reference}
      </Fact>
    </>
  )
}

/** A held transfer beside the one that it looks like, a line for each value; what differs stands out. */
function LookAlike({ held, other }: { held: Signed; other: Signed }) {
  const { t } = useApprovalWords()
  const title = t("approvals.alike.title")
  return (
    <section className="flex flex-col gap-y-3 px-6 py-4" aria-label={title}>
      <StrongText>{title}</StrongText>
      <SubtleText>{t("approvals.alike.explained")}</SubtleText>
      <table className="txt-compact-small w-full table-fixed border-collapse">
        <thead>
          <tr className="text-ui-fg-subtle text-left align-bottom">
            <th className="w-1/4 py-1 pr-2 font-medium" scope="col">
              <span className="sr-only">{t("approvals.alike.what")}</span>
            </th>
            <th className="py-1 pr-2 font-medium" scope="col">
              {t("approvals.alike.this")}
            </th>
            <th className="px-2 py-1 font-medium" scope="col">
              {t("approvals.alike.other")}
            </th>
          </tr>
        </thead>
        <tbody>
          {useLines(held, other).map(({ label, one, two, differs }) => (
            <tr key={label} className="border-ui-border-base border-t align-top">
              <th
                className="text-ui-fg-subtle break-words py-1 pr-2 text-left font-normal"
                scope="row"
              >
                {label}
              </th>
              <td className="break-words py-1 pr-2">{one}</td>
              <td
                className={`break-words px-2 py-1 ${differs ? "bg-ui-tag-orange-bg text-ui-tag-orange-text" : ""}`}
              >
                {two}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type Line = { label: string; one: ReactNode; two: ReactNode; differs: boolean }

function useLines(held: Signed, other: Signed): Line[] {
  const words = useApprovalWords()
  const { t } = words
  const [ofHeld, ofOther] = [signedValues(held), signedValues(other)]
  const line = (label: string, one?: string, two?: string): Line => ({
    label,
    one: one ?? t("approvals.alike.none"),
    two: two ?? t("approvals.alike.none"),
    differs: one !== two,
  })
  const { transfer } = other
  return [
    line(t("approvals.signed.amount"), words.amount(held.transfer), words.amount(transfer)),
    ...[...new Set([...ofHeld.keys(), ...ofOther.keys()])].map((name) =>
      line(words.signedField(held.transfer.provider_id, name), ofHeld.get(name), ofOther.get(name))
    ),
    {
      label: t("approvals.alike.state"),
      one: <StateBadge state={held.transfer.status} />,
      two: <StateBadge state={transfer.status} />,
      differs: false,
    },
    {
      ...line(t("approvals.signed.madeBy"), words.madeBy(held), words.madeBy(other)),
      differs: false,
    },
    {
      label: t("approvals.signed.reference"),
      one: held.transfer.reference,
      two: <RowLink to={`/payouts/${transfer.id}`}>{transfer.reference}</RowLink>,
      differs: false,
    },
  ]
}
