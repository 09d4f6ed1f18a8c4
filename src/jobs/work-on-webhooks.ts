import type { MedusaContainer } from "@medusajs/framework/types"
import { inBatches } from "../workflows/in-batches"
import { processDueWebhookEvents } from "../workflows/webhook/process-webhook-event"

/** So few that each is worked on well before the time is over for which they are all claimed. */
const batch = 5

/** Works on the messages that were left over: by a server that died after its answer, or because they failed. */
export default async function workOnWebhooks(container: MedusaContainer): Promise<void> {
  await inBatches(batch, (limit) => processDueWebhookEvents(container, limit))
}

export const config = {
  name: "work-on-gateway-webhooks",
  schedule: "*/10 * * * * *",
}
