import { Text } from "@medusajs/ui"
import { useState } from "react"
import { FileDrop } from "../file-drop"
import { Loaded } from "../loaded"
import { useCheck, useMakeImport } from "./api"
import { CheckedLines, CheckSummary } from "./check-report"
import { ImportForm } from "./import-form"
import { largestFile, readPayoutFile, type PayoutFile } from "./payout-file"
import { TemplateButton } from "./template-button"
import { useImportWords } from "./words"

/** A file is dropped, checked, mended and dropped again until it is as it should be, and then imported. */
export function NewImport() {
  const { t } = useImportWords()
  const [file, setFile] = useState<PayoutFile>()
  const [refused, setRefused] = useState<string>()
  const make = useMakeImport()

  const take = async (chosen: File) => {
    const isTooLarge = chosen.size > largestFile
    setRefused(isTooLarge ? t("imports.drop.tooLarge", { name: chosen.name }) : undefined)
    if (!isTooLarge) {
      make.reset()
      setFile(await readPayoutFile(chosen))
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

function Checked({ file, make }: { file: PayoutFile; make: ReturnType<typeof useMakeImport> }) {
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
