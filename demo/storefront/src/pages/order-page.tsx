import type { HttpTypes } from "@medusajs/framework/types"
import { useEffect, useState } from "react"
import { Link, useParams } from "react-router-dom"
import { deliveryOf } from "../delivery"
import { messageOf } from "../error-message"
import { money } from "../money"
import { Problem } from "../problem"
import { useShop } from "../shop-context"
import { Totals } from "../totals"

export function OrderPage() {
  const { sdk } = useShop()
  const { id = "" } = useParams()
  const [order, setOrder] = useState<HttpTypes.StoreOrder | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    sdk.store.order.retrieve(id).then(
      (answer) => setOrder(answer.order),
      (error: unknown) => setProblem(messageOf(error))
    )
  }, [sdk, id])

  if (!order) {
    return (
      <main className="page">
        <Problem>{problem}</Problem>
      </main>
    )
  }
  return (
    <main className="page">
      <p className="tick" aria-hidden="true">
        ✓
      </p>
      <h1>Salamat! This is order #{order.display_id}.</h1>
      <p>{paymentSentence(order)}</p>
      <ul className="lines">
        {order.items?.map((item) => (
          <li key={item.id} className="line">
            <img src={item.thumbnail ?? ""} alt="" width="72" height="72" />
            <div>
              <strong>{item.product_title}</strong>
              <span className="quiet pieces"> × {item.quantity}</span>
            </div>
            <span className="price">{money(item.total, order.currency_code)}</span>
          </li>
        ))}
      </ul>
      <Totals of={order} delivery={deliveryOf(order)} />
      <Link to="/" className="button quiet">
        Back to the shop
      </Link>
    </main>
  )
}

function paymentSentence(order: HttpTypes.StoreOrder): string {
  const { payment_status, total, currency_code, email } = order
  const amount = money(total, currency_code)
  const next = deliveryOf(order) === "by e-mail" ? `We send it to ${email}` : "We pack it"
  switch (payment_status) {
    case "captured":
      return `${amount} paid. ${next} today.`
    case "refunded":
      return "Your payment was given back to you."
    case "partially_refunded":
      return "A part of your payment was given back to you."
    default:
      return `${amount}. ${next} as soon as the payment is confirmed.`
  }
}
