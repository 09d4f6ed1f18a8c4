import { Cash, ExclamationCircle } from "@medusajs/icons"
import type { ReactNode } from "react"
import { useAbilities } from "../lib/abilities"
import { useWords } from "../lib/words"
import { useWaitingForMe } from "./approvals/api"
import { useWaitingCount } from "./exceptions/api"

/** The sign of payouts in the sidebar, with how many batches and transfers wait for this person's approval. */
export function WaitingApprovals() {
  const { t } = useWords()
  const { may } = useAbilities()
  const count = useWaitingForMe({ enabled: may?.("payout_transfer:approve") ?? false }) ?? 0
  return (
    <CountSign count={count} told={t("approvals.waiting", { count })}>
      <Cash />
    </CountSign>
  )
}

/** The sign of the page in the sidebar, with how many payments wait for a decision. */
export function WaitingExceptions() {
  const { t } = useWords()
  const { may } = useAbilities()
  const count = useWaitingCount(may?.("gateway_payment:read") ?? false) ?? 0
  return (
    <CountSign count={count} told={t("exceptions.waiting", { count })}>
      <ExclamationCircle />
    </CountSign>
  )
}

/**
 * The sign of a page in the sidebar, which is a number while something waits there. Medusa gives it 15 pixels, and reads its
 * text before the page's name.
 *
 * @param told what the number means, for who does not see it
 */
function CountSign({
  count,
  told,
  children,
}: {
  count: number
  told: string
  /** The sign while nothing waits. */
  children: ReactNode
}) {
  if (count === 0) {
    return children
  }
  return (
    <span className="bg-ui-tag-red-icon text-ui-fg-on-color flex h-[15px] w-[15px] items-center justify-center text-[9px] font-medium leading-none">
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="sr-only">{told}</span>
    </span>
  )
}
