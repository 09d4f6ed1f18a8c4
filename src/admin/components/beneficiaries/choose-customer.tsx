import { Input, Label, RadioGroup, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { useCalm } from "../../lib/calm"
import { Loaded } from "../loaded"
import { usePayoutWords } from "../payouts/words"
import { useCustomers, type Customer } from "./customers"

/** Finds one of the shop's customers, by name or e-mail. */
export function ChooseCustomer({
  chosen,
  onChoose,
}: {
  chosen: string
  onChoose: (id: string) => void
}) {
  const { t } = usePayoutWords()
  const [words, setWords] = useState("")
  const field = useId()
  const found = useCustomers(useCalm(words))
  return (
    <div className="flex flex-col gap-y-2">
      <Label htmlFor={field} size="small" weight="plus">
        {t("customers.search")}
      </Label>
      <Input
        id={field}
        role="searchbox"
        size="small"
        value={words}
        onChange={({ target }) => setWords(target.value)}
        // Enter looks for somebody, and links nobody.
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      <Loaded answer={found} skeleton="h-16">
        {({ customers, count }) => (
          <>
            <Text size="xsmall" className="text-ui-fg-subtle" role="status" aria-live="polite">
              {t("customers.found", { count })}
            </Text>
            <RadioGroup
              className="flex max-h-72 flex-col gap-y-2 overflow-y-auto p-1"
              aria-label={t("customers.search")}
              value={chosen}
              onValueChange={onChoose}
            >
              {customers.map((customer) => (
                <RadioGroup.ChoiceBox
                  key={customer.id}
                  value={customer.id}
                  label={nameOf(customer)}
                  description={customer.email ?? customer.id}
                />
              ))}
            </RadioGroup>
          </>
        )}
      </Loaded>
    </div>
  )
}

export function nameOf({ first_name, last_name, company_name, email, id }: Customer): string {
  const name = [first_name, last_name].filter(Boolean).join(" ")
  return name || company_name || email || id
}
