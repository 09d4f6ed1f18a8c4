import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, PaymentSessionStatus } from "@medusajs/framework/utils"
import { journalOf, configuredProviderIds } from "../providers/registry"
import { failureMessages } from "../shared/errors"
import { expireOrderWorkflow } from "../workflows"

/** A gateway takes some time to report what was paid in the last moment, in milliseconds. */
const graceMs = 10 * 60_000
const batch = 200
/** Between two questions about the same order, whichever instance asks, in milliseconds. */
const questionEveryMs = 60 * 60_000

/**
 * Cancels the orders that were placed before their payment when the time to pay is over and the gateway says
 * that nothing came. Found by what Medusa still waits for, whatever the journal holds by then.
 */
export default async function expireUnpaidOrders(container: MedusaContainer): Promise<void> {
  let page = await sessionsAwaitingPayment(container, "")
  while (page.length > 0) {
    for (const sessionId of page) {
      if (await isTimeOver(container, sessionId)) {
        await expire(container, sessionId)
      }
    }
    page = await sessionsAwaitingPayment(container, page.at(-1) ?? "")
  }
}

async function expire(container: MedusaContainer, sessionId: string): Promise<void> {
  const { errors } = await expireOrderWorkflow(container).run({
    input: { session_id: sessionId },
    throwOnError: false,
  })
  if (errors.length > 0) {
    const reason = failureMessages(errors)
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(`The order of payment session ${sessionId} could not be ended: ${reason}`)
  }
}

/**
 * The next of them by their ids, which begin with the time: those that can't be ended yet keep nobody waiting. By the
 * last id and not by a number of rows, because sessions leave the list while it is read.
 */
async function sessionsAwaitingPayment(
  container: MedusaContainer,
  after: string
): Promise<string[]> {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment_session",
    fields: ["id"],
    filters: {
      provider_id: configuredProviderIds(config),
      status: PaymentSessionStatus.PENDING_AUTHORIZATION,
      id: { $gt: after },
    },
    pagination: { take: batch, order: { id: "ASC" } },
  })
  return data.map(({ id }) => id)
}

async function isTimeOver(container: MedusaContainer, sessionId: string): Promise<boolean> {
  const journal = journalOf(container)
  const [newest] = await journal.ordersOfSession(sessionId)
  const end = newest?.expires_at
  return (
    newest !== undefined &&
    Boolean(end && end.getTime() + graceMs < Date.now()) &&
    (await journal.mayAsk(newest.reference, questionEveryMs))
  )
}

export const config = {
  name: "expire-unpaid-gateway-orders",
  schedule: "*/5 * * * *",
}
