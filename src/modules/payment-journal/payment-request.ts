/**
 * What the shop's own server asks of a payment on an order that was placed before:
 * - `link`: a link that can be sent to the customer
 * - `charge`: a charge of a saved method without the customer
 * - `attach`: money that came before pays for the order; nothing is opened at the gateway
 */
export const paymentPurposes = ["link", "charge", "attach"] as const

export type PaymentPurpose = (typeof paymentPurposes)[number]

/**
 * A request of the shop's own server, written before the payment session that is to serve it. A session's data
 * only names it by its id: whatever else a storefront, the dashboard or another plugin writes there asks for nothing.
 */
export type PaymentRequest = {
  id: string
  /** Medusa's order that is paid. */
  order_id: string
  /** The one payment collection whose session it serves. */
  payment_collection_id: string
  /** Medusa's id of the provider, such as `pp_mocasa_mocasa`. */
  provider_id: string
  purpose: PaymentPurpose
  /** The order at the gateway whose money is attached; null for the other purposes. */
  reference: string | null
  /** The session that took it; it serves no other. */
  session_id: string | null
}

export type NewPaymentRequest = Omit<PaymentRequest, "id" | "session_id">

/** The session that takes a request, as Medusa has it. */
export type RequestingSession = {
  id: string
  payment_collection_id: string
  provider_id: string
}
