import { z } from "zod"
import { readRow } from "../../shared/database"

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
const paymentRequestRow = z.object({
  id: z.string(),
  /** Medusa's order that is paid. */
  order_id: z.string(),
  /** The one payment collection whose session it serves. */
  payment_collection_id: z.string(),
  /** Medusa's id of the provider, such as `pp_mocasa_mocasa`. */
  provider_id: z.string(),
  purpose: z.enum(paymentPurposes),
  /** The order at the gateway whose money is attached; null for the other purposes. */
  reference: z.string().nullable(),
  /** The session that took it; it serves no other. */
  session_id: z.string().nullable(),
})

export type PaymentRequest = z.infer<typeof paymentRequestRow>

export function toPaymentRequest(row: unknown): PaymentRequest {
  return readRow("order_payment_request", paymentRequestRow, row)
}

export type NewPaymentRequest = Omit<PaymentRequest, "id" | "session_id">

/** The session that takes a request, as Medusa has it. */
export type RequestingSession = {
  id: string
  payment_collection_id: string
  provider_id: string
}
