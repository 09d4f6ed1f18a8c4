import type { HttpTypes } from "@medusajs/framework/types"
import { useRef, type FormEvent } from "react"
import { useCart } from "../cart-context"
import { Problem } from "../problem"
import { useShop } from "../shop-context"
import { useRequest } from "../use-request"
import { addressForm } from "./address-fields"

type Props = { cart: HttpTypes.StoreCart; onDone: () => void }

export function AddressForm({ cart, onDone }: Props) {
  const { sdk, region } = useShop()
  const { change } = useCart()
  const { busy, problem, send } = useRequest()
  const form = useRef<HTMLFormElement>(null)
  const country = region.countries?.[0]?.iso_2 ?? ""
  const { fields: addressFields, sample } = addressForm(country)
  const entered: Record<string, unknown> = { ...cart.shipping_address, email: cart.email }

  const fillIn = () => {
    for (const [name, value] of Object.entries(sample)) {
      const field = form.current?.elements.namedItem(name)
      if (field instanceof HTMLInputElement) field.value = value
    }
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()])
    )
    const { email, ...fields } = values
    const address = { ...fields, country_code: country }
    return send(async () => {
      await change(({ id }) =>
        sdk.store.cart.update(id, { email, shipping_address: address, billing_address: address })
      )
      onDone()
    })
  }

  return (
    <form ref={form} className="form" onSubmit={submit}>
      <button type="button" className="link" onClick={fillIn}>
        Use a made-up address
      </button>
      {addressFields.map(({ name, label, ...attributes }) => (
        <label key={name}>
          {label}
          <input name={name} required defaultValue={String(entered[name] ?? "")} {...attributes} />
        </label>
      ))}
      <Problem>{problem}</Problem>
      <button className="button" disabled={busy}>
        Continue
      </button>
    </form>
  )
}
