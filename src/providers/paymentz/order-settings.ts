import type { PaymentzPaymentType } from "../../gateways/paymentz/messages"
import type { KeptDetails, KnownOrder } from "../base/gateway"
import type { PaymentzOptions } from "./options"

/** What an order was opened with. Options can change while it is under way. */
export type OrderSettings = {
  paymentType: PaymentzPaymentType
  /**
   * The same where the shop's server told it to the gateway; undefined where a form did, which the shopper's browser
   * carries and whose checksum does not cover it.
   */
  sentPaymentType?: PaymentzPaymentType
  /** The day it was opened on, such as `2030-01-31`; undefined where it was not noted. */
  openedOn?: string
}

export function paymentTypeFor({ capture }: Pick<PaymentzOptions, "capture">): PaymentzPaymentType {
  return capture === "manual" ? "PA" : "DB"
}

/** @param sentBy who tells the gateway what kind of payment it is */
export function keptSettings(
  paymentType: PaymentzPaymentType,
  sentBy: "server" | "browser",
  now: Date
): KeptDetails {
  return {
    payment_type: paymentType,
    payment_type_sent_by: sentBy,
    opened_on: now.toISOString().slice(0, 10),
  }
}

export function settingsOf(
  { kept }: Pick<KnownOrder, "kept">,
  options: Pick<PaymentzOptions, "capture">
): OrderSettings {
  const { payment_type, payment_type_sent_by, opened_on } = kept
  const paymentType =
    payment_type === "PA" || payment_type === "DB" ? payment_type : paymentTypeFor(options)
  return {
    paymentType,
    ...(payment_type_sent_by === "server" ? { sentPaymentType: paymentType } : {}),
    openedOn: opened_on,
  }
}
