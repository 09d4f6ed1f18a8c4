import type { HttpTypes } from "@medusajs/framework/types"
import { useEffect, useState, type FormEvent } from "react"
import { useCart } from "../cart-context"
import { messageOf } from "../error-message"
import { money } from "../money"
import { Problem } from "../problem"
import { useShop } from "../shop-context"
import { useRequest } from "../use-request"

type Props = { cart: HttpTypes.StoreCart; onDone: () => void }
type Option = HttpTypes.StoreCartShippingOption

export function DeliveryChoice({ cart, onDone }: Props) {
  const { sdk } = useShop()
  const { change } = useCart()
  const { busy, problem, send } = useRequest()
  const [options, setOptions] = useState<Option[]>([])
  const [chosen, setChosen] = useState<string>()
  const [loading, setLoading] = useState<string | null>(null)
  const before = cart.shipping_methods?.[0]?.shipping_option_id

  useEffect(() => {
    sdk.store.fulfillment.listCartOptions({ cart_id: cart.id }).then(
      ({ shipping_options }) => {
        const cheapestFirst = shipping_options.sort((a, b) => a.amount - b.amount)
        setOptions(cheapestFirst)
        const kept = cheapestFirst.find(({ id }) => id === before)
        setChosen((kept ?? cheapestFirst[0])?.id)
      },
      (error: unknown) => setLoading(messageOf(error))
    )
  }, [sdk, cart.id, before])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!chosen) return
    return send(async () => {
      await change(({ id }) => sdk.store.cart.addShippingMethod(id, { option_id: chosen }))
      onDone()
    })
  }

  return (
    <form className="form" onSubmit={submit}>
      <fieldset className="choices">
        <legend className="hidden">Way of delivery</legend>
        {options.map(({ id, name, amount, type }) => (
          <label key={id} className="choice">
            <input
              type="radio"
              name="delivery"
              checked={id === chosen}
              onChange={() => setChosen(id)}
            />
            <span className="choice-text">
              <strong>{name}</strong>
              <span className="quiet">{type?.description}</span>
            </span>
            <span className="price">{money(amount, cart.currency_code)}</span>
          </label>
        ))}
      </fieldset>
      <Problem>{problem ?? loading}</Problem>
      <button className="button" disabled={busy || !chosen}>
        Continue to payment
      </button>
    </form>
  )
}
