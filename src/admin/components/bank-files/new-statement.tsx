import { InlineTip, Label, Select, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { formatTime } from "../../lib/format"
import { useDoOnce } from "../ask-once"
import { useBatchWords } from "../batches/words"
import { FileDrop } from "../file-drop"
import { Form, FormEnd } from "../form-fields"
import { LineTable } from "../line-table"
import { Loaded } from "../problem"
import { usePayoutProviders } from "../payouts/api"
import {
  isPaidByFile,
  useImportStatement,
  useStatementCheck,
  type StatementCheck,
  type StatementFile,
} from "./api"
import { toldLines } from "./statements-table"
import { StrongText, SubtleText } from "../text"

/** As the API takes them, in bytes. */
const largestStatement = 15_000_000

/** A bank's statement is dropped, what it would settle is looked at, and then it is imported. */
export function NewStatement({ onImported }: { onImported: (id: string) => void }) {
  const { t, provider } = useBatchWords()
  const { data: providers = [] } = usePayoutProviders()
  const banks = providers.filter(({ id }) => isPaidByFile(id))
  const [chosen, choose] = useState<string>()
  const [file, setFile] = useState<StatementFile>()
  const [refused, setRefused] = useState<string>()
  const field = useId()
  const bank = chosen ?? banks[0]?.id
  const isOnlyOne = banks.length === 1
  if (bank === undefined) {
    return <SubtleText className="px-6 py-4">{t("statements.noBank")}</SubtleText>
  }
  const take = async (dropped: File) => {
    const isTooLarge = dropped.size > largestStatement
    setRefused(isTooLarge ? t("statements.tooLarge", { name: dropped.name }) : undefined)
    if (!isTooLarge) {
      const content = await dropped.text()
      setFile({ name: dropped.name, dropped: Date.now(), provider_id: bank, content })
    }
  }
  const done = (id: string) => {
    setFile(undefined)
    onImported(id)
  }
  return (
    <>
      <div className="flex flex-col gap-y-3 px-6 py-4">
        {!isOnlyOne && (
          <div className="flex flex-col gap-y-2">
            <Label htmlFor={field} size="small" weight="plus">
              {t("statements.bank")}
            </Label>
            <Select value={bank} onValueChange={choose} size="small">
              <Select.Trigger id={field}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                {banks.map(({ id }) => (
                  <Select.Item key={id} value={id}>
                    {provider(id)}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          </div>
        )}
        <FileDrop
          label={t("statements.drop")}
          hint={t("statements.dropHint")}
          accept=".xml,.csv,.txt,text/xml,application/xml,text/csv"
          isBusy={false}
          onFile={(dropped) => void take(dropped)}
        />
        <Text size="small" className="text-ui-fg-error break-words empty:hidden" role="alert">
          {refused}
        </Text>
      </div>
      {file && <Checked key={file.dropped} file={file} onDone={done} />}
    </>
  )
}

function Checked({ file, onDone }: { file: StatementFile; onDone: (id: string) => void }) {
  return (
    <Loaded answer={useStatementCheck(file)}>
      {(check) => (
        <>
          <Summary file={file} check={check} />
          <ImportForm file={file} check={check} onDone={onDone} />
          <Lines check={check} />
        </>
      )}
    </Loaded>
  )
}

function Summary({ file, check }: { file: StatementFile; check: StatementCheck }) {
  const { t, language, count } = useBatchWords()
  const tell = (what: "settles" | "told" | "known" | "others", number: number) =>
    t(`statements.check.${what}`, { count: number, number: count(number) })
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4" role="status" aria-live="polite">
      <StrongText className="break-words">{file.name}</StrongText>
      <SubtleText>
        {[
          tell("settles", check.settles.length),
          tell("told", check.told.length),
          tell("known", check.known),
          tell("others", check.others),
        ].join(" · ")}
      </SubtleText>
      {check.imported_before && (
        <InlineTip variant="warning" label={t("statements.before.title")}>
          {t("statements.before.told", {
            time: formatTime(check.imported_before.created_at, language),
          })}
        </InlineTip>
      )}
    </div>
  )
}

function ImportForm({
  file,
  check,
  onDone,
}: {
  file: StatementFile
  check: StatementCheck
  onDone: (id: string) => void
}) {
  const { t, count } = useBatchWords()
  const doOnce = useDoOnce()
  const settle = useImportStatement()
  const settles = check.settles.length
  const said = { count: settles, number: count(settles), name: file.name }
  const run = async () => {
    let imported: string | undefined
    const isDone = await doOnce(
      {
        title: t("statements.import.title", said),
        description: t("statements.import.ask"),
        confirm: t("statements.import.label", said),
      },
      async () => {
        imported = (await settle.mutateAsync({ file, settles })).statement.id
      },
      t("statements.import.done", said)
    )
    if (isDone && imported !== undefined) {
      onDone(imported)
    }
  }
  return (
    <Form className="px-6 py-4" onSubmit={run}>
      <FormEnd
        error={settle.error}
        submit={t("statements.import.label", said)}
        isBusy={settle.isPending}
      />
    </Form>
  )
}

function Lines({ check }: { check: StatementCheck }) {
  const words = useBatchWords()
  const { t, money } = words
  return (
    <>
      <LineTable title={t("statements.told")} said={toldLines(check.told, words)} />
      <LineTable
        title={t("statements.settles")}
        said={check.settles.map((one) => ({
          line: null,
          what: `${one.beneficiary_name} · ${money(one.amount, one.currency_code)} · ${one.reference}`,
        }))}
      />
    </>
  )
}
