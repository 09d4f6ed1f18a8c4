import type { ReactNode } from "react"
import { Link, Navigate } from "react-router-dom"
import { money } from "../money"
import { endings } from "../payment/ended-payment"
import type { Payment, Session } from "../payment/follow-payment"
import { usePayment } from "../payment/use-payment"
import { WayToPay } from "../payment/way-to-pay"
import { paymentMethod } from "../payment-methods"

/**
 * Waits for the payment: with the code to pay with, or after the gateway has sent the shopper back. What the address
 * says about the payment is not believed: anybody can type it. The page asks the store, and the store asks the gateway.
 */
export function PaymentPage() {
  const { payment, problem } = usePayment()
  if (problem) return <Trouble problem={problem} />
  if (payment?.type === "none") return <Navigate to="/" replace />
  if (payment?.type === "ordered") return <Navigate to={`/orders/${payment.orderId}`} replace />
  const { title, before, text, after, tone } = viewOf(payment)
  return (
    <main className="page payment">
      <h1>{title}</h1>
      {before}
      {/* Stays while its words change, so that they are read aloud. */}
      <p className={tone === "busy" ? "waiting" : "notice bad"} role="status">
        {tone === "busy" && <span className="spinner" aria-hidden="true" />}
        {text}
      </p>
      {after}
    </main>
  )
}

type View = {
  title: string
  before?: ReactNode
  text: string
  tone: "busy" | "over"
  after?: ReactNode
}

function viewOf(payment: Exclude<Payment, { type: "none" | "ordered" }> | undefined): View {
  switch (payment?.type) {
    case undefined:
      return {
        title: "Checking your payment",
        text: "We are asking whether it has arrived.",
        tone: "busy",
      }
    case "waiting":
      return waiting(payment.session)
    case "ended": {
      const { title, text, offers } = endings[payment.state]
      const after = offers !== "nothing" && (
        <>
          {offers === "same-or-other-way" && <WayToPay session={payment.session} />}
          <OtherWay />
        </>
      )
      return { title, text, tone: "over", after }
    }
  }
}

/** A shopper who was led back has paid or given up; the others have everything still to do. */
function waiting(session: Session): View {
  if (!paymentMethod(session.provider_id).comesBack) {
    return {
      title: `Pay ${money(session.amount, session.currency_code)}`,
      before: <WayToPay session={session} />,
      text: "Waiting for your payment. This page notices by itself.",
      tone: "busy",
      after: <OtherWay />,
    }
  }
  return {
    title: "Checking your payment",
    text: "We are asking whether it has arrived. If you have just paid, stay here.",
    tone: "busy",
    after: (
      <div className="later">
        <WayToPay session={session} />
        <OtherWay />
      </div>
    ),
  }
}

function OtherWay() {
  return (
    <Link className="button quiet" to="/checkout">
      Choose another way to pay
    </Link>
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
