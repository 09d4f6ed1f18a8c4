import type { PayoutProvider } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { TextField } from "../form-fields"

export type FieldValues = Readonly<Record<string, string>>

type Field = PayoutProvider["capabilities"]["account_fields"][number]

/** What a provider asks for, a field for each; what has to be given says so. */
export function ProviderFields({
  legend,
  explained,
  fields,
  values,
  onChange,
}: {
  legend: string
  explained?: string
  fields: readonly Field[]
  values: FieldValues
  onChange: (values: FieldValues) => void
}) {
  const { t, field: fieldName, hint: hintWords } = usePayoutWords()
  if (fields.length === 0) {
    return null
  }
  return (
    <fieldset className="flex flex-col gap-y-4">
      <legend className="txt-compact-small-plus mb-1">{legend}</legend>
      {explained !== undefined && <span className="txt-small text-ui-fg-subtle">{explained}</span>}
      {fields.map(({ name, title, required, hint }) => (
        <TextField
          key={name}
          label={
            required
              ? fieldName(name, title)
              : t("beneficiaries.optional", { field: fieldName(name, title) })
          }
          value={values[name] ?? ""}
          aria-required={required}
          maxLength={500}
          hint={hintWords(hint)}
          onChange={(value) => onChange({ ...values, [name]: value })}
        />
      ))}
    </fieldset>
  )
}

/** Whether all that has to be given is there; what it must look like, the server knows. */
export function isComplete(fields: readonly Field[], values: FieldValues): boolean {
  return fields.every(({ name, required }) => !required || (values[name] ?? "").trim() !== "")
}

/** What was typed, without what was left empty. */
export function filled(values: FieldValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== "")
  )
}
