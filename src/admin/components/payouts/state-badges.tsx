import { StatusBadge } from "@medusajs/ui"
import type { BeneficiaryState, TransferState } from "./api"
import { beneficiaryColors, transferColors, transferStates } from "./states"
import { usePayoutWords } from "./words"

export function StateBadge({ state }: { state: TransferState }) {
  const words = usePayoutWords()
  return (
    <StatusBadge color={transferColors[state]} className="text-nowrap">
      {words.state(state)}
    </StatusBadge>
  )
}

/** How many transfers are in which state. */
export function StateCounts({
  transfers,
}: {
  transfers: Readonly<Partial<Record<TransferState, number>>>
}) {
  const { language } = usePayoutWords()
  const number = new Intl.NumberFormat(language)
  return (
    <ul className="flex flex-col gap-y-1">
      {transferStates.map((state) => {
        const count = transfers[state] ?? 0
        return (
          count > 0 && (
            <li key={state} className="flex flex-wrap items-center gap-x-2">
              <StateBadge state={state} /> {number.format(count)}
            </li>
          )
        )
      })}
    </ul>
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
