import { Link } from "react-router-dom"
import { useCart } from "../cart-context"
import { deliveryOf } from "../delivery"
import { money } from "../money"
import { Problem } from "../problem"
import { Totals } from "../totals"
import { useRequest } from "../use-request"

export function CartPage() {
  const { cart, setQuantity } = useCart()
  const { busy, problem, send } = useRequest()
  if (cart === undefined) return null
  const items = [...(cart?.items ?? [])].sort((a, b) => a.id.localeCompare(b.id))
  if (!cart || items.length === 0) {
    return (
      <main className="page">
        <h1>Your cart is empty</h1>
        <Link to="/" className="button">
          See what we have
        </Link>
      </main>
    )
  }
  return (
    <main className="page">
      <h1>Your cart</h1>
      <ul className="lines">
        {items.map((item) => (
          <li key={item.id} className="line">
            <img src={item.thumbnail ?? ""} alt="" width="72" height="72" />
            <div>
              <strong>{item.product_title}</strong>
              {item.variant_title !== "One size" && (
                <span className="quiet"> {item.variant_title}</span>
              )}
              <div className="stepper" role="group" aria-label={`Pieces of ${item.product_title}`}>
                <button
                  aria-label={item.quantity === 1 ? "Remove" : "One less"}
                  disabled={busy}
                  onClick={() => send(() => setQuantity(item.id, item.quantity - 1))}
                >
                  −
                </button>
                <output>{item.quantity}</output>
                <button
                  aria-label="One more"
                  disabled={busy}
                  onClick={() => send(() => setQuantity(item.id, item.quantity + 1))}
                >
                  +
                </button>
              </div>
            </div>
            <span className="price">
              {money(item.total ?? item.unit_price * item.quantity, cart.currency_code)}
            </span>
          </li>
        ))}
      </ul>
      <Problem>{problem}</Problem>
      <Totals of={cart} delivery={deliveryOf(cart)} />
      <Link to="/checkout" className="button">
        Checkout
      </Link>
    </main>
  )
}
