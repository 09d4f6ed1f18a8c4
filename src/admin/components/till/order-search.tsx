import { Badge, Input, Text } from "@medusajs/ui"
import { useDeferredValue, useState } from "react"
import { formatMoney } from "../../lib/format"
import { useTillOrders, type Till } from "../../lib/till"
import { useWords } from "../../lib/words"
import { Problem } from "../problem"

/** Draft orders and unpaid orders in the till's currency, by number, e-mail or name. */
export function OrderSearch({
  till: { provider_id, currency_code },
  isBusy,
  choose,
}: {
  till: Till
  isBusy: boolean
  choose: (orderId: string) => void
}) {
  const { t, language } = useWords()
  const [text, setText] = useState("")
  const search = useDeferredValue(text.trim().replace(/^#/, ""))
  const { data, error, refetch } = useTillOrders(provider_id, search)
  return (
    <div className="flex flex-col gap-y-3">
      <Input
        inputMode="search"
        value={text}
        placeholder={t("till.search")}
        aria-label={t("till.search")}
        onChange={(event) => setText(event.target.value)}
      />
      {error ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : (
        <div aria-live="polite">
          {data?.orders.length === 0 && (
            <Text size="small" className="text-ui-fg-subtle py-2">
              {t("till.noOrders", { currency: currency_code.toUpperCase() })}
            </Text>
          )}
          <ul className="divide-y">
            {(data?.orders ?? []).map((order) => (
              <li key={order.id}>
                <button
                  type="button"
                  disabled={isBusy}
                  onClick={() => choose(order.id)}
                  className="hover:bg-ui-bg-base-hover focus-visible:shadow-borders-focus flex min-h-14 w-full items-center justify-between gap-x-2 rounded-md px-2 text-left outline-none"
                >
                  <span className="flex items-center gap-x-2">
                    <Text as="span" weight="plus">{`#${order.display_id ?? order.id}`}</Text>
                    {order.is_draft_order && <Badge size="2xsmall">{t("till.draft")}</Badge>}
                  </span>
                  <Text as="span" className="tabular-nums">
                    {formatMoney(order.due, order.currency_code, language)}
                  </Text>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
