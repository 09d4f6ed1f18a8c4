import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { journalOf } from "../providers/gateway-context-of"
import { expireOrderWorkflow } from "../workflows"

/** A gateway takes some time to tell of what was paid in the last moment, in milliseconds. */
const graceMs = 10 * 60_000
const batch = 50
/** Between two questions about the same order, whichever instance asks, in milliseconds. */
const questionEveryMs = 60 * 60_000

/** Ends what was not paid in time: asks the gateway, and cancels the orders that were placed before payment. */
export default async function expireUnpaidOrders(container: MedusaContainer): Promise<void> {
  const journal = journalOf(container)
  const log = container.resolve(ContainerRegistrationKeys.LOGGER)
  const now = Date.now()
  const expired = await journal.ordersExpired(
    new Date(now - graceMs),
    new Date(now - questionEveryMs),
    batch
  )
  for (const order of expired) {
    if (!(await journal.mayAsk(order.reference, questionEveryMs))) {
      continue
    }
    const { errors } = await expireOrderWorkflow(container).run({
      input: { session_id: order.session_id },
      throwOnError: false,
    })
    if (errors.length > 0) {
      const reason = errors.map(({ error }) => error?.message ?? "unknown error").join("; ")
      log.warn(`Payment ${order.reference} is over its time and could not be ended: ${reason}`)
    }
  }
}

export const config = {
  name: "expire-unpaid-gateway-orders",
  schedule: "*/5 * * * *",
}
