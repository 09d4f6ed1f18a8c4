import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { gatewayContextOf } from "../providers/registry"
import { matchOrListKnownPayment } from "../workflows/exceptions/unmatched-payments"

type SettledOperation = {
  provider_id: string
  order_reference: string
  kind: string
  state: string
}

/** Settles what waited for a refund whose outcome was not known, once the gateway has confirmed that it was made. */
export default async function refundSettled({
  event,
  container,
}: SubscriberArgs<SettledOperation>): Promise<void> {
  const { provider_id, order_reference, kind, state } = event.data
  const gateway = gatewayContextOf(container, provider_id)
  if (gateway && kind === "refund" && state === "done") {
    await matchOrListKnownPayment(container, gateway.context, order_reference)
  }
}

export const config: SubscriberConfig = {
  event: "payment.operation_settled",
  context: { subscriberId: "refund-settled" },
}
