import { RadioGroup } from "@medusajs/ui"
import { TextField } from "../form-fields"
import type { PayoutProvider } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import type { Beneficiary } from "./api"

/** What is told of a beneficiary itself. */
export type Contact = {
  kind: Beneficiary["kind"]
  name: string
  phone: string
  email: string
  shop_name: string
}

export const emptyContact: Contact = {
  kind: "person",
  name: "",
  phone: "",
  email: "",
  shop_name: "",
}

const names = ["name", "shop_name", "phone", "email"] as const

/** All that a beneficiary can say of itself; what its provider asks for has the provider's hints, and has to be given. */
export function ContactFields({
  fields,
  contact,
  onChange,
}: {
  fields: PayoutProvider["capabilities"]["contact_fields"]
  contact: Contact
  onChange: (contact: Contact) => void
}) {
  const { t, hint: hintWords } = usePayoutWords()
  return (
    <>
      {names.map((name) => {
        const asked = fields.find((field) => field.name === name)
        const isRequired = name === "name" || (asked?.required ?? false)
        const label = t(`payouts.fields.${name}`)
        return (
          <TextField
            key={name}
            type={name === "email" ? "email" : "text"}
            label={isRequired ? label : t("beneficiaries.optional", { field: label })}
            value={contact[name]}
            aria-required={isRequired}
            maxLength={200}
            hint={hintWords(asked?.hint ?? null)}
            onChange={(value) => onChange({ ...contact, [name]: value })}
          />
        )
      })}
    </>
  )
}

export function KindField({
  kind,
  onChange,
}: {
  kind: Contact["kind"]
  onChange: (kind: Contact["kind"]) => void
}) {
  const { t } = usePayoutWords()
  return (
    <RadioGroup
      className="grid grid-cols-2 gap-2"
      aria-label={t("beneficiaries.kind")}
      value={kind}
      onValueChange={(value) => onChange(value === "business" ? "business" : "person")}
    >
      {(["person", "business"] as const).map((value) => (
        <RadioGroup.ChoiceBox
          key={value}
          value={value}
          label={t(`beneficiaries.kinds.${value}`)}
          description={t(`beneficiaries.kindHints.${value}`)}
        />
      ))}
    </RadioGroup>
  )
}

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
