import { DayChart } from "../day-chart"
import { Loaded } from "../loaded"
import type { Query, TransferState } from "../payouts/api"
import { usePayoutWords } from "../payouts/words"
import { useMoneyOut } from "./api"

/** What became of it, from the bottom of a bar up: the numbers are their order. */
const colors = {
  "1_paid": "fill-ui-tag-green-icon",
  "2_open": "fill-ui-tag-blue-icon",
  "3_returned": "fill-ui-tag-orange-icon",
  "4_failed": "fill-ui-tag-red-icon",
} as const

type Outcome = keyof typeof colors

/** What was sent by day, and what became of it since. */
export function MoneyOutChart({ filters }: { filters: Query }) {
  const { t } = usePayoutWords()
  return (
    <Loaded answer={useMoneyOut(filters)}>
      {({ money_out }) => (
        <DayChart
          money={money_out}
          seriesOf={({ status }) => outcomeOf(status)}
          look={(outcome) => ({
            name: t(`payouts.outcomes.${outcome.slice(2)}`),
            className: isOutcome(outcome) ? colors[outcome] : "",
          })}
          title={(currency) => t("payouts.moneyOut", { currency })}
          none={(period) => t("payouts.noMoneyOut", { period })}
        />
      )}
    </Loaded>
  )
}

function outcomeOf(status: TransferState): Outcome {
  switch (status) {
    case "succeeded":
      return "1_paid"
    case "returned":
      return "3_returned"
    case "failed":
    case "rejected":
    case "expired":
    case "canceled":
      return "4_failed"
    case "awaiting_approval":
    case "approved":
    case "submitting":
    case "processing":
    case "unknown":
    case "not_found":
    case "manual_review":
      return "2_open"
  }
}

function isOutcome(text: string): text is Outcome {
  return text in colors
}
