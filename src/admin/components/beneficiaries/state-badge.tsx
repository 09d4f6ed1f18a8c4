import { StatusBadge } from "@medusajs/ui"
import type { BeneficiaryState } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { beneficiaryColors } from "./states"

export function BeneficiaryBadge({ state }: { state: BeneficiaryState }) {
  const words = usePayoutWords()
  return (
    <StatusBadge color={beneficiaryColors[state]} className="text-nowrap">
      {words.beneficiaryState(state)}
    </StatusBadge>
  )
}
