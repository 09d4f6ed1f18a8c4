import { useMemo, useState } from "react"
import {
  createStoreFetch,
  nextAction,
  returnedPayment,
  type CheckoutSession,
} from "medusa-regional-payments-storefront"
import {
  PaymentResult,
  usePayment,
  type PaymentView,
} from "medusa-regional-payments-storefront/react"
import "medusa-regional-payments-storefront/styles.css"
import { Link, Navigate, useLocation, useNavigate } from "react-router-dom"
import { storedCartId, useCart } from "../cart-context"
import { LanguageChoice, useLanguage } from "../language"
import { money } from "../money"
import { paymentMethod } from "../payment-methods"
import { useShop } from "../shop-context"

/**
 * Waits for the payment: with the code to pay with, or after the gateway has sent the shopper back. What the address
 * says about the payment is not believed: anybody can type it. The page asks the store, and the store asks the gateway.
 */
export function PaymentPage() {
  const { publishableKey } = useShop()
  const { forget } = useCart()
  const { search } = useLocation()
  const navigate = useNavigate()
  const { words, ...language } = useLanguage()
  const [cartId] = useState(storedCartId)
  const storeFetch = useMemo(
    () => createStoreFetch({ baseUrl: "", publishableKey }),
    [publishableKey]
  )
  const { payment, askAgain } = usePayment({
    storeFetch,
    cartId,
    sessionId: returnedPayment(search)?.sessionId,
    onOrder(orderId) {
      forget()
      navigate(`/orders/${orderId}`, { replace: true })
    },
  })
  const session = sessionOf(payment)
  const { name, comesBack } = paymentMethod(session?.provider_id ?? "")

  if (payment.type === "none") return <Navigate to="/" replace />
  return (
    <main className="page payment">
      <LanguageChoice {...language} words={words} />
      <PaymentResult
        payment={payment}
        askAgain={askAgain}
        method={name || undefined}
        opensBeside={!comesBack}
        cameBack={comesBack}
        words={words}
        formatAmount={money}
        otherWay={
          <Link className="payment-result__button" to="/checkout">
            {words.otherWay}
          </Link>
        }
      >
        {payment.type === "waiting" && <SandboxWallet session={session} />}
      </PaymentResult>
    </main>
  )
}

function sessionOf(payment: PaymentView): CheckoutSession | null {
  return payment.type === "waiting" || payment.type === "ended" ? payment.session : null
}

/** Scans the QR by its text: nobody has a phone with the sandbox's wallet. */
function SandboxWallet({ session }: { session: CheckoutSession | null }) {
  const { walletUrl } = useShop()
  const action = nextAction(session)
  if (walletUrl === null || action.type !== "qr_code") return null
  const href = `${walletUrl}?code=${encodeURIComponent(action.value)}`
  return (
    <a className="button" href={href} target="_blank" rel="noopener">
      Open the sandbox’s wallet
    </a>
  )
}
