import type { GatewayOrder } from "../../modules/payment-journal/gateway-order"
import type { GatewayCapabilities } from "../../providers/base/gateway"
import { dayMs } from "./next-check"

type Limits = Pick<GatewayCapabilities, "remindsOfReservationsAfterDays">

/** When to tell of money that is only reserved; null where its gateway's reservations don't lapse. */
export function reminderOf(
  { created_at }: Pick<GatewayOrder, "created_at">,
  { remindsOfReservationsAfterDays: days }: Limits
): Date | null {
  return days === undefined ? null : new Date(created_at.getTime() + days * dayMs)
}
