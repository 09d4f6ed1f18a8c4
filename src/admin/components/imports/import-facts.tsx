import { StatusBadge } from "@medusajs/ui"
import { formatTime } from "../../lib/format"
import { Fact, FactLink } from "../fact"
import { LineTable } from "../line-table"
import { StateBadge } from "../payouts/state-badge"
import { transferStates } from "../payouts/states"
import { RowLink } from "../row-link"
import type { ImportDetail } from "./api"
import { KnownLines } from "./check-report"
import { lineFaults } from "./line-faults"
import { importColors, useImportWords } from "./words"

/** What a file came to: what was made of it and how that stands, what was known before, what waits, what was wrong. */
export function ImportFacts({ found }: { found: ImportDetail }) {
  const words = useImportWords()
  const { t, language, count, importState } = words
  const states = transferStates.filter((state) => (found.transfers[state] ?? 0) > 0)
  return (
    <>
      <div className="divide-y">
        <Fact label={t("imports.columns.state")}>
          <StatusBadge color={importColors[found.status]}>{importState(found.status)}</StatusBadge>
        </Fact>
        <Fact label={t("imports.columns.time")}>{formatTime(found.created_at, language)}</Fact>
        <Fact label={t("imports.columns.lines")}>{count(found.total)}</Fact>
        <Fact label={t("imports.columns.made")}>{count(found.made)}</Fact>
        {found.batch_id !== null && (
          <Fact label={t("batches.one")}>
            <FactLink to={`/payouts/batches/${found.batch_id}`}>{t("imports.toBatch")}</FactLink>
          </Fact>
        )}
        <Fact label={t("imports.known")}>{count(found.known.length)}</Fact>
        <Fact label={t("imports.held")}>{count(found.held.length)}</Fact>
        {states.length > 0 && (
          <Fact label={t("imports.become")}>
            <ul className="flex flex-col gap-y-1">
              {states.map((state) => (
                <li key={state} className="flex items-center gap-x-2">
                  <StateBadge state={state} /> {count(found.transfers[state] ?? 0)}
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </div>
      <LineTable title={t("imports.problems")} said={lineFaults(found.problems, words)} />
      <LineTable
        title={t("imports.held")}
        said={found.held.map(({ line, transfer_id, same_as_id }) => ({
          line,
          what: (
            <>
              <RowLink to={`/payouts/approvals?open=${transfer_id}`}>{t("imports.look")}</RowLink>
              <span className="text-ui-fg-subtle block">
                {t(`approvals.${same_as_id === null ? "firstPayment" : "alike"}.explained`)}
              </span>
            </>
          ),
        }))}
      />
      <KnownLines known={found.known} />
    </>
  )
}
