import type { HttpTypes } from "@medusajs/framework/types"
import { leaveFor, nextAction } from "medusa-regional-payments-storefront"
import { useEffect, useState, type FormEvent } from "react"
import { useNavigate } from "react-router-dom"
import { useCart } from "../cart-context"
import { messageOf } from "../error-message"
import { money } from "../money"
import { Problem } from "../problem"
import { inOrder, paymentMethod } from "../payment-methods"
import { useShop } from "../shop-context"
import { useRequest } from "../use-request"
import { PayerField } from "./payer-field"

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
        const ids = inOrder(payment_providers.map(({ id }) => id))
        setProviders(ids)
        setChosen(ids[0])
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

  const goOn = (session: HttpTypes.StorePaymentSession, { comesBack }: { comesBack: boolean }) => {
    const action = nextAction(session)
    switch (action.type) {
      case "redirect":
      case "post_form":
        if (!comesBack) return navigate("/payment")
        setLeaving(true)
        return leaveFor(action, document)
      case "qr_code":
      case "pay_code":
      case "none":
        return navigate("/payment")
      case "shopper_code":
        throw new Error("That is for the till of a shop. Please choose another way to pay.")
    }
  }

  const pay = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!chosen) return
    const method = paymentMethod(chosen)
    const payer = method.asks && {
      [method.asks.name]: String(new FormData(event.currentTarget).get(method.asks.name)).trim(),
    }
    return send(() =>
      change(async (current) => {
        const { payment_collection } = await sdk.store.payment.initiatePaymentSession(current, {
          provider_id: chosen,
          ...(payer && { data: { payer } }),
        })
        const session = payment_collection.payment_sessions?.find(
          ({ provider_id }) => provider_id === chosen
        )
        if (!session) throw new Error("This way to pay is not open at the moment.")
        goOn(session, method)
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
      {chosen && <PayerField of={paymentMethod(chosen)} />}
      <Problem>{problem ?? loading}</Problem>
      <button className="button" disabled={busy || leaving || !chosen}>
        {busy || leaving ? "One moment …" : `Pay ${money(cart.total, cart.currency_code)}`}
      </button>
    </form>
  )
}
