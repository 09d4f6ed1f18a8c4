import { Label, Select, Tabs, toast } from "@medusajs/ui"
import { useQueryClient } from "@tanstack/react-query"
import { useRef, useState } from "react"
import { isLoggedOut, messageOf } from "../../lib/client"
import { gatewayName } from "../../lib/gateway-name"
import { openSale, tillKey, type NewSale as Chosen, type Till } from "../../lib/till"
import { useWords } from "../../lib/words"
import { AmountPad } from "./amount-pad"
import { OrderSearch } from "./order-search"

/** Chooses what is paid: an amount, or a draft order or an order with something due. */
export function NewSale({
  tills,
  opened,
}: {
  /** At least one. */
  tills: readonly Till[]
  opened: (saleId: string) => void
}) {
  const { t } = useWords()
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
      toast.error(isLoggedOut(error) ? t("common.loggedOut") : messageOf(error))
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
