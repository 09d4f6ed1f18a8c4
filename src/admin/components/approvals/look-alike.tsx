import { Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { StateBadge } from "../payouts/state-badge"
import { RowLink } from "../row-link"
import type { Signed } from "./api"
import { signedValues } from "./signed"
import { useApprovalWords } from "./words"

/** A held transfer beside the one that it looks like, a line for each value; what differs stands out. */
export function LookAlike({ held, other }: { held: Signed; other: Signed }) {
  const { t } = useApprovalWords()
  const title = t("approvals.alike.title")
  return (
    <section className="flex flex-col gap-y-3 px-6 py-4" aria-label={title}>
      <Text size="small" leading="compact" weight="plus">
        {title}
      </Text>
      <Text size="small" className="text-ui-fg-subtle">
        {t("approvals.alike.explained")}
      </Text>
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
