import { useState, type ReactNode } from "react"
import { Link } from "react-router-dom"
import { useCart } from "../cart-context"
import { AddressForm } from "../checkout/address-form"
import { DeliveryChoice } from "../checkout/delivery-choice"
import { PaymentChoice } from "../checkout/payment-choice"
import { Totals } from "../totals"

type Step = "address" | "delivery" | "payment"

/** Three steps on one page; those that are done show what was entered. */
export function CheckoutPage() {
  const { cart } = useCart()
  const [wanted, setWanted] = useState<Step | null>(null)
  if (cart === undefined) return null
  if (!cart?.items?.length) {
    return (
      <main className="page">
        <h1>Your cart is empty</h1>
        <Link to="/" className="button">
          See what we have
        </Link>
      </main>
    )
  }
  const address = cart.shipping_address
  const delivery = cart.shipping_methods?.[0]
  const hasAddress = Boolean(cart.email && address?.address_1)
  const step = wanted ?? (!hasAddress ? "address" : !delivery ? "delivery" : "payment")

  return (
    <main className="page">
      <h1>Checkout</h1>
      <Section
        title="1. Where to"
        open={step === "address"}
        summary={hasAddress ? `${cart.email}, ${address?.address_1}, ${address?.city}` : undefined}
        onChange={() => setWanted("address")}
      >
        <AddressForm cart={cart} onDone={() => setWanted(null)} />
      </Section>
      <Section
        title="2. Delivery"
        open={step === "delivery"}
        summary={hasAddress ? delivery?.name : undefined}
        onChange={() => setWanted("delivery")}
      >
        <DeliveryChoice cart={cart} onDone={() => setWanted(null)} />
      </Section>
      <Section title="3. Payment" open={step === "payment"}>
        <Totals of={cart} shipped={Boolean(delivery)} />
        <PaymentChoice cart={cart} />
      </Section>
    </main>
  )
}

type SectionProps = {
  title: string
  open: boolean
  /** What was entered; undefined while nothing was. */
  summary?: string
  onChange?: () => void
  children: ReactNode
}

function Section({ title, open, summary, onChange, children }: SectionProps) {
  return (
    <section className={open ? "step open" : "step"}>
      <div className="step-head">
        <h2>{title}</h2>
        {!open && summary && (
          <button className="link" onClick={onChange}>
            Change<span className="hidden"> {title}</span>
          </button>
        )}
      </div>
      {!open && summary && <p className="quiet">{summary}</p>}
      {open && children}
    </section>
  )
}
