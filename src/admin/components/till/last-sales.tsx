import { Container, Heading, StatusBadge, Text } from "@medusajs/ui"
import { formatAge, formatMoney } from "../../lib/format"
import { type TillSale, useTillSales } from "../../lib/till"
import { useWords } from "../../lib/words"

/** The last sales of all tills, so that one that was left open is found again. */
export function LastSales({ show }: { show: (saleId: string) => void }) {
  const { t, language } = useWords()
  const { data } = useTillSales()
  if (!data || data.till_sales.length === 0) {
    return null
  }
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("till.lastSales")}</Heading>
      </div>
      <ul className="divide-y">
        {data.till_sales.map((sale) => (
          <li key={sale.id}>
            <button
              type="button"
              onClick={() => show(sale.id)}
              className="hover:bg-ui-bg-base-hover focus-visible:shadow-borders-focus grid min-h-14 w-full grid-cols-[1fr_auto] items-center gap-x-2 px-6 py-2 text-left outline-none"
            >
              <span className="flex flex-col">
                <Text as="span" weight="plus" className="tabular-nums">
                  {formatMoney(sale.amount, sale.currency_code, language)}
                </Text>
                <Text as="span" size="xsmall" className="text-ui-fg-subtle">
                  {[
                    ...(sale.display_id === null ? [] : [`#${sale.display_id}`]),
                    formatAge(sale.created_at, language),
                  ].join(" · ")}
                </Text>
              </span>
              <StatusBadge color={colors[sale.state]}>{t(`till.states.${sale.state}`)}</StatusBadge>
            </button>
          </li>
        ))}
      </ul>
    </Container>
  )
}

const colors = {
  waiting_for_code: "grey",
  charging: "blue",
  unknown: "orange",
  declined: "red",
  mismatch: "red",
  refunded: "grey",
  paid: "green",
  done: "green",
  nothing_due: "grey",
  canceled: "grey",
} as const satisfies Record<TillSale["state"], string>
