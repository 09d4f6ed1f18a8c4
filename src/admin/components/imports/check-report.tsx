import { InlineTip, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { formatTime } from "../../lib/format"
import { LineTable } from "../line-table"
import { StateBadge } from "../payouts/state-badge"
import { SumsTable } from "../payouts/sums-table"
import { RowLink } from "../row-link"
import type { ImportCheck } from "./api"
import type { PayoutFile } from "./payout-file"
import { useImportWords } from "./words"

/** What is wrong in which line of a file, what the good lines add up to, and which of them would wait or are known. */
export function CheckReport({ file, check }: { file: PayoutFile; check: ImportCheck }) {
  const { t, language, count } = useImportWords()
  const { good, problems, held, known, imported_before: before } = check
  const bad = new Set(problems.map(({ line }) => line)).size
  return (
    <>
      <div className="flex flex-col gap-y-3 px-6 py-4" role="status" aria-live="polite">
        <Text size="small" leading="compact" weight="plus" className="break-words">
          {file.name}
        </Text>
        <Text size="small" className="text-ui-fg-subtle">
          {[
            t("imports.check.good", { count: good, number: count(good) }),
            t("imports.check.bad", { count: bad, number: count(bad) }),
            ...(held.length > 0
              ? [t("imports.check.held", { count: held.length, number: count(held.length) })]
              : []),
            ...(known.length > 0
              ? [t("imports.check.known", { count: known.length, number: count(known.length) })]
              : []),
          ].join(" · ")}
        </Text>
        {before && (
          <InlineTip variant="warning" label={t("imports.before.title")}>
            {t("imports.before.told", {
              name: before.file_name ?? before.id,
              time: formatTime(before.created_at, language),
            })}{" "}
            <Link className="text-ui-fg-interactive" to={`/payouts/imports/${before.id}`}>
              {t("imports.before.open")}
            </Link>
          </InlineTip>
        )}
      </div>
      <LineTable
        title={t("imports.problems")}
        said={problems.map(({ line, message }) => ({ line, what: message }))}
      />
      <SumsTable sums={check.sums} />
      <LineTable
        title={t("imports.held")}
        said={held.map(({ line, reason, same_as }) => ({
          line,
          what: (
            <>
              {"line" in same_as ? (
                t("imports.sameAsLine", { line: same_as.line })
              ) : (
                <RowLink to={`/payouts/${same_as.id}`}>{same_as.reference}</RowLink>
              )}
              <span className="text-ui-fg-subtle block">{reason}</span>
            </>
          ),
        }))}
      />
      <LineTable
        title={t("imports.known")}
        said={known.map(({ line, transfer_id, reference, status }) => ({
          line,
          what: <KnownTransfer id={transfer_id} reference={reference} status={status} />,
        }))}
      />
    </>
  )
}

export function KnownTransfer({
  id,
  reference,
  status,
}: {
  id: string
  reference: string
  status: ImportCheck["known"][number]["status"]
}) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <RowLink to={`/payouts/${id}`}>{reference}</RowLink>
      <StateBadge state={status} />
    </span>
  )
}
