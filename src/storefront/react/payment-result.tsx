import type { ReactElement, ReactNode } from "react"
import type { CheckoutErrorCode } from "../checkout-error"
import type { CheckoutSession } from "../complete-checkout"
import { nextAction } from "../next-action"
import type { UnpaidState } from "../payment-state"
import { en } from "../words/en"
import { fill, type Notice, type PaymentWords } from "../words/words"
import { PaymentAction } from "./payment-action"
import type { PaymentView } from "./use-payment"

export type PaymentResultProps = {
  /** What `usePayment` gives. */
  payment: PaymentView
  /** What `usePayment` gives; a button for it is shown where asking again can help. */
  askAgain?: () => void
  /** Leads to the choice of another way to pay: an address, or a link of the page's own router. */
  otherWay?: string | ReactElement
  /** What the payment method is called in sentences, such as "WeChat Pay". */
  method?: string
  /** The gateway's page opens beside this one; see `PaymentAction`. */
  opensBeside?: boolean
  /** The shopper was at the gateway's page already: it is asked first, and what there is to pay with comes second. */
  cameBack?: boolean
  words?: PaymentWords
  /** How the page writes an amount in major units; by the words' language unless another way is given. */
  formatAmount?: (amount: number, currencyCode: string) => string
  /** Of the title; the page's own `h1` unless another is given. */
  heading?: "h1" | "h2" | "h3"
  className?: string
  /** Shown below, such as a link to the shop's help. */
  children?: ReactNode
}

/** What is known of a payment, what it means for the shopper, and what the shopper can do now. */
export function PaymentResult({
  payment,
  askAgain,
  otherWay,
  method,
  opensBeside,
  cameBack = false,
  words = en,
  formatAmount = formatIn(words.lang),
  heading: Heading = "h1",
  className,
  children,
}: PaymentResultProps): ReactElement {
  const session = sessionToPay(payment)
  const isAsking = cameBack || !session
  const { title, text } = noticeOf(payment, isAsking, words)
  const isBusy = isWorking(payment)
  const { canAskAgain, canPayOtherwise } = offersOf(payment)
  const action = session && (
    <PaymentAction session={session} method={method} opensBeside={opensBeside} words={words} />
  )
  const after = (
    <>
      {isAsking || !isBusy ? action : null}
      {canAskAgain && askAgain && (
        <button type="button" className="payment-result__button" onClick={askAgain}>
          {words.askAgain}
        </button>
      )}
      {canPayOtherwise && <OtherWay to={otherWay} words={words} />}
    </>
  )
  return (
    <section
      className={["payment-result", className].filter(Boolean).join(" ")}
      data-payment={payment.type}
      lang={words.lang}
      dir={words.dir}
    >
      {/* Server and browser may know a currency by other signs. */}
      <Heading className="payment-result__title" suppressHydrationWarning>
        {fill(title, {
          amount: session ? formatAmount(session.amount, session.currency_code) : "",
        })}
      </Heading>
      {isBusy && !isAsking ? action : null}
      {/* Stays while its words change, so that they are read aloud. */}
      <p className="payment-result__text" role="status" data-tone={isBusy ? "busy" : "over"}>
        {isBusy && <span className="payment-result__spinner" aria-hidden="true" />}
        <span>{text}</span>
      </p>
      {isBusy && isAsking ? <div className="payment-result__later">{after}</div> : after}
      {children}
    </section>
  )
}

function isWorking({ type }: PaymentView): boolean {
  return type === "checking" || type === "waiting" || type === "ordered"
}

/** The session that can be paid now: after a failure most gateways let the shopper try again. */
function sessionToPay(payment: PaymentView): CheckoutSession | null {
  const isOpen =
    payment.type === "waiting" ||
    (payment.type === "ended" && (payment.state === "failed" || payment.state === "pending"))
  return isOpen && payment.session && nextAction(payment.session).type !== "none"
    ? payment.session
    : null
}

function noticeOf(payment: PaymentView, isAsking: boolean, words: PaymentWords): Notice {
  switch (payment.type) {
    case "waiting":
      return isAsking ? words.checking : words.waiting
    case "ended":
      return words.ended[payment.state]
    case "problem":
      return words.errors[payment.error.code]
    case "checking":
    case "none":
    case "paid":
    case "ordered":
      return words[payment.type]
  }
}

type Offers = { canAskAgain: boolean; canPayOtherwise: boolean }

function offersOf(payment: PaymentView): Offers {
  switch (payment.type) {
    case "waiting":
      return { canAskAgain: false, canPayOtherwise: true }
    case "ended":
      return endOffers[payment.state]
    case "problem":
      return errorOffers[payment.error.code]
    case "checking":
    case "none":
    case "paid":
    case "ordered":
      return { canAskAgain: false, canPayOtherwise: false }
  }
}

const nothing: Offers = { canAskAgain: false, canPayOtherwise: false }
const again: Offers = { canAskAgain: true, canPayOtherwise: false }
const otherwise: Offers = { canAskAgain: false, canPayOtherwise: true }
const both: Offers = { canAskAgain: true, canPayOtherwise: true }

const endOffers: Readonly<Record<UnpaidState, Offers>> = {
  pending: both,
  failed: otherwise,
  expired: otherwise,
  canceled: otherwise,
  refunded: otherwise,
  chargeback: nothing,
  mismatch: nothing,
}

/** Whoever may have paid is not led to another way to pay. */
const errorOffers: Readonly<Record<CheckoutErrorCode, Offers>> = {
  offline: again,
  store_failed: again,
  cart_not_found: nothing,
  payment_not_found: otherwise,
  no_payment_chosen: otherwise,
  payment_method_being_chosen: again,
  cart_changed: otherwise,
  cart_already_paid: again,
  conflict: again,
  order_not_ready: again,
  paid_without_order: nothing,
  order_refused: otherwise,
  refused: both,
}

type OtherWayProps = { to: PaymentResultProps["otherWay"]; words: PaymentWords }

function OtherWay({ to, words }: OtherWayProps): ReactElement | null {
  if (typeof to !== "string") {
    return to ?? null
  }
  return (
    <a className="payment-result__button" href={to}>
      {words.otherWay}
    </a>
  )
}

function formatIn(lang: string): (amount: number, currencyCode: string) => string {
  return (amount, currency) => {
    const format = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const
    return new Intl.NumberFormat(lang, format).format(amount)
  }
}
