import type { MedusaContainer } from "@medusajs/framework/types"
import { processDueWebhookEvents } from "../workflows/webhook/process-webhook-event"

const batch = 50

/** Works on the messages that were left over: by a server that died after its answer, or because they failed. */
export default async function workOnWebhooks(container: MedusaContainer): Promise<void> {
  while ((await processDueWebhookEvents(container, batch)) === batch) {
    // There may be more.
  }
}

export const config = {
  name: "work-on-gateway-webhooks",
  schedule: "*/10 * * * * *",
}
