import { Button, toast } from "@medusajs/ui"
import { useState } from "react"
import { useAbilities } from "../../lib/abilities"
import { Fact, FactLink } from "../fact"
import { FormEnd } from "../form-end"
import { usePayoutWords } from "../payouts/words"
import { SideDrawer } from "../side-drawer"
import { useLinkCustomer, type BeneficiaryDetail } from "./api"
import { ChooseCustomer, nameOf } from "./choose-customer"
import { useCustomer } from "./customers"

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
      <form
        className="flex flex-col gap-y-4 px-6 py-4"
        onSubmit={(event) => {
          event.preventDefault()
          void link(chosen)
        }}
      >
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
      </form>
    </SideDrawer>
  )
}
