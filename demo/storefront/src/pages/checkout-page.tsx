import { useEffect, useRef, useState, type ReactNode } from "react"
import { Link } from "react-router-dom"
import { useCart } from "../cart-context"
import { AddressForm } from "../checkout/address-form"
import { DeliveryChoice } from "../checkout/delivery-choice"
import { PaymentChoice } from "../checkout/payment-choice"
import { deliveryOf } from "../delivery"
import { Totals } from "../totals"

type Step = "address" | "delivery" | "payment"

/** All steps on one page; those that are done show what was entered. */
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
  const shipping = cart.shipping_methods?.[0]
  const delivery = deliveryOf(cart)
  const hasAddress = Boolean(cart.email && address?.address_1)
  const step = wanted ?? (!hasAddress ? "address" : delivery === "open" ? "delivery" : "payment")

  return (
    <main className="page">
      <h1>Checkout</h1>
      <Section
        title="Where to"
        open={step === "address"}
        summary={hasAddress ? `${cart.email}, ${address?.address_1}, ${address?.city}` : undefined}
        onChange={() => setWanted("address")}
      >
        <AddressForm cart={cart} onDone={() => setWanted(null)} />
      </Section>
      {delivery !== "by e-mail" && (
        <Section
          title="Delivery"
          open={step === "delivery"}
          summary={hasAddress ? shipping?.name : undefined}
          onChange={() => setWanted("delivery")}
        >
          <DeliveryChoice cart={cart} onDone={() => setWanted(null)} />
        </Section>
      )}
      <Section title="Payment" open={step === "payment"}>
        <Totals of={cart} delivery={delivery} />
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
  const heading = useRef<HTMLHeadingElement>(null)
  const wasOpen = useRef(open)
  useEffect(() => {
    // The button that was pressed is gone: from here the keyboard and the screen reader go on.
    if (open && !wasOpen.current) heading.current?.focus()
    wasOpen.current = open
  }, [open])
  return (
    <section className={open ? "step open" : "step"}>
      <div className="step-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
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
