import { Cash } from "@medusajs/icons"
import { useAbilities } from "../../lib/abilities"
import { useMyId } from "../../lib/me"
import { useWords } from "../../lib/words"
import { CountSign } from "../count-sign"
import { useWaitingForMe } from "./api"

/** The sign of payouts in the sidebar, with how many batches and transfers wait for this person's approval. */
export function WaitingCount() {
  const { t } = useWords()
  const { may } = useAbilities()
  const me = useMyId()
  const count = useWaitingForMe(may?.("payout_transfer:approve") ? me : undefined) ?? 0
  return (
    <CountSign count={count} told={t("approvals.waiting", { count })}>
      <Cash />
    </CountSign>
  )
}
