import { ExclamationCircle } from "@medusajs/icons"
import { useAbilities } from "../../lib/abilities"
import { useWords } from "../../lib/words"
import { CountSign } from "../count-sign"
import { useWaitingCount } from "./api"

/** The sign of the page in the sidebar, with how many payments wait for a decision. */
export function WaitingCount() {
  const { t } = useWords()
  const { may } = useAbilities()
  const count = useWaitingCount(may?.("gateway_payment:read") ?? false) ?? 0
  return (
    <CountSign count={count} told={t("exceptions.waiting", { count })}>
      <ExclamationCircle />
    </CountSign>
  )
}
