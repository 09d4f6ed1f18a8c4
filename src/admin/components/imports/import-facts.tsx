import { StatusBadge } from "@medusajs/ui"
import { useAbilities } from "../../lib/abilities"
import { isConflict } from "../../lib/request-error"
import { useDraft } from "../../lib/draft"
import { formatTime } from "../../lib/format"
import { useDoOnce } from "../ask-once"
import { Form, FormEnd, isNoteGiven, NoteField } from "../form-fields"
import { LineTable } from "../line-table"
import { RowLink } from "../list-table"
import { StateCounts } from "../payouts/state-badges"
import { Fact, FactLink } from "../section"
import { type Import, type ImportDetail, useEndImport } from "./api"
import { KnownLines, lineFaults } from "./check-report"
import { isBrokenOff } from "./import-file"
import { importColors, useImportWords } from "./words"
import { SubtleText } from "../text"

/** What a file came to: what was made of it and how that stands, what was known before, what waits, what was wrong. */
export function ImportFacts({ found }: { found: ImportDetail }) {
  const words = useImportWords()
  const { t, language, count, importState } = words
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
        {Object.keys(found.transfers).length > 0 && (
          <Fact label={t("imports.become")}>
            <StateCounts transfers={found.transfers} />
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

/**
 * Ends an import that broke off, with the reason that whoever sent the file reads. Nothing is shown of one that goes on or
 * has ended, but what somebody was refused with just now.
 *
 * @param asOf when the server was asked, in milliseconds
 */
export function EndImport({ found, asOf }: { found: Import; asOf: number }) {
  const { t, failure } = useImportWords()
  const { may } = useAbilities()
  const doOnce = useDoOnce()
  const end = useEndImport(found.id)
  const [reason, setReason, forget] = useDraft(`payout-import:${found.id}:end`)
  const mayEnd = isBrokenOff(found, asOf)
  if (!may?.("payout_transfer:create") || (!mayEnd && end.error === null)) {
    return null
  }
  const said = { name: found.file_name ?? t("imports.unnamed") }

  const run = async () => {
    const isDone = await doOnce(
      {
        title: t("imports.end.title", said),
        description: t("imports.end.ask"),
        confirm: t("imports.end.label"),
        isDangerous: true,
      },
      async () => await end.mutateAsync(reason.trim()),
      t("imports.end.done", said)
    )
    if (isDone) {
      forget()
    }
  }

  return (
    <Form
      className="flex flex-col gap-y-3 px-6 py-4"
      aria-label={t("imports.end.label")}
      onSubmit={run}
    >
      {mayEnd && (
        <>
          <SubtleText>{t("imports.end.brokeOff")}</SubtleText>
          <NoteField
            label={t("imports.end.reason")}
            hint={t("imports.end.hint")}
            value={reason}
            onChange={setReason}
          />
        </>
      )}
      <FormEnd
        error={end.error}
        failure={(error) => (isConflict(error) ? t("imports.end.goesOn") : failure(error))}
        {...(mayEnd ? { submit: t("imports.end.label") } : {})}
        isBlocked={!isNoteGiven(reason)}
        isBusy={end.isPending}
        isDangerous
      />
    </Form>
  )
}
