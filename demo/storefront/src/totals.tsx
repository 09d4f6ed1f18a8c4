import { money } from "./money"

type Amounts = {
  currency_code: string
  item_total: number
  shipping_total: number
  tax_total: number
  total: number
}

/** Until a way of shipping is chosen its price is not known. */
export type Delivery = "open" | "chosen" | "by e-mail"

export function Totals({ of, delivery }: { of: Amounts; delivery: Delivery }) {
  const price = (amount: number) => money(amount, of.currency_code)
  const deliveryPrice = (): string => {
    switch (delivery) {
      case "open":
        return "at checkout"
      case "chosen":
        return price(of.shipping_total)
      case "by e-mail":
        return "by e-mail"
    }
  }
  return (
    <dl className="totals">
      <dt>Items</dt>
      <dd>{price(of.item_total)}</dd>
      <dt>Delivery</dt>
      <dd>{deliveryPrice()}</dd>
      <dt className="total">Total</dt>
      <dd className="total">{price(of.total)}</dd>
      <dt className="quiet">of which tax</dt>
      <dd className="quiet">{price(of.tax_total)}</dd>
    </dl>
  )
}
