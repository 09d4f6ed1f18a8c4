import { ExclamationCircle } from "@medusajs/icons"
import { useAbilities } from "../../lib/abilities"
import { useWords } from "../../lib/words"
import { useWaitingCount } from "./api"

/**
 * The sign of the page in the sidebar, which is a number while something waits. Medusa gives it 15 pixels, and reads its
 * text before the page's name.
 */
export function WaitingCount() {
  const { t } = useWords()
  const { may } = useAbilities()
  const count = useWaitingCount(may?.("gateway_payment:read") ?? false) ?? 0
  if (count === 0) {
    return <ExclamationCircle />
  }
  return (
    <span className="bg-ui-tag-red-icon text-ui-fg-on-color flex h-[15px] w-[15px] items-center justify-center text-[9px] font-medium leading-none">
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="sr-only">{t("exceptions.waiting", { count })}</span>
    </span>
  )
}
