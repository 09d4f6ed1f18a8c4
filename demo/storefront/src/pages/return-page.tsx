import { useEffect, useState } from "react"
import { Link, Navigate } from "react-router-dom"
import { storedCartId, useCart } from "../cart-context"
import { messageOf } from "../error-message"
import { readNextAction } from "../next-action"
import { paymentMethod } from "../payment-methods"
import { paymentQuestions } from "../payment-questions"
import { useShop } from "../shop-context"
import { watchPayment, type PaymentState } from "../watch-payment"

/**
 * Where the gateway sends the shopper back to. What the address says about the payment is not believed: anybody can
 * type it. The page asks the store, and the store asks the gateway.
 */
export function ReturnPage() {
  const shop = useShop()
  const { forget, reload } = useCart()
  const [cartId] = useState(storedCartId)
  const [state, setState] = useState<PaymentState | { type: "asking" }>({ type: "asking" })
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    if (cartId === null) return
    let left = false
    const watch = async () => {
      for await (const next of watchPayment(paymentQuestions(shop, cartId))) {
        if (left) return
        if (next.type === "ordered") forget()
        else await reload()
        setState(next)
      }
    }
    watch().catch((error: unknown) => {
      if (!left) setProblem(messageOf(error))
    })
    return () => {
      left = true
    }
  }, [cartId, shop, forget, reload])

  if (problem) return <Trouble problem={problem} />
  if (state.type === "ordered") return <Navigate to={`/orders/${state.orderId}`} replace />
  if (cartId === null) return <Navigate to="/" replace />
  switch (state.type) {
    case "asking":
      return (
        <main className="page centred">
          <div className="spinner" aria-hidden="true" />
          <h1>Checking your payment</h1>
          <p className="quiet" role="status">
            We are asking whether it has arrived.
          </p>
        </main>
      )
    case "unpaid":
      return (
        <main className="page">
          <h1>Not paid yet</h1>
          <p className="notice" role="status">
            We have not received your payment. If you have just paid, stay here: this page notices
            by itself.
          </p>
          <WaysOn />
        </main>
      )
    case "failed":
      return (
        <main className="page">
          <h1>The payment did not go through</h1>
          <p className="notice bad" role="status">
            We were told that it failed, so nothing was ordered. Your cart is as it was.
          </p>
          <WaysOn />
        </main>
      )
  }
}

function WaysOn() {
  const { cart } = useCart()
  const session = cart?.payment_collection?.payment_sessions?.[0]
  const action = readNextAction(session?.data)
  return (
    <>
      {session && action?.type === "redirect" && (
        <a className="button" href={action.url}>
          Back to {paymentMethod(session.provider_id).name}
        </a>
      )}
      <Link className="button quiet" to="/checkout">
        Choose how to pay again
      </Link>
    </>
  )
}

function Trouble({ problem }: { problem: string }) {
  return (
    <main className="page">
      <h1>We could not check your payment</h1>
      <p className="notice bad" role="alert">
        {problem}
      </p>
      <button className="button" onClick={() => window.location.reload()}>
        Try again
      </button>
    </main>
  )
}
