import { Button, RadioGroup, toast } from "@medusajs/ui"
import { useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { useCalm } from "../../lib/calm"
import { Form, FormEnd } from "../form-fields"
import { usePayoutWords } from "../payouts/words"
import { Loaded } from "../problem"
import { FoundChoices, SearchField } from "../search-choice"
import { Fact, FactLink } from "../section"
import { SideDrawer } from "../side-drawer"
import {
  type BeneficiaryDetail,
  type Customer,
  useCustomer,
  useCustomers,
  useLinkCustomer,
} from "./api"

/** Which of the shop's customers a beneficiary is; whoever may change the beneficiary links it to another one. */
export function LinkedCustomer({ beneficiary }: { beneficiary: BeneficiaryDetail }) {
  const { t } = usePayoutWords()
  const { may } = useAbilities()
  const [isChoosing, setIsChoosing] = useState(false)
  const { customer_id } = beneficiary
  const { data: customer } = useCustomer(customer_id)
  return (
    <Fact label={t("customers.label")}>
      <span className="flex flex-col items-start gap-y-1">
        {customer_id === null ? (
          <span className="text-ui-fg-subtle">{t("customers.none")}</span>
        ) : (
          <FactLink to={`/customers/${customer_id}`}>
            {customer ? nameOf(customer) : customer_id}
          </FactLink>
        )}
        {may?.("payout_beneficiary:update") && (
          <Button size="small" variant="secondary" onClick={() => setIsChoosing(true)}>
            {t("customers.open")}
          </Button>
        )}
      </span>
      {isChoosing && (
        <LinkCustomer beneficiary={beneficiary} onClose={() => setIsChoosing(false)} />
      )}
    </Fact>
  )
}

function LinkCustomer({
  beneficiary,
  onClose,
}: {
  beneficiary: BeneficiaryDetail
  onClose: () => void
}) {
  const { t } = usePayoutWords()
  const command = useLinkCustomer()
  const [chosen, choose] = useState(beneficiary.customer_id ?? "")
  const link = async (customer_id: string | null) => {
    try {
      await command.mutateAsync({ id: beneficiary.id, customer_id })
      toast.success(t(customer_id === null ? "customers.unlinked" : "customers.linked"))
      onClose()
    } catch {
      // shown by the form
    }
  }
  return (
    <SideDrawer title={t("customers.title", { name: beneficiary.name })} onClose={onClose}>
      <Form onSubmit={() => link(chosen)}>
        <ChooseCustomer chosen={chosen} onChoose={choose} />
        {beneficiary.customer_id !== null && (
          <Button
            type="button"
            size="small"
            variant="secondary"
            isLoading={command.isPending}
            onClick={() => void link(null)}
          >
            {t("customers.unlink")}
          </Button>
        )}
        <FormEnd
          error={command.error}
          onCancel={onClose}
          submit={t("customers.submit")}
          isBlocked={chosen === "" || chosen === beneficiary.customer_id}
          isBusy={command.isPending}
        />
      </Form>
    </SideDrawer>
  )
}

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
  const found = useCustomers(useCalm(words))
  return (
    <div className="flex flex-col gap-y-2">
      <SearchField label={t("customers.search")} value={words} onChange={setWords} />
      <Loaded answer={found} skeleton="h-16">
        {({ customers, count }) => (
          <FoundChoices
            label={t("customers.search")}
            told={t("customers.found", { count })}
            chosen={chosen}
            onChoose={onChoose}
          >
            {customers.map((customer) => (
              <RadioGroup.ChoiceBox
                key={customer.id}
                value={customer.id}
                label={nameOf(customer)}
                description={customer.email ?? customer.id}
              />
            ))}
          </FoundChoices>
        )}
      </Loaded>
    </div>
  )
}

function nameOf({ first_name, last_name, company_name, email, id }: Customer): string {
  const name = [first_name, last_name].filter(Boolean).join(" ")
  return name || company_name || email || id
}
