import { useQueryClient } from "@tanstack/react-query"
import { useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { download } from "../../lib/client"
import { isConflict } from "../../lib/request-error"
import { useDraft } from "../../lib/draft"
import { formatDay } from "../../lib/format"
import { useDoOnce } from "../ask-once"
import { useBatchWords } from "../batches/words"
import { DownloadButton } from "../download-button"
import { ChoiceField, Form, FormEnd, isNoteGiven, NoteField } from "../form-fields"
import { payoutsKey } from "../payouts/api"
import { StateCounts } from "../payouts/state-badges"
import { usePayoutWords } from "../payouts/words"
import { Fact, FactLink } from "../section"
import { type BankFile, type BankFileDetail, filesPath, useResolveBankFile } from "./api"
import { StrongText, SubtleText } from "../text"

/** What a file for the bank holds, what became of it, who had it, and what somebody can say of what is open in it. */
export function BankFileFacts({ file }: { file: BankFileDetail }) {
  const words = useBatchWords()
  const { t, language, money, count } = words
  return (
    <>
      <div className="divide-y">
        <Fact label={t("bankFiles.sum")}>
          {money(file.raw_control_sum.value, file.currency_code)}
        </Fact>
        <Fact label={t("batches.columns.count")}>{count(file.count)}</Fact>
        <Fact label={t("bankFiles.messageId")} copies={file.message_id}>
          {file.message_id}
        </Fact>
        <Fact label={t("bankFiles.format")}>{file.format}</Fact>
        <Fact label={t("bankFiles.executionDate")}>{formatDay(file.execution_date, language)}</Fact>
        <Fact label={t("batches.one")}>
          <FactLink to={`/payouts/batches/${file.batch_id}`}>{t("bankFiles.toBatch")}</FactLink>
        </Fact>
        <Fact label={t("imports.become")}>
          <StateCounts transfers={file.transfers} />
        </Fact>
        <Fact label={t("bankFiles.history")}>
          <ul className="flex flex-col gap-y-1">
            {file.audit_lines.map(({ id, action, actor, actor_name, created_at }) => (
              <li key={id}>
                {t(`bankFiles.actions.${action.replaceAll(/\W+/g, "_")}`, { defaultValue: action })}
                {" · "}
                {words.by(actor_name, actor, created_at)}
              </li>
            ))}
          </ul>
        </Fact>
      </div>
      {file.open.count > 0 && <ResolveFile key={file.id} file={file} />}
    </>
  )
}

const outcomes = ["succeeded", "failed"] as const

function ResolveFile({ file }: { file: BankFileDetail }) {
  const { t, money, count, failure } = useBatchWords()
  const { may } = useAbilities()
  const doOnce = useDoOnce()
  const resolve = useResolveBankFile(file.id)
  const [outcome, setOutcome] = useState<(typeof outcomes)[number]>()
  const [note, setNote, forget] = useDraft(`payout-file:${file.id}:resolve`)
  if (!may?.("payout_transfer:approve")) {
    return null
  }
  const said = {
    count: file.open.count,
    number: count(file.open.count),
    sum: money(file.open.sum, file.currency_code),
  }
  const run = async () => {
    if (outcome === undefined) {
      return
    }
    const isDone = await doOnce(
      {
        title: t(`bankFiles.resolve.${outcome}.title`, said),
        description: t("bankFiles.resolve.ask"),
        confirm: t(`bankFiles.resolve.${outcome}.label`, said),
        isDangerous: outcome === "failed",
      },
      async () => await resolve.mutateAsync({ outcome, note: note.trim(), seen: file.open }),
      t("bankFiles.resolve.done", said)
    )
    if (isDone) {
      forget()
    }
  }
  return (
    <Form
      className="flex flex-col gap-y-3 px-6 py-4"
      aria-label={t("bankFiles.resolve.form")}
      onSubmit={run}
    >
      <StrongText>{t("bankFiles.resolve.form")}</StrongText>
      <ChoiceField
        label={t("bankFiles.resolve.form")}
        choices={outcomes.map((value) => ({
          value,
          label: t(`bankFiles.resolve.${value}.label`, said),
          description: t(`bankFiles.resolve.${value}.description`),
        }))}
        chosen={outcome}
        onChoose={setOutcome}
      />
      <NoteField
        label={t("bankFiles.resolve.note")}
        hint={t("bankFiles.resolve.noteHint")}
        value={note}
        onChange={setNote}
      />
      <FormEnd
        error={resolve.error}
        failure={(error) => (isConflict(error) ? t("approvals.changedMeanwhile") : failure(error))}
        submit={t("bankFiles.resolve.submit")}
        isBlocked={outcome === undefined || !isNoteGiven(note)}
        isBusy={resolve.isPending}
      />
    </Form>
  )
}

/**
 * Saves a file for the bank. It holds accounts in full, so that each download is written down; what was said to have
 * failed is not taken to the bank any more.
 */
export function DownloadBankFile({ file }: { file: BankFile | BankFileDetail }) {
  const { t } = usePayoutWords()
  const { may } = useAbilities()
  const queries = useQueryClient()
  if (!may?.("payout_beneficiary:reveal")) {
    return null
  }
  if ("transfers" in file && (file.transfers.failed ?? 0) > 0) {
    return <SubtleText>{t("bankFiles.notGivenOut")}</SubtleText>
  }
  return (
    <DownloadButton
      label={t("bankFiles.download")}
      accessibleName={t("bankFiles.downloadOne", { name: file.file_name })}
      save={async () => await download(`${filesPath}/${file.id}/download`, {}, file.file_name)}
      saved={t("bankFiles.downloaded")}
      onSettled={async () => await queries.invalidateQueries({ queryKey: payoutsKey })}
    />
  )
}
