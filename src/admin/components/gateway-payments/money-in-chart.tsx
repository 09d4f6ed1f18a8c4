import { gatewayName } from "../../lib/gateway-name"
import { useWords } from "../../lib/words"
import { DayChart } from "../day-chart"
import { Loaded } from "../loaded"
import { useMoneyIn, type PaymentFilters } from "./api"

/** As many as there are gateways; a sixth begins anew. */
const colors = [
  "fill-ui-tag-blue-icon",
  "fill-ui-tag-green-icon",
  "fill-ui-tag-orange-icon",
  "fill-ui-tag-purple-icon",
  "fill-ui-tag-red-icon",
]

/** What came in by day and gateway. */
export function MoneyInChart({ filters }: { filters: PaymentFilters }) {
  const { t } = useWords()
  return (
    <Loaded answer={useMoneyIn(filters)}>
      {({ money_in }) => (
        <DayChart
          money={money_in}
          seriesOf={({ provider_id }) => provider_id}
          look={(id, place) => ({
            name: gatewayName(id),
            className: colors[place % colors.length] ?? "",
          })}
          title={(currency) => t("payments.moneyIn", { currency })}
          none={(period) => t("payments.noMoneyIn", { period })}
        />
      )}
    </Loaded>
  )
}
