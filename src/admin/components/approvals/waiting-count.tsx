import { Cash } from "@medusajs/icons"
import { useAbilities } from "../../lib/abilities"
import { useWords } from "../../lib/words"
import { CountSign } from "../count-sign"
import { useWaitingForMe } from "./api"

/** The sign of payouts in the sidebar, with how many batches and transfers wait for this person's approval. */
export function WaitingCount() {
  const { t } = useWords()
  const { may } = useAbilities()
  const count = useWaitingForMe({ enabled: may?.("payout_transfer:approve") ?? false }) ?? 0
  return (
    <CountSign count={count} told={t("approvals.waiting", { count })}>
      <Cash />
    </CountSign>
  )
}
