import { InlineTip } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { downloadFor } from "../../lib/client"
import { formatTime } from "../../lib/format"
import { DownloadButton } from "../download-button"
import { LineTable } from "../line-table"
import { RowLink } from "../list-table"
import { StateBadge } from "../payouts/state-badges"
import { SumsTable } from "../payouts/sums-table"
import { type ImportCheck, importsPath } from "./api"
import type { DroppedFile } from "./import-file"
import { useImportWords } from "./words"
import { StrongText, SubtleText } from "../text"

/** In short: how many lines are good, and what they add up to. */
export function CheckSummary({ file, check }: { file: DroppedFile; check: ImportCheck }) {
  const { t, language, count } = useImportWords()
  const { good, problems, held, known, imported_before: before } = check
  const bad = new Set(problems.map(({ line }) => line)).size
  const tell = (what: "good" | "bad" | "held" | "known", number: number) =>
    t(`imports.check.${what}`, { count: number, number: count(number) })
  return (
    <>
      <div className="flex flex-col gap-y-3 px-6 py-4" role="status" aria-live="polite">
        <StrongText className="break-words">{file.name}</StrongText>
        <SubtleText>
          {[
            tell("good", good),
            tell("bad", bad),
            ...(held.length > 0 ? [tell("held", held.length)] : []),
            ...(known.length > 0 ? [tell("known", known.length)] : []),
          ].join(" · ")}
        </SubtleText>
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
  file: DroppedFile
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

/** What is wrong with lines of a file: in the admin's language where there are words for it, and what stands in the line. */
export function lineFaults(
  problems: ImportCheck["problems"],
  { t }: Pick<ReturnType<typeof useImportWords>, "t">
) {
  return problems.map(({ line, message, code }) => ({
    line,
    what:
      code === undefined ? (
        message
      ) : (
        <>
          {t(`imports.faults.${code}`)}
          <span className="text-ui-fg-subtle block">{message}</span>
        </>
      ),
  }))
}

/** Saves the lines of a file that have to be mended, with their reasons: mended, that file can be dropped. */
function RefusedLinesButton({ file }: { file: DroppedFile }) {
  const { t } = useImportWords()
  return (
    <DownloadButton
      label={t("imports.refusedLines")}
      save={async () =>
        await downloadFor(`${importsPath}/refused-lines`, file.body, "refused-lines.csv")
      }
    />
  )
}
