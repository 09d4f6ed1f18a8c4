import { NoteField } from "../form-fields"
import { usePayoutWords } from "../payouts/words"
import { metadataOf, type Metadata } from "./metadata-text"

/** A line of `key = value` for each thing that the shop keeps with a row for itself. */
export function MetadataField({
  lines,
  before = null,
  onChange,
}: {
  lines: string
  /** What stands there now; null of a new row. */
  before?: Metadata | null
  onChange: (lines: string) => void
}) {
  const { t } = usePayoutWords()
  const metadata = metadataOf(lines, before)
  return (
    <NoteField
      label={t("beneficiaries.optional", { field: t("ownFields.metadata") })}
      value={lines}
      rows={before === null ? 2 : 6}
      maxLength={30_000}
      onChange={onChange}
      hint={t("ownFields.metadataHint")}
      problem={
        typeof metadata === "number" ? t("ownFields.metadataLine", { line: metadata }) : undefined
      }
    />
  )
}
