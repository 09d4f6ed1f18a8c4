import type { CheckoutErrorCode } from "../checkout-error"
import type { UnpaidState } from "../payment-state"

/** A heading and the sentence below it. */
export type Notice = { title: string; text: string }

/**
 * All words that the shopper reads in one language. Replace what you like: `{ ...hr, otherWay: "Natrag na košaricu" }`.
 * `{method}`, `{amount}` and `{time}` stand for the payment method's name, the amount with its currency, and a time.
 */
export type PaymentWords = {
  /** BCP 47: the language in which the parts are read aloud, and amounts and times are written. */
  lang: string
  dir: "ltr" | "rtl"
  /** What the payment method is called in a sentence where the page gives it no name. */
  anyMethod: string

  payOnPage: string
  openPage: string
  /** Read aloud after `openPage` where the page opens beside this one. */
  inNewTab: string
  scanCode: string
  /** For whoever looks at the code on the phone that is to scan it. */
  scanOnThisPhone: string
  /** Read aloud in place of the QR code. */
  qrLabel: string
  payWithCode: string
  copyCode: string
  copied: string
  /** Where the browser does not let a page copy. */
  copyByHand: string
  payBefore: string
  showCode: string

  none: Notice
  checking: Notice
  waiting: Notice
  paid: Notice
  ordered: Notice
  ended: Readonly<Record<UnpaidState, Notice>>
  errors: Readonly<Record<CheckoutErrorCode, Notice>>

  otherWay: string
  askAgain: string
}

/** Puts values in the place of their names in braces; a name without a value stays. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (name, key: string) => values[key] ?? name)
}
