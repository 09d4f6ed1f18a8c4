/** One attempt to pay: what Paymentz gives a paymentId to. Plain JSON. */
export interface PaymentzPayment extends NewPayment {
  readonly paymentId: string
  /** The last, unguessable segment of the page's address. */
  readonly linkId: string
  /** The long status; `null` where a test wants none to be said. */
  readonly status: string | null
  readonly resultCode: string
  readonly remark: string
  /** Whether the shopper has to confirm it by 3-D Secure first. */
  readonly awaits3d: boolean
  readonly money: "none" | "reserved" | "taken" | "given-back"
  readonly capture: Move | null
  readonly refund: Move | null
  readonly reverse: Move | null
  readonly chargebackAmount: string | null
  readonly registrationId: string | null
  /** Epoch, milliseconds. */
  readonly openedAt: number
}

export interface NewPayment {
  readonly merchantTransactionId: string
  /** Debit: paid in one step. Preauthorisation: reserved, and captured later. */
  readonly paymentType: "DB" | "PA"
  /** Two decimals, and of the currency in upper case. */
  readonly amount: string
  readonly currency: string
  readonly paymentMode: string
  readonly paymentBrand: string
  readonly origin: "checkout" | "invoice" | "bank" | "saved-card"
  readonly description: string
  readonly merchantRedirectUrl: string
  readonly notificationUrl: string | null
  readonly terminalId: string
  readonly customer: Customer
  /** Ticks the page's box; the shopper can still untick it. */
  readonly wantsCardSaved?: boolean
}

export interface Customer {
  readonly id: string
  readonly email: string
  readonly givenName: string
  readonly surname: string
}

/** A capture, a refund or a reversal. */
export interface Move {
  readonly amount: string
  readonly state: "started" | "made" | "failed"
  /** The long status that the payment had before. */
  readonly before: string | null
}

export type MoveKind = "capture" | "refund" | "reverse"

export interface Money {
  readonly amount: string
  readonly currency: string
}

/** Reserved or taken, whatever became of it later. */
export function isPaid(payment: PaymentzPayment): boolean {
  return payment.money !== "none"
}

/** Without any money. */
export function hasEnded({ money, status }: PaymentzPayment): boolean {
  return money === "none" && status !== null && ENDS.includes(status)
}

const ENDS = ["authfailed", "failed", "cancelled", "authcancelled"]
