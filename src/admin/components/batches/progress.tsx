import { Text } from "@medusajs/ui"
import { ProgressBar } from "../progress-bar"
import type { TransferState } from "../payouts/api"
import { StateBadge } from "../payouts/state-badge"
import { transferStates } from "../payouts/states"
import type { Batch } from "./api"
import { useBatchWords } from "./words"

/** Nothing more happens to these without a person. */
const ended: readonly TransferState[] = ["succeeded", "returned", "failed", "manual_review"]

/** How far the sending of a batch is, and how many transfers are in which state. */
export function Progress({ batch, isShort = false }: { batch: Batch; isShort?: boolean }) {
  const { t, count } = useBatchWords()
  const of = (state: TransferState) => batch.states[state] ?? 0
  const done = ended.reduce((all, state) => all + of(state), 0)
  const states = transferStates.filter((state) => of(state) > 0)
  const [only] = states
  if (isShort && only !== undefined && states.length === 1) {
    return <StateBadge state={only} />
  }
  const said = t("batches.progress.told", { done: count(done), total: count(batch.count) })
  return (
    <div className="flex min-w-[140px] flex-col gap-y-2">
      <Text size="small" leading="compact" {...(isShort ? {} : { role: "status" })}>
        {said}
      </Text>
      {batch.count > 0 && (
        <ProgressBar label={t("batches.progress.label")} done={done} total={batch.count} />
      )}
      {!isShort && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {states.map((state) => (
            <li key={state} className="txt-compact-small flex flex-wrap items-center gap-x-2">
              <StateBadge state={state} /> {count(of(state))}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
