import { Button, Label, Select } from "@medusajs/ui"
import { useState } from "react"
import { formatMoney } from "../../lib/format"
import type { Till } from "../../lib/till"
import { amountOf, padKeys, type PadKey, typed } from "../../lib/amounts"
import { useWords } from "../../lib/words"
import { SubtleText } from "../text"

/** An amount by big keys; a keyboard's digits do as well. */
export function AmountPad({
  till: { currency_code, decimals, regions },
  isBusy,
  changed,
  charge,
}: {
  till: Till
  isBusy: boolean
  changed: () => void
  charge: (sale: { region_id: string; amount: string; title: string }) => void
}) {
  const { t, language } = useWords()
  const [digits, setDigits] = useState("")
  const [region_id, setRegion] = useState(regions[0]?.id)
  const amount = amountOf(digits, decimals)
  const money = formatMoney(amount, currency_code, language)

  const press = (key: PadKey) => {
    changed()
    setDigits((before) => typed(before, key))
  }
  const submit = () => {
    if (digits !== "" && region_id !== undefined && !isBusy) {
      charge({ region_id, amount, title: t("till.item") })
    }
  }

  if (region_id === undefined) {
    return <SubtleText>{t("till.noRegion", { currency: currency_code.toUpperCase() })}</SubtleText>
  }
  return (
    <form
      className="flex flex-col gap-y-3"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        const key = keyOf(event.key)
        if (key !== undefined && !event.ctrlKey && !event.metaKey) {
          event.preventDefault()
          press(key)
        }
      }}
    >
      {regions.length > 1 && (
        <div className="flex flex-col gap-y-1">
          <Label size="small" id="till-region">
            {t("till.region")}
          </Label>
          <Select
            value={region_id}
            onValueChange={(id) => {
              changed()
              setRegion(id)
            }}
          >
            <Select.Trigger aria-labelledby="till-region">
              <Select.Value />
            </Select.Trigger>
            <Select.Content>
              {regions.map(({ id, name }) => (
                <Select.Item key={id} value={id}>
                  {name}
                </Select.Item>
              ))}
            </Select.Content>
          </Select>
        </div>
      )}
      <output
        aria-live="polite"
        aria-label={t("till.amount")}
        className="text-ui-fg-base block py-2 text-right text-4xl font-medium tabular-nums"
      >
        {money}
      </output>
      <div className="grid grid-cols-3 gap-2" role="group" aria-label={t("till.pad")}>
        {padKeys.map((key) => (
          <Button
            key={key}
            type="button"
            variant="secondary"
            className="h-16 w-full text-2xl"
            aria-label={key === "back" ? t("till.back") : key}
            onClick={() => press(key)}
          >
            {key === "back" ? "⌫" : key}
          </Button>
        ))}
      </div>
      <Button type="submit" className="h-16 w-full text-lg" isLoading={isBusy} disabled={!digits}>
        {digits ? t("till.charge", { amount: money }) : t("till.typeAmount")}
      </Button>
    </form>
  )
}

function keyOf(key: string): PadKey | undefined {
  return key === "Backspace" ? "back" : padKeys.find((known) => known === key)
}
