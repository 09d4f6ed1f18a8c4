import { CheckCircleSolid, ClockSolid, ExclamationCircle, Scan, Spinner } from "@medusajs/icons"
import { Heading, Text } from "@medusajs/ui"
import { formatMoney } from "../../lib/format"
import type { TillSale } from "../../lib/till"
import { useWords } from "../../lib/words"

/** The amount, where the sale stands in words, and what to do; read out when it changes. */
export function SaleStatus({ sale, gateway }: { sale: TillSale; gateway: string }) {
  const { t, language } = useWords()
  const { state, display_id, gateway_code, gateway_message, problem } = sale
  const isNotProved = state === "unknown" || state === "declined"
  const said = [gateway_code, gateway_message].filter((part) => part).join(": ")
  return (
    <div className="flex flex-col items-center gap-y-2 py-2 text-center print:hidden">
      <Text size="small" className="text-ui-fg-subtle">
        {display_id === null ? gateway : t("till.orderNumber", { number: display_id })}
      </Text>
      <Text as="div" className="text-4xl font-medium leading-tight tabular-nums">
        {formatMoney(sale.amount, sale.currency_code, language)}
      </Text>
      <div role="status" aria-live="assertive" className="flex flex-col items-center gap-y-1">
        <StateIcon state={state} />
        <Heading level="h2">{t(`till.states.${state}`)}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t(`till.whatToDo.${state}`, { gateway })}
        </Text>
        {isNotProved && said !== "" && (
          <Text size="small" className="text-ui-fg-subtle break-words">
            {t("till.details", { words: said })}
          </Text>
        )}
        {problem !== null && (
          <Text size="small" className="text-ui-fg-error">
            {t("till.notPlaced", { reason: problem })}
          </Text>
        )}
      </div>
    </div>
  )
}

function StateIcon({ state }: Pick<TillSale, "state">) {
  switch (state) {
    case "waiting_for_code":
      return <Scan className="text-ui-fg-subtle size-8" />
    case "charging":
      return <Spinner className="text-ui-fg-interactive size-8 animate-spin" />
    case "unknown":
      return <ClockSolid className="text-ui-tag-orange-icon size-8" />
    case "paid":
    case "done":
      return <CheckCircleSolid className="text-ui-tag-green-icon size-8" />
    case "declined":
    case "mismatch":
    case "refunded":
    case "nothing_due":
    case "canceled":
      return <ExclamationCircle className="text-ui-tag-red-icon size-8" />
  }
}
