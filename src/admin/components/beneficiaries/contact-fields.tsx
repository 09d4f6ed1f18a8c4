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
