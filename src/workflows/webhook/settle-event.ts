import type { MedusaContainer } from "@medusajs/framework/types"
import type { WebhookEventRow } from "../../modules/payment-journal/webhook-event"
import { isPayoutReference } from "../../modules/payout/payout-reference"
import { gatewayActor } from "../../modules/payout/payouts"
import type { TransferState } from "../../modules/payout/transfer-state"
import { journalOf } from "../../providers/registry"
import { settleOrderWorkflow } from "../payment/settle-order"
import { payoutsOf, transferOfReference } from "../payout/payouts-of"

/** What a message came to; `isPending` where the gateway's own answers don't say yet what it told. */
export type SettledEvent = { outcome: string; isPending: boolean }

/**
 * Asks about what a message tells of: an order that a shopper pays, or a payout. Either can come to the
 * address of the other, because Mocasa has one for both; the reference tells them apart.
 *
 * @throws Error where it could not be worked on, and is to be tried again
 */
export async function settleEvent(
  container: MedusaContainer,
  event: WebhookEventRow
): Promise<SettledEvent> {
  return isPayoutReference(event.reference)
    ? await settleTransfer(container, event)
    : await settleOrder(container, event)
}

async function settleOrder(
  container: MedusaContainer,
  event: WebhookEventRow
): Promise<SettledEvent> {
  const { result, errors } = await settleOrderWorkflow(container).run({
    input: {
      provider_id: await paymentProviderOf(container, event),
      reference: event.reference,
      news: {
        is_proven: event.event_key !== null,
        is_later: event.is_later,
        gateway_id: event.gateway_id,
        claimed_amount: event.claimed_amount,
      },
    },
    throwOnError: false,
  })
  const [failure] = errors
  if (failure) {
    throw new Error(failure.error?.message ?? "unknown error")
  }
  return { outcome: result.outcome, isPending: result.state === "pending" }
}

const underWay: readonly TransferState[] = ["processing", "unknown", "not_found"]

async function settleTransfer(
  container: MedusaContainer,
  event: WebhookEventRow
): Promise<SettledEvent> {
  const transfer = await transferOfReference(container, event.reference)
  if (!transfer || !isSameGateway(transfer.provider_id, event.provider_id)) {
    return { outcome: "this shop has made no such payout", isPending: false }
  }
  const { status } = await payoutsOf(container).refreshTransfer(transfer.id, { id: gatewayActor })
  return { outcome: status, isPending: underWay.includes(status) }
}

/** Of a message about an order that came to the address for payouts: the provider the order was opened with. */
export async function paymentProviderOf(
  container: MedusaContainer,
  { provider_id, reference }: Pick<WebhookEventRow, "provider_id" | "reference">
): Promise<string> {
  if (!provider_id.startsWith("po_")) {
    return provider_id
  }
  const order = await journalOf(container).findOrder(reference)
  return order && isSameGateway(order.provider_id, provider_id) ? order.provider_id : provider_id
}

/** `pp_mocasa_main` and `po_mocasa_payouts`: one gateway may tell of both, another one may not. */
function isSameGateway(one: string, other: string): boolean {
  return one.split("_")[1] === other.split("_")[1]
}
