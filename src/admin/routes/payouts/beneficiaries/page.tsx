import { defineRouteConfig } from "@medusajs/admin-sdk"
import { Button, Container } from "@medusajs/ui"
import { useState } from "react"
import { BeneficiariesTable } from "../../../components/beneficiaries/beneficiaries-table"
import { CreateBeneficiary } from "../../../components/beneficiaries/create-beneficiary"
import { usePayoutWords } from "../../../components/payouts/words"
import { useAbilities } from "../../../lib/abilities"

/** Who can be paid. */
export default function Beneficiaries() {
  const { t } = usePayoutWords()
  const { may } = useAbilities()
  const [isMaking, setIsMaking] = useState(false)
  return (
    <Container className="p-0">
      <BeneficiariesTable
        actions={
          may?.("payout_beneficiary:create") &&
          may("payout_transfer:read") && (
            <Button size="small" onClick={() => setIsMaking(true)}>
              {t("beneficiaries.create.open")}
            </Button>
          )
        }
      />
      {isMaking && <CreateBeneficiary onClose={() => setIsMaking(false)} />}
    </Container>
  )
}

export const config = defineRouteConfig({
  label: "beneficiaries.title",
  translationNs: "regionalPayments", // Medusa reads it from the source: nothing but a literal counts
  rank: 2,
})
