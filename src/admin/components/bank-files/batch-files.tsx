import { Table } from "@medusajs/ui"
import { useAbilities } from "../../lib/abilities"
import { hasCode } from "../../lib/request-error"
import { useDraft } from "../../lib/draft"
import { formatDay, formatTime } from "../../lib/format"
import { useDoOnce } from "../ask-once"
import type { BatchDetail } from "../batches/api"
import { useBatchWords } from "../batches/words"
import { Form, FormEnd, NoteField, TextField } from "../form-fields"
import { Loaded } from "../problem"
import { RowLink } from "../list-table"
import { Section } from "../section"
import { isPaidByFile, useBankFiles, useMakeBankFiles, type BankFile, type LeftOut } from "./api"
import { DownloadBankFile } from "./bank-file-facts"
import { StrongText, SubtleText } from "../text"

/** The files that a person takes to the bank for a batch; nothing where no bank pays any of it. */
export function BatchFiles({ batch }: { batch: BatchDetail }) {
  const { t } = useBatchWords()
  const files = useBankFiles(batch.id)
  if (!batch.sums.some(({ provider_id }) => isPaidByFile(provider_id))) {
    return null
  }
  return (
    <Section title={t("bankFiles.title")} subtitle={t("bankFiles.subtitle")}>
      <Loaded answer={files} skeleton="h-24">
        {(made) =>
          made.length > 0 ? (
            <Files files={made} />
          ) : (
            (batch.states.approved ?? 0) === 0 && (
              <SubtleText className="px-6 py-4">{t("bankFiles.none")}</SubtleText>
            )
          )
        }
      </Loaded>
      <MakeFiles batch={batch} />
    </Section>
  )
}

function Files({ files }: { files: BankFile[] }) {
  const { t, language, money, count } = useBatchWords()
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group" aria-label={t("bankFiles.title")}>
      <Table>
        <caption className="sr-only">{t("bankFiles.title")}</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell>{t("bankFiles.file")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("batches.columns.count")}</Table.HeaderCell>
            <Table.HeaderCell className="text-right">{t("bankFiles.sum")}</Table.HeaderCell>
            <Table.HeaderCell>{t("bankFiles.executionDate")}</Table.HeaderCell>
            <Table.HeaderCell>{t("batches.columns.time")}</Table.HeaderCell>
            <Table.HeaderCell>
              <span className="sr-only">{t("bankFiles.download")}</span>
            </Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {files.map((file) => (
            <Table.Row key={file.id}>
              <Table.Cell>
                <RowLink to={`/payouts/files/${file.id}`}>{file.file_name}</RowLink>
              </Table.Cell>
              <Table.Cell className="text-right">{count(file.count)}</Table.Cell>
              <Table.Cell className="whitespace-nowrap text-right">
                {money(file.raw_control_sum.value, file.currency_code)}
              </Table.Cell>
              <Table.Cell className="whitespace-nowrap">
                {formatDay(file.execution_date, language)}
              </Table.Cell>
              <Table.Cell className="whitespace-nowrap">
                {formatTime(file.created_at, language)}
              </Table.Cell>
              <Table.Cell className="text-right">
                <DownloadBankFile file={file} />
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}

/** Makes the file of what is approved and in none; where the database can't tell, somebody says what they found. */
function MakeFiles({ batch }: { batch: BatchDetail }) {
  const { t, failure, count } = useBatchWords()
  const { may } = useAbilities()
  const doOnce = useDoOnce()
  const make = useMakeBankFiles(batch.id)
  const [day, setDay, forgetDay] = useDraft(`payout-batch:${batch.id}:execution-date`)
  const [note, setNote, forgetNote] = useDraft(`payout-batch:${batch.id}:checked-note`)
  const needsNote = hasCode(make.error, "file_unchecked") || note !== ""
  const approved = batch.states.approved ?? 0
  if (!may?.("payout_transfer:update") || (approved === 0 && !make.data)) {
    return null
  }
  const run = async () => {
    const isDone = await doOnce(
      {
        title: t("bankFiles.make.title", { count: approved, number: count(approved) }),
        description: t("bankFiles.make.ask"),
        confirm: t("bankFiles.make.submit"),
      },
      async () =>
        await make.mutateAsync({
          ...(day ? { execution_date: day } : {}),
          ...(note.trim() ? { checked_note: note.trim() } : {}),
        }),
      t("bankFiles.make.done")
    )
    if (isDone) {
      forgetDay()
      forgetNote()
    }
  }
  return (
    <>
      {make.data && <LeftOutLines leftOut={make.data.left_out} />}
      {approved > 0 && (
        <Form className="flex flex-col gap-y-3 px-6 py-4" onSubmit={run}>
          <TextField
            type="date"
            label={t("bankFiles.make.day")}
            hint={t("bankFiles.make.dayHint")}
            value={day}
            onChange={setDay}
          />
          {needsNote && (
            <NoteField
              label={t("bankFiles.make.note")}
              hint={t("bankFiles.make.noteHint")}
              value={note}
              onChange={setNote}
            />
          )}
          <FormEnd
            error={make.error}
            failure={failure}
            submit={t("bankFiles.make.submit")}
            isBusy={make.isPending}
          />
        </Form>
      )}
    </>
  )
}

function LeftOutLines({ leftOut }: { leftOut: LeftOut[] }) {
  const { t, state } = useBatchWords()
  if (leftOut.length === 0) {
    return null
  }
  return (
    <section className="flex flex-col gap-y-2 px-6 py-4" aria-label={t("bankFiles.leftOut")}>
      <StrongText>{t("bankFiles.leftOut")}</StrongText>
      <ul className="flex flex-col gap-y-2">
        {leftOut.map(({ transfer_id, reference, status, code, reason }) => (
          <li key={transfer_id} className="txt-compact-small">
            <RowLink to={`/payouts/${transfer_id}`}>{reference}</RowLink>
            {t(`bankFiles.leftOutCodes.${code}`, { state: state(status) })}
            <span className="text-ui-fg-subtle block break-words">{reason}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
