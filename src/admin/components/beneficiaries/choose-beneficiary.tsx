import { Input, Label, RadioGroup, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { useCalm } from "../../lib/calm"
import { Loaded } from "../problem"
import { useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { useBeneficiaries, type Beneficiary } from "./api"

const shown = 8

/** Finds whom to pay, by name, e-mail, the account's last places or the shop's own id; only who can be paid is found. */
export function ChooseBeneficiary({
  chosen,
  onChoose,
}: {
  chosen: string
  onChoose: (beneficiary: Beneficiary) => void
}) {
  const { t } = usePayoutWords()
  const [words, setWords] = useState("")
  const field = useId()
  const calm = useCalm(words)
  const found = useBeneficiaries({ status: "active", limit: shown, ...(calm ? { q: calm } : {}) })
  return (
    <div className="flex flex-col gap-y-2">
      <Label htmlFor={field} size="small" weight="plus">
        {t("beneficiaries.choose.label")}
      </Label>
      <Input
        id={field}
        role="searchbox"
        size="small"
        value={words}
        placeholder={t("beneficiaries.choose.hint")}
        onChange={({ target }) => setWords(target.value)}
        // Enter looks for somebody, and makes nothing.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      <Loaded answer={found} skeleton="h-16">
        {({ beneficiaries, count }) => (
          <>
            <Text size="xsmall" className="text-ui-fg-subtle" role="status" aria-live="polite">
              {t("beneficiaries.choose.found", { count })}
            </Text>
            {beneficiaries.length > 0 && (
              <Found beneficiaries={beneficiaries} chosen={chosen} onChoose={onChoose} />
            )}
          </>
        )}
      </Loaded>
    </div>
  )
}

function Found({
  beneficiaries,
  chosen,
  onChoose,
}: {
  beneficiaries: readonly Beneficiary[]
  chosen: string
  onChoose: (beneficiary: Beneficiary) => void
}) {
  const { t } = usePayoutWords()
  const providerName = useProviderName()
  return (
    <RadioGroup
      className="flex max-h-72 flex-col gap-y-2 overflow-y-auto p-1"
      aria-label={t("beneficiaries.choose.label")}
      value={chosen}
      onValueChange={(value) => {
        const one = beneficiaries.find(({ id }) => id === value)
        if (one) {
          onChoose(one)
        }
      }}
    >
      {beneficiaries.map(({ id, name, account_hint, provider_id, shop_name }) => (
        <RadioGroup.ChoiceBox
          key={id}
          value={id}
          label={name}
          description={[providerName(provider_id), account_hint, shop_name]
            .filter(Boolean)
            .join(" · ")}
        />
      ))}
    </RadioGroup>
  )
}
