import { readNotice } from "../../gateways/paymentz/webhook"
import type { ReturnFields, ReturnReading } from "../base/gateway"

/** The browser's form, under the names of today or of older pages (Paymentz, "Standard Checkout"). */
export function parseReturn(fields: ReturnFields): ReturnReading {
  const { reference, paymentId } = readNotice(fields) ?? {}
  return {
    ...(reference ? { reference } : {}),
    ...(paymentId ? { gatewayId: paymentId } : {}),
  }
}
