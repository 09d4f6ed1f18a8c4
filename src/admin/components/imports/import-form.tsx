import { Checkbox, Label, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { useNavigate } from "react-router-dom"
import { useDraft } from "../../lib/draft"
import { formatTime } from "../../lib/format"
import { useDoOnce } from "../ask-once"
import { FormEnd } from "../form-end"
import { TextField } from "../form-fields"
import { ProgressBar } from "../progress-bar"
import { useImportProgress, type Import, type ImportCheck, type useMakeImport } from "./api"
import { mayImport } from "./may-import"
import type { PayoutFile } from "./payout-file"
import { useImportWords } from "./words"

/**
 * Makes the transfers of a file that was checked: all of them, or the good lines alone where that is said, at once or for
 * a later day. It names how many and what they add up to.
 */
export function ImportForm({
  file,
  check,
  make,
}: {
  file: PayoutFile
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
    <form
      className="flex flex-col gap-y-3 px-6 py-4"
      aria-label={t("imports.make.form")}
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
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
      {hasProblems && !allowsPart && (
        <Text size="small" className="text-ui-fg-subtle">
          {t("imports.make.mend")}
        </Text>
      )}
      {make.isPending && <Progress progress={progress} />}
      <FormEnd
        error={make.error}
        submit={t("imports.make.label", said)}
        isBlocked={!mayImport(check, { allowsPart, paysAgain })}
        isBusy={make.isPending}
      />
    </form>
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
      <Text size="small" className="text-ui-fg-subtle" role="status" aria-live="polite">
        {progress === undefined
          ? t("imports.progress.begun")
          : t(status === "making" ? "imports.progress.making" : "imports.progress.checking", said)}
      </Text>
      <ProgressBar
        label={t("imports.progress.label")}
        done={progress === undefined ? undefined : done}
        total={total}
      />
    </div>
  )
}
