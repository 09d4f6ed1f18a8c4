import type { Payer, PayerField } from "../../providers/base/gateway"

type Address = {
  first_name?: string | null
  last_name?: string | null
  phone?: string | null
  country_code?: string | null
}

export type CartPayer = {
  id: string
  email?: string | null
  billing_address?: Address | null
  shipping_address?: Address | null
}

/** Who pays, as far as a cart tells it and the gateway needs it: the billing address before the shipping one. */
export function payerFromCart(cart: CartPayer, needed: readonly PayerField[]): Payer {
  const addresses = [cart.billing_address, cart.shipping_address]
  const name = first(addresses, (address) =>
    [address.first_name, address.last_name].filter((part) => part).join(" ")
  )
  const known: Payer = {
    name,
    email: cart.email ?? undefined,
    phone: first(addresses, (address) => address.phone),
    country: first(addresses, (address) => address.country_code)?.toUpperCase(),
  }
  return Object.fromEntries(
    needed.flatMap((field) => (known[field] ? [[field, known[field]]] : []))
  )
}

function first(
  addresses: readonly (Address | null | undefined)[],
  read: (address: Address) => string | null | undefined
): string | undefined {
  for (const address of addresses) {
    const value = address && read(address)
    if (value) {
      return value
    }
  }
  return undefined
}
