import type { PaymentzPaymentType } from "../../gateways/paymentz/operation"
import type { KeptDetails, KnownOrder } from "../base/payment-gateway"
import type { PaymentzOptions } from "./options"

/** What an order was opened with. Options can change while it is under way. */
export type OrderSettings = {
  paymentType: PaymentzPaymentType
  /** The day it was opened on, such as `2030-01-31`; undefined where it was not noted. */
  openedOn?: string
}

export function paymentTypeFor({ capture }: Pick<PaymentzOptions, "capture">): PaymentzPaymentType {
  return capture === "manual" ? "PA" : "DB"
}

export function keptSettings(paymentType: PaymentzPaymentType, now: Date): KeptDetails {
  return {
    payment_type: paymentType,
    opened_on: now.toISOString().slice(0, 10),
  }
}

export function settingsOf(
  { kept }: Pick<KnownOrder, "kept">,
  options: Pick<PaymentzOptions, "capture">
): OrderSettings {
  const { payment_type, opened_on } = kept
  return {
    paymentType:
      payment_type === "PA" || payment_type === "DB" ? payment_type : paymentTypeFor(options),
    openedOn: opened_on,
  }
}
