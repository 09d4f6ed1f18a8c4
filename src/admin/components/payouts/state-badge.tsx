import { StatusBadge } from "@medusajs/ui"
import type { TransferState } from "./api"
import { transferColors } from "./states"
import { usePayoutWords } from "./words"

export function StateBadge({ state }: { state: TransferState }) {
  const words = usePayoutWords()
  return (
    <StatusBadge color={transferColors[state]} className="text-nowrap">
      {words.state(state)}
    </StatusBadge>
  )
}
