import { RadioGroup } from "@medusajs/ui"
import { useState } from "react"
import { useCalm } from "../../lib/calm"
import { Loaded } from "../problem"
import { useProviderName } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { FoundChoices, SearchField } from "../search-choice"
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
  const providerName = useProviderName()
  const [words, setWords] = useState("")
  const calm = useCalm(words)
  const found = useBeneficiaries({ status: "active", limit: shown, ...(calm ? { q: calm } : {}) })
  return (
    <div className="flex flex-col gap-y-2">
      <SearchField
        label={t("beneficiaries.choose.label")}
        placeholder={t("beneficiaries.choose.hint")}
        value={words}
        onChange={setWords}
      />
      <Loaded answer={found} skeleton="h-16">
        {({ beneficiaries, count }) => (
          <FoundChoices
            label={t("beneficiaries.choose.label")}
            told={t("beneficiaries.choose.found", { count })}
            chosen={chosen}
            onChoose={(value) => {
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
          </FoundChoices>
        )}
      </Loaded>
    </div>
  )
}
