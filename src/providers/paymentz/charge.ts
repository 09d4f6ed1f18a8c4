import type { PaymentzClient } from "../../gateways/paymentz/client"
import { payWithToken } from "../../gateways/paymentz/payments"
import { refusedHere } from "../../gateways/paymentz/errors"
import type { Charge, ChargeCalls, ChargeReport } from "../base/gateway"
import type { PaymentzOptions } from "./options"
import { settingsOf } from "./order-settings"

/** Most answers are final; what is still being processed is asked about for a few seconds. */
const pollEveryMs = 2_000
const patienceMs = 6_000

export function chargeCalls(
  client: PaymentzClient,
  options: Pick<PaymentzOptions, "capture" | "returnUrl" | "notificationUrl">
): ChargeCalls {
  return { send: (charge) => chargeSavedCard(client, charge, options), pollEveryMs, patienceMs }
}

async function chargeSavedCard(
  client: PaymentzClient,
  { order, with: chargeWith }: Charge,
  options: Pick<PaymentzOptions, "capture" | "returnUrl" | "notificationUrl">
): Promise<ChargeReport> {
  const registrationId = chargeWith.registration_id
  if (registrationId === undefined) {
    throw refusedHere("payWithToken", "no saved card is named")
  }
  const payment = await payWithToken(client, {
    reference: order.reference,
    amount: order.amount,
    currency: order.currency,
    paymentType: settingsOf(order, options).paymentType,
    returnUrl: options.returnUrl,
    notificationUrl: options.notificationUrl,
    registrationId,
    isRepeated: chargeWith.recurring === "repeated",
  })
  return {
    // Where the shopper has to confirm it, nothing was charged yet, and nothing was declined either.
    outcome: payment.isDone ? "done" : "unknown",
    gatewayId: payment.paymentId,
    code: payment.code,
    message: payment.message,
    ...(payment.next ? { nextAction: payment.next } : {}),
  }
}
