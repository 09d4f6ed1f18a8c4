import { InlineTip, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { formatTime } from "../../lib/format"
import { LineTable } from "../line-table"
import { StateBadge } from "../payouts/state-badge"
import { SumsTable } from "../payouts/sums-table"
import { RowLink } from "../row-link"
import type { ImportCheck } from "./api"
import { lineFaults } from "./line-faults"
import type { PayoutFile } from "./payout-file"
import { RefusedLinesButton } from "./refused-lines-button"
import { useImportWords } from "./words"

/** In short: how many lines are good, and what they add up to. */
export function CheckSummary({ file, check }: { file: PayoutFile; check: ImportCheck }) {
  const { t, language, count } = useImportWords()
  const { good, problems, held, known, imported_before: before } = check
  const bad = new Set(problems.map(({ line }) => line)).size
  const tell = (what: "good" | "bad" | "held" | "known", number: number) =>
    t(`imports.check.${what}`, { count: number, number: count(number) })
  return (
    <>
      <div className="flex flex-col gap-y-3 px-6 py-4" role="status" aria-live="polite">
        <Text size="small" leading="compact" weight="plus" className="break-words">
          {file.name}
        </Text>
        <Text size="small" className="text-ui-fg-subtle">
          {[
            tell("good", good),
            tell("bad", bad),
            ...(held.length > 0 ? [tell("held", held.length)] : []),
            ...(known.length > 0 ? [tell("known", known.length)] : []),
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
      <SumsTable sums={check.sums} />
    </>
  )
}

/** Line by line: what is wrong, what would wait for a second look, and what is known. */
export function CheckedLines({
  file,
  check: { problems, held, known },
}: {
  file: PayoutFile
  check: ImportCheck
}) {
  const words = useImportWords()
  const { t } = words
  return (
    <>
      <LineTable
        title={t("imports.problems")}
        said={lineFaults(problems, words)}
        actions={<RefusedLinesButton file={file} />}
      />
      <LineTable
        title={t("imports.held")}
        said={held.map(({ line, same_as }) => ({
          line,
          what: (
            <>
              {same_as === null ? (
                t("approvals.firstPayment.title")
              ) : "line" in same_as ? (
                t("imports.sameAsLine", { line: same_as.line })
              ) : (
                <RowLink to={`/payouts/${same_as.id}`}>{same_as.reference}</RowLink>
              )}
              <span className="text-ui-fg-subtle block">
                {t(`approvals.${same_as === null ? "firstPayment" : "alike"}.explained`)}
              </span>
            </>
          ),
        }))}
      />
      <KnownLines known={known} />
    </>
  )
}

/** Lines whose transfers were made before, by the same keys. */
export function KnownLines({ known }: { known: ImportCheck["known"] }) {
  const { t } = useImportWords()
  return (
    <LineTable
      title={t("imports.known")}
      said={known.map(({ line, transfer_id, reference, status }) => ({
        line,
        what: (
          <span className="flex flex-wrap items-center gap-2">
            <RowLink to={`/payouts/${transfer_id}`}>{reference}</RowLink>
            <StateBadge state={status} />
          </span>
        ),
      }))}
    />
  )
}
