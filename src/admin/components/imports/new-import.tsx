import { Checkbox, Label, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { useNavigate } from "react-router-dom"
import { download } from "../../lib/client"
import { useDraft } from "../../lib/draft"
import { formatTime } from "../../lib/format"
import { useDoOnce } from "../ask-once"
import { DownloadButton } from "../download-button"
import { FileDrop } from "../file-drop"
import { Form, FormEnd, TextField } from "../form-fields"
import { Loaded } from "../problem"
import { ProgressBar } from "../progress-bar"
import {
  type Import,
  type ImportCheck,
  importsPath,
  useCheck,
  useImportProgress,
  useMakeImport,
} from "./api"
import { CheckedLines, CheckSummary } from "./check-report"
import { largestFile, mayImport, type DroppedFile, readDroppedFile } from "./import-file"
import { useImportWords } from "./words"
import { SubtleText } from "../text"

/** A file is dropped, checked, mended and dropped again until it is as it should be, and then imported. */
export function NewImport() {
  const { t } = useImportWords()
  const [file, setFile] = useState<DroppedFile>()
  const [refused, setRefused] = useState<string>()
  const make = useMakeImport()

  const take = async (chosen: File) => {
    const isTooLarge = chosen.size > largestFile
    setRefused(isTooLarge ? t("imports.drop.tooLarge", { name: chosen.name }) : undefined)
    if (!isTooLarge) {
      make.reset()
      setFile(await readDroppedFile(chosen))
    }
  }

  return (
    <>
      <div className="flex flex-col gap-y-3 px-6 py-4">
        <FileDrop
          label={t(file ? "imports.drop.again" : "imports.drop.label")}
          hint={t("imports.drop.hint")}
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          isBusy={make.isPending}
          onFile={(chosen) => void take(chosen)}
        />
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Text size="small" className="text-ui-fg-error break-words" role="alert">
            {refused}
          </Text>
          <TemplateButton />
        </div>
      </div>
      {file && <Checked key={file.dropped} file={file} make={make} />}
    </>
  )
}

function Checked({ file, make }: { file: DroppedFile; make: ReturnType<typeof useMakeImport> }) {
  return (
    <Loaded answer={useCheck(file)}>
      {(check) => (
        <>
          <CheckSummary file={file} check={check} />
          <ImportForm file={file} check={check} make={make} />
          <CheckedLines file={file} check={check} />
        </>
      )}
    </Loaded>
  )
}

/**
 * Makes the transfers of a file that was checked: all of them, or the good lines alone where that is said, at once or for
 * a later day. It names how many and what they add up to.
 */
function ImportForm({
  file,
  check,
  make,
}: {
  file: DroppedFile
  check: ImportCheck
  make: ReturnType<typeof useMakeImport>
}) {
  const { t, language, count, sums } = useImportWords()
  const navigate = useNavigate()
  const doOnce = useDoOnce()
  const [allowsPart, allowPart] = useState(false)
  const [paysAgain, payAgain] = useState(false)
  const [time, setTime, forgetTime] = useDraft("payout-import:send-at")
  const progress = useImportProgress(file.digest, make.isPending)
  const toMake = check.sums.reduce((all, sum) => all + sum.count, 0)
  const hasProblems = check.problems.length > 0
  const { imported_before: before } = check
  const said = { count: toMake, number: count(toMake), sums: sums(check.sums) }

  const run = async () => {
    await doOnce(
      {
        title: t("imports.make.title", said),
        description: [
          t("imports.make.ask", said),
          ...(time ? [t("imports.make.notBefore", { time: formatTime(time, language) })] : []),
        ].join(" "),
        confirm: t("imports.make.label", said),
      },
      async () => {
        const made = await make.mutateAsync({
          file,
          allow_partial: allowsPart,
          ...(time ? { send_at: new Date(time).toISOString() } : {}),
          ...(before ? { same_as_id: before.id } : {}),
        })
        forgetTime()
        navigate(`/payouts/imports/${made.import.id}`)
      },
      t("imports.make.done", { name: file.name })
    )
  }

  return (
    <Form
      className="flex flex-col gap-y-3 px-6 py-4"
      aria-label={t("imports.make.form")}
      onSubmit={run}
    >
      {hasProblems && toMake > 0 && (
        <Choice label={t("imports.make.part", said)} isOn={allowsPart} onChange={allowPart} />
      )}
      {before !== null && toMake > 0 && (
        <Choice label={t("imports.make.again", said)} isOn={paysAgain} onChange={payAgain} />
      )}
      {toMake > 0 && (
        <TextField
          type="datetime-local"
          label={t("batches.make.sendAt")}
          hint={t("batches.make.sendAtHint")}
          value={time}
          onChange={setTime}
          disabled={make.isPending}
        />
      )}
      {hasProblems && !allowsPart && <SubtleText>{t("imports.make.mend")}</SubtleText>}
      {make.isPending && <Progress progress={progress} />}
      <FormEnd
        error={make.error}
        submit={t("imports.make.label", said)}
        isBlocked={!mayImport(check, { allowsPart, paysAgain })}
        isBusy={make.isPending}
      />
    </Form>
  )
}

function Choice({
  label,
  isOn,
  onChange,
}: {
  label: string
  isOn: boolean
  onChange: (isOn: boolean) => void
}) {
  const id = useId()
  return (
    <div className="flex items-start gap-x-2">
      <Checkbox id={id} checked={isOn} onCheckedChange={(state) => onChange(state === true)} />
      <Label htmlFor={id} size="small">
        {label}
      </Label>
    </div>
  )
}

/** How far it is; without numbers until the server tells them. */
function Progress({ progress }: { progress: Import | undefined }) {
  const { t, count } = useImportWords()
  const { total = 0, checked = 0, made = 0, status } = progress ?? {}
  const done = status === "making" ? made : checked
  const said = { done: count(done), total: count(total) }
  return (
    <div className="flex flex-col gap-y-2">
      <SubtleText role="status" aria-live="polite">
        {progress === undefined
          ? t("imports.progress.begun")
          : t(status === "making" ? "imports.progress.making" : "imports.progress.checking", said)}
      </SubtleText>
      <ProgressBar
        label={t("imports.progress.label")}
        done={progress === undefined ? undefined : done}
        total={total}
      />
    </div>
  )
}

/** Saves an empty file with the columns that a file of transfers has, as spreadsheets of the page's language open it. */
function TemplateButton() {
  const { t, language } = useImportWords()
  return (
    <DownloadButton
      label={t("imports.template")}
      save={async () =>
        await download(`${importsPath}/template`, templateFor(language), "payout-transfers.csv")
      }
    />
  )
}

/** Where a comma stands before the decimals, spreadsheets part the cells by semicolons. */
function templateFor(language: string) {
  return language.startsWith("hr")
    ? { delimiter: "semicolon", language: "hr" }
    : { delimiter: "comma", language: "en" }
}
