import { money } from "./money"

type Amounts = {
  currency_code: string
  item_total: number
  shipping_total: number
  tax_total: number
  total: number
}

/** @param props.shipped whether a way of shipping was chosen; until then its price is not known */
export function Totals({ of, shipped }: { of: Amounts; shipped: boolean }) {
  const price = (amount: number) => money(amount, of.currency_code)
  return (
    <dl className="totals">
      <dt>Items</dt>
      <dd>{price(of.item_total)}</dd>
      <dt>Delivery</dt>
      <dd>{shipped ? price(of.shipping_total) : "at checkout"}</dd>
      <dt className="total">Total</dt>
      <dd className="total">{price(of.total)}</dd>
      <dt className="quiet">of which VAT</dt>
      <dd className="quiet">{price(of.tax_total)}</dd>
    </dl>
  )
}
