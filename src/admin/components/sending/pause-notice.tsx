import { Alert } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { formatTime } from "../../lib/format"
import { usePayoutWords } from "../payouts/words"
import { useSending } from "./api"

/** Says on top of the pages of payouts that nothing is sent, and who said so. */
export function PauseNotice() {
  const { t, language, person } = usePayoutWords()
  const { data } = useSending()
  return (
    <div role="status" aria-live="polite" className="empty:hidden">
      {data?.is_paused && (
        <Alert variant="warning">
          {t("sending.paused", {
            name: person(data.paused_by_name, data.paused_by ?? ""),
            time: data.paused_at === null ? "" : formatTime(data.paused_at, language),
            reason: data.reason ?? "",
          })}{" "}
          <Link to="/payouts/balances" className="underline">
            {t("sending.toSwitch")}
          </Link>
        </Alert>
      )}
    </div>
  )
}
