import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, PaymentSessionStatus } from "@medusajs/framework/utils"
import type { GatewayOrder } from "../modules/payment-journal/gateway-order"
import type { PaymentJournal } from "../modules/payment-journal/repositories/journal"
import { sessionOf } from "../providers/base/order-details"
import { journalOf, configuredProviderIds } from "../providers/registry"
import { inBatches } from "../shared/concurrency"
import { failureMessages } from "../shared/errors"
import { expireOrderWorkflow } from "../workflows"
import { sessionRow } from "../workflows/medusa-reads"

/** A gateway takes some time to report what was paid in the last moment, in milliseconds. */
const graceMs = 10 * 60_000
const batch = 200
/** Between two questions about the same order, whichever instance asks, in milliseconds. */
const intervalMs = 60 * 60_000

/**
 * Cancels the orders that were placed before their payment when the time to pay is over and the gateway says
 * that nothing came, whatever the journal holds of it by then.
 */
export default async function expireUnpaidOrders(container: MedusaContainer): Promise<void> {
  const journal = journalOf(container)
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const providerIds = configuredProviderIds(config)
  const claim = { providerIds, graceMs, intervalMs, limit: batch }
  await inBatches(batch, async () => {
    const overdue = await journal.claimOverdueOrders(claim)
    for (const order of overdue) {
      if (await isTimeOver(journal, order)) {
        await expire(container, journal, order)
      }
    }
    return overdue.length
  })
}

/** A code that took this one's place may be payable still. */
async function isTimeOver(journal: PaymentJournal, order: GatewayOrder): Promise<boolean> {
  const [newest = order] = await journal.ordersOfSession(sessionOf(order))
  const end = newest.expires_at
  return end !== null && end.getTime() + graceMs < Date.now()
}

async function expire(
  container: MedusaContainer,
  journal: PaymentJournal,
  order: GatewayOrder
): Promise<void> {
  const session_id = sessionOf(order)
  if (await isAwaited(container, session_id)) {
    const { errors } = await expireOrderWorkflow(container).run({
      input: { session_id },
      throwOnError: false,
    })
    if (errors.length > 0) {
      const reason = failureMessages(errors)
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(`The order of payment session ${session_id} could not be ended: ${reason}`)
    }
  }
  if (!(await isAwaited(container, session_id))) {
    await journal.endAwaitingPayment(order.reference)
  }
}

async function isAwaited(container: MedusaContainer, sessionId: string): Promise<boolean> {
  const session = await sessionRow(container, sessionId)
  return session?.status === PaymentSessionStatus.PENDING_AUTHORIZATION
}

export const config = {
  name: "expire-unpaid-gateway-orders",
  schedule: "*/5 * * * *",
}
