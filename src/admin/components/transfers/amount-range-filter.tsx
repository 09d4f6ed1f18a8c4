import { Button, Select } from "@medusajs/ui"
import { useId, useState } from "react"
import { AmountField, Form, LabeledField } from "../form-fields"
import { usePayoutWords } from "../payouts/words"
import { rangeOf, rangeText, typedBound } from "./amount-range"

/** Selects know no empty value. */
const anyCurrency = "any"

/** From which amount to which, in which currency: the part of the list's filter that is typed. */
export function AmountRangeFilter({
  value,
  onChange,
  currencies,
}: {
  /** See amount-range.ts. */
  value: unknown
  onChange: (value: string | undefined) => void
  currencies: readonly string[]
}) {
  const { t } = usePayoutWords()
  const before = rangeOf(value)
  const [typed, setTyped] = useState(before)
  const id = useId()
  const from = typedBound(typed.from)
  const to = typedBound(typed.to)
  const problem = (bound: string | undefined) =>
    bound === undefined ? t("payouts.amountFilter.wrong") : undefined
  return (
    <Form
      className="flex w-[250px] flex-col gap-y-3 p-3"
      onSubmit={() => {
        if (from !== undefined && to !== undefined) {
          onChange(rangeText({ ...typed, from, to }))
        }
      }}
    >
      <AmountField
        label={t("payouts.amountFilter.from")}
        size="small"
        value={typed.from}
        onChange={(next) => setTyped({ ...typed, from: next })}
        problem={problem(from)}
      />
      <AmountField
        label={t("payouts.amountFilter.to")}
        size="small"
        value={typed.to}
        onChange={(next) => setTyped({ ...typed, to: next })}
        problem={problem(to)}
      />
      <LabeledField id={id} label={t("payments.currency")}>
        <Select
          size="small"
          value={typed.currency || anyCurrency}
          onValueChange={(code) =>
            setTyped({ ...typed, currency: code === anyCurrency ? "" : code })
          }
        >
          <Select.Trigger id={id}>
            <Select.Value />
          </Select.Trigger>
          <Select.Content>
            <Select.Item value={anyCurrency}>{t("payouts.amountFilter.anyCurrency")}</Select.Item>
            {currencies.map((code) => (
              <Select.Item key={code} value={code}>
                {code.toUpperCase()}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      </LabeledField>
      <Button size="small" type="submit" disabled={from === undefined || to === undefined}>
        {t("payouts.amountFilter.apply")}
      </Button>
    </Form>
  )
}
