import { StatusBadge } from "@medusajs/ui"
import type { BeneficiaryState, TransferState } from "./api"
import { beneficiaryColors, transferColors } from "./states"
import { usePayoutWords } from "./words"

export function StateBadge({ state }: { state: TransferState }) {
  const words = usePayoutWords()
  return (
    <StatusBadge color={transferColors[state]} className="text-nowrap">
      {words.state(state)}
    </StatusBadge>
  )
}

export function BeneficiaryBadge({ state }: { state: BeneficiaryState }) {
  const words = usePayoutWords()
  return (
    <StatusBadge color={beneficiaryColors[state]} className="text-nowrap">
      {words.beneficiaryState(state)}
    </StatusBadge>
  )
}
