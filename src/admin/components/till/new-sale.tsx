import { Badge, Input, Label, Select, Tabs, Text, toast } from "@medusajs/ui"
import { useQueryClient } from "@tanstack/react-query"
import { useDeferredValue, useRef, useState } from "react"
import { formatMoney } from "../../lib/format"
import { gatewayName } from "../../lib/gateway-name"
import { type NewSale as Chosen, openSale, type Till, tillKey, useTillOrders } from "../../lib/till"
import { useWords } from "../../lib/words"
import { Problem } from "../problem"
import { AmountPad } from "./amount-pad"
import { SubtleText } from "../text"

/** Chooses what is paid: an amount, or a draft order or an order with something due. */
export function NewSale({
  tills,
  opened,
}: {
  /** At least one. */
  tills: readonly Till[]
  opened: (saleId: string) => void
}) {
  const { t, failure } = useWords()
  const client = useQueryClient()
  const [place, setPlace] = useState("0")
  const [isOpening, setOpening] = useState(false)
  const key = useRef<string | undefined>(undefined)
  const till = tills[Number(place)] ?? tills[0]
  if (!till) {
    return null
  }

  const open = async (sale: Chosen) => {
    setOpening(true)
    key.current ??= crypto.randomUUID() // kept where the answer was lost: the next tap asks for the same sale
    try {
      const { id } = await openSale(till.provider_id, key.current, sale)
      key.current = undefined
      await client.invalidateQueries({ queryKey: [...tillKey, "sales"] })
      opened(id)
    } catch (error) {
      toast.error(failure(error))
    } finally {
      setOpening(false)
    }
  }

  const changed = () => {
    key.current = undefined
  }

  return (
    <div className="flex flex-col gap-y-4 px-6 py-4">
      {tills.length > 1 && (
        <div className="flex flex-col gap-y-1">
          <Label size="small" id="till-provider">
            {t("till.provider")}
          </Label>
          <Select
            value={place}
            onValueChange={(value) => {
              changed()
              setPlace(value)
            }}
          >
            <Select.Trigger aria-labelledby="till-provider">
              <Select.Value />
            </Select.Trigger>
            <Select.Content>
              {tills.map(({ provider_id, currency_code }, which) => (
                <Select.Item key={`${provider_id} ${currency_code}`} value={String(which)}>
                  {`${gatewayName(provider_id)} · ${currency_code.toUpperCase()}`}
                </Select.Item>
              ))}
            </Select.Content>
          </Select>
        </div>
      )}
      <Tabs defaultValue="amount" onValueChange={changed}>
        <Tabs.List className="grid grid-cols-2">
          <Tabs.Trigger value="amount" className="justify-center">
            {t("till.byAmount")}
          </Tabs.Trigger>
          <Tabs.Trigger value="order" className="justify-center">
            {t("till.byOrder")}
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="amount" className="pt-4">
          <AmountPad
            key={`${till.provider_id} ${till.currency_code}`}
            till={till}
            isBusy={isOpening}
            changed={changed}
            charge={(sale) => void open(sale)}
          />
        </Tabs.Content>
        <Tabs.Content value="order" className="pt-4">
          <OrderSearch
            till={till}
            isBusy={isOpening}
            choose={(order_id) => {
              changed()
              void open({ order_id })
            }}
          />
        </Tabs.Content>
      </Tabs>
    </div>
  )
}

/** Draft orders and unpaid orders in the till's currency, by number, e-mail or name. */
function OrderSearch({
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
            <SubtleText className="py-2">
              {t("till.noOrders", { currency: currency_code.toUpperCase() })}
            </SubtleText>
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
