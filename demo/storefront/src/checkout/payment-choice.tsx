import type { HttpTypes } from "@medusajs/framework/types"
import { useEffect, useState, type FormEvent } from "react"
import { useNavigate } from "react-router-dom"
import { useCart } from "../cart-context"
import { messageOf } from "../error-message"
import { money } from "../money"
import { readNextAction } from "../next-action"
import { Problem } from "../problem"
import { paymentMethod } from "../payment-methods"
import { useShop } from "../shop-context"
import { useRequest } from "../use-request"

export function PaymentChoice({ cart }: { cart: HttpTypes.StoreCart }) {
  const { sdk, region } = useShop()
  const { change } = useCart()
  const navigate = useNavigate()
  const { busy, problem, send } = useRequest()
  const [providers, setProviders] = useState<string[]>([])
  const [chosen, setChosen] = useState<string>()
  const [loading, setLoading] = useState<string | null>(null)
  const [leaving, setLeaving] = useState(false)

  useEffect(() => {
    sdk.store.payment.listPaymentProviders({ region_id: region.id }).then(
      ({ payment_providers }) => {
        setProviders(payment_providers.map(({ id }) => id))
        setChosen(payment_providers[0]?.id)
      },
      (error: unknown) => setLoading(messageOf(error))
    )
  }, [sdk, region.id])

  useEffect(() => {
    // "Back" from the gateway's page shows this page as it was left, with the button still disabled.
    const stay = () => setLeaving(false)
    window.addEventListener("pageshow", stay)
    return () => window.removeEventListener("pageshow", stay)
  }, [])

  const pay = (event: FormEvent) => {
    event.preventDefault()
    if (!chosen) return
    return send(() =>
      change(async (current) => {
        const { payment_collection } = await sdk.store.payment.initiatePaymentSession(current, {
          provider_id: chosen,
        })
        const session = payment_collection.payment_sessions?.find(
          ({ provider_id }) => provider_id === chosen
        )
        const action = readNextAction(session?.data)
        if (action === null) {
          throw new Error("This page does not know how to go on with that. Please choose another.")
        }
        if (action.type === "none") return navigate("/return")
        setLeaving(true)
        window.location.assign(action.url)
      })
    )
  }

  return (
    <form className="form" onSubmit={pay}>
      <fieldset className="choices">
        <legend className="hidden">Way of payment</legend>
        {providers.map((id) => {
          const { name, hint } = paymentMethod(id)
          return (
            <label key={id} className="choice">
              <input
                type="radio"
                name="payment"
                checked={id === chosen}
                onChange={() => setChosen(id)}
              />
              <span className="choice-text">
                <strong>{name}</strong>
                <span className="quiet">{hint}</span>
              </span>
            </label>
          )
        })}
      </fieldset>
      <Problem>{problem ?? loading}</Problem>
      <button className="button" disabled={busy || leaving || !chosen}>
        {busy || leaving ? "One moment …" : `Pay ${money(cart.total, cart.currency_code)}`}
      </button>
    </form>
  )
}
